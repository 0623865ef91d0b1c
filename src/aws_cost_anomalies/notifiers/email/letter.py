"""A mail of a Message: text, HTML and the chart in one. Knows headers; knows no server.

No header can be added by what a bill or a name holds: every value is one line before it gets there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.notifiers.email.page import html
from aws_cost_anomalies.sending.plain import plain_text
from aws_cost_anomalies.sending.texts import line, title_of

LONGEST_SUBJECT = 180

_PLAIN_BYTES = SMTP.clone(cte_type="7bit")
"""Any server takes ASCII; letters beyond it are spelled, and lines stay short."""
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom, to whom.

    Attributes:
        sender: an address, or `Name <address>`.
        to: addresses.
    """

    sender: str
    to: tuple[str, ...]

    @property
    def sender_address(self) -> str:
        """The address alone."""
        return parseaddr(self.sender)[1]

    def recipients(self, mentions: Sequence[str]) -> list[str]:
        """Everybody it goes to: those configured, and those mentioned who are an address."""
        return list(dict.fromkeys([*(parseaddr(each)[1] for each in self.to), *addresses(mentions)]))


def addresses(mentions: Sequence[str]) -> list[str]:
    """The mentions that are mail addresses; they get a copy."""
    found = [parseaddr(each)[1] for each in mentions]
    return [each for each in found if _ADDRESS.fullmatch(each)]


def message_id(key: str, sender: str) -> str:
    """The `Message-ID`, the same at every attempt: mail programs drop the second of a pair."""
    name = re.sub(r"[^A-Za-z0-9.-]", "-", key)[:120] or "message"
    domain = re.sub(r"[^A-Za-z0-9.-]", "", sender.rpartition("@")[2]) or "localhost"
    return f"<{name}@{domain}>"


def letter(
    message: Message, envelope: Envelope, *, reply_to: str, may_repeat: bool, png: bytes | None
) -> EmailMessage:
    """The mail, ready to be sent.

    Args:
        message: what is said.
        envelope: from whom, to whom.
        reply_to: `Message-ID` of the thread's first mail, empty for none.
        may_repeat: whether that is said too.
        png: the chart, None for none.
    """
    mail = EmailMessage(policy=_PLAIN_BYTES)
    mail["From"] = line(envelope.sender)
    mail["To"] = ", ".join(line(each) for each in envelope.to)
    if copies := [each for each in addresses(message.mentions) if each not in envelope.recipients(())]:
        mail["Cc"] = ", ".join(copies)
    mail["Subject"] = title_of(message, may_repeat=may_repeat, limit=LONGEST_SUBJECT)
    mail["Message-ID"] = message_id(message.key, envelope.sender_address)
    if re.fullmatch(r"<[^<>\s]+>", reply_to):
        mail["In-Reply-To"] = mail["References"] = reply_to
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(plain_text(message, may_repeat=may_repeat))
    picture = f"chart.{message_id(message.key, envelope.sender_address)[1:-1]}" if png else ""
    mail.add_alternative(html(message, may_repeat=may_repeat, picture=picture), subtype="html")
    if png:
        page = next(part for part in mail.iter_parts() if part.get_content_type() == "text/html")
        page.add_related(png, "image", "png", cid=f"<{picture}>", filename="chart.png", disposition="inline")
    return mail
