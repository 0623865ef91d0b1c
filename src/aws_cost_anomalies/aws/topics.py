"""Amazon SNS: one message to one topic, asked once, since a second asking may be a second message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import Unanswered

if TYPE_CHECKING:
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef


def publish(
    topic: str,
    text: str,
    *,
    subject: str,
    attributes: Mapping[str, str],
    once: tuple[str, str],
    profile: str | None = None,
) -> str:
    """The id of the message.

    Args:
        topic: ARN; its region is asked.
        text: at most 256 KiB, attributes included.
        subject: at most 100 printable ASCII characters.
        attributes: texts that subscriptions filter by; none is empty.
        once: key and group of a FIFO topic, which drops a second message of the same key for five minutes.
        profile: as everywhere.

    Raises:
        Unanswered: the message left and may have arrived.
        AccessDenied, CredentialsError, ServiceUnavailable, UsageError: it surely did not.
    """
    from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

    sns = client("sns", profile=profile, region=topic.split(":")[3], attempts=1)
    held: dict[str, MessageAttributeValueTypeDef] = {
        name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
    }
    with translated("sns:Publish", topic, profile=profile):
        try:
            if topic.endswith(".fifo"):
                answer = sns.publish(
                    TopicArn=topic,
                    Message=text,
                    Subject=subject,
                    MessageAttributes=held,
                    MessageDeduplicationId=once[0],
                    MessageGroupId=once[1],
                )
            else:
                answer = sns.publish(TopicArn=topic, Message=text, Subject=subject, MessageAttributes=held)
        except (ConnectionClosedError, ReadTimeoutError):
            raise Unanswered("Amazon SNS", "the connection broke off before an answer") from None
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            if status in _MAY_HAVE_TAKEN_IT:
                raise Unanswered("Amazon SNS", f"it answered with HTTP {status}") from None
            raise
    return answer["MessageId"]


_MAY_HAVE_TAKEN_IT = (500, 502, 504)
"""503 is not among them: there it says that it took nothing."""
