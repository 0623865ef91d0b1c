"""Messages as text to a topic of Amazon SNS. Knows a topic's limits; knows nothing of its subscribers."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies import aws
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.sending.plain import plain_text
from aws_cost_anomalies.sending.receipts import of_error, sent
from aws_cost_anomalies.sending.texts import line, title_of

LONGEST_SUBJECT = 100
LONGEST_TEXT = 250 * 1024
"""Bytes; SNS takes 256 KiB, attributes included."""
LONGEST_ATTRIBUTE = 256
LONGEST_ID = 128


@dataclass(frozen=True, slots=True)
class Sns:
    """A topic.

    Attributes:
        topic_arn: which; a name that ends in `.fifo` is one of the FIFO kind.
        profile: AWS profile that may publish, None for the standard chain.
    """

    topic_arn: str
    profile: str | None = None

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What SNS answered; subscribers filter by the attributes `severity`, `subscription` and `reason`."""
        told = message.payload
        attributes = {
            "key": message.key,
            "severity": message.severity.value if message.severity else "",
            "subscription": told.get("subscription"),
            "reason": told.get("reason"),
        }
        try:
            reference = aws.publish(
                self.topic_arn,
                _clipped(plain_text(message, may_repeat=may_repeat)),
                subject=subject(title_of(message, may_repeat=may_repeat, limit=LONGEST_SUBJECT)),
                attributes={
                    name: line(value, LONGEST_ATTRIBUTE)
                    for name, value in attributes.items()
                    if isinstance(value, str) and line(value)
                },
                once=(_id(message.key), _id(message.thread)),
                profile=self.profile,
            )
        except CostAnomaliesError as error:
            return of_error(error)
        return sent("Amazon SNS took it", reference)


def subject(title: str) -> str:
    """A heading in the printable ASCII that SNS takes, beginning with a letter or a digit."""
    ascii_only = title.encode("ascii", "replace").decode("ascii")
    printable = "".join(letter for letter in ascii_only if " " <= letter <= "~")
    first = next((place for place, letter in enumerate(printable) if letter.isalnum()), None)
    return printable[first:].strip()[:LONGEST_SUBJECT] if first is not None else "Cost anomalies"


def _clipped(text: str) -> str:
    """The text within the limit in bytes, cut between characters."""
    held = text.encode()
    return text if len(held) <= LONGEST_TEXT else held[:LONGEST_TEXT].decode(errors="ignore") + "\n…"


def _id(text: str) -> str:
    """A text as an id of a FIFO topic."""
    return (
        "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in text)[:LONGEST_ID]
        or "-"
    )
