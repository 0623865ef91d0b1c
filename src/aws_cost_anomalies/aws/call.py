"""One call of AWS, as its failure is told."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_SERVICES = {
    "athena": "Amazon Athena",
    "budgets": "AWS Budgets",
    "bcm-data-exports": "AWS Data Exports",
    "ce": "Cost Explorer",
    "cloudtrail": "AWS CloudTrail",
    "cloudwatch": "Amazon CloudWatch",
    "cur": "AWS Cost and Usage Reports",
    "iam": "AWS IAM",
    "organizations": "AWS Organizations",
    "s3": "Amazon S3",
    "secretsmanager": "AWS Secrets Manager",
    "sns": "Amazon SNS",
    "ssm": "AWS Systems Manager",
    "sts": "AWS STS",
}


@dataclass(frozen=True, slots=True)
class Call:
    """What was being asked.

    Attributes:
        action: the IAM action, e.g. `s3:GetObject`.
        resource: what it is about, e.g. `s3://bucket/key`; empty where there is none.
        profile: the profile in use, None for the standard chain.
        region: the region asked, None when unknown.
    """

    action: str
    resource: str = ""
    profile: str | None = None
    region: str | None = None

    @property
    def service(self) -> str:
        """The service's name for people."""
        prefix = self.action.partition(":")[0]
        return _SERVICES.get(prefix, prefix)

    @property
    def bucket(self) -> str:
        """The bucket of an `s3://` resource; the resource itself where it is none."""
        return urlsplit(self.resource).netloc or self.resource

    @property
    def sign_in(self) -> str:
        """The command that renews a single sign-on session."""
        return f"aws sso login --profile {self.profile}" if self.profile else "aws sso login"
