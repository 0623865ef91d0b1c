"""AWS itself: clients, what its refusals mean, and who is asking. No service's own questions live here.

    with aws.translated("s3:ListBucket", "s3://bucket/prefix"):
        aws.client("s3", profile=profile, region=region).list_objects_v2(…)

boto3 loads with the first client, not with this package.
"""

from aws_cost_anomalies.aws.accounts import Accounts, Identity, account_names, caller_identity
from aws_cost_anomalies.aws.failures import is_spoilt_on_its_way, translated
from aws_cost_anomalies.aws.kept import parameter, secret_value
from aws_cost_anomalies.aws.session import client, profiles
from aws_cost_anomalies.aws.topics import publish

__all__ = [
    "Accounts",
    "Identity",
    "account_names",
    "caller_identity",
    "client",
    "is_spoilt_on_its_way",
    "parameter",
    "profiles",
    "publish",
    "secret_value",
    "translated",
]
