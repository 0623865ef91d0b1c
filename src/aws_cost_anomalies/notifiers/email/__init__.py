"""Messages as mail through an SMTP server: text, HTML and chart; follow-ups join the first mail's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.model.message import Chart, Message
from aws_cost_anomalies.notifiers.email.letter import Envelope, letter
from aws_cost_anomalies.notifiers.email.server import Security, Server
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.receipts import of_secret


@dataclass(frozen=True, slots=True)
class Email:
    """Some mailboxes behind one server.

    Attributes:
        sender: an address, or `Name <address>`.
        to: addresses.
        security: how the connection is encrypted.
        username: empty means no login.
        draw: a chart as PNG, None where it cannot; without it charts are left out.
    """

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 587
    security: Security = "starttls"
    username: str = ""
    password: Secret = Secret()
    door: Door = Door()
    draw: Callable[[Chart], bytes | None] | None = None

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What the server replied; the reference is the `Message-ID`, to which follow-ups are threaded."""
        try:
            password = self.password.read()
        except CostAnomaliesError as error:
            return of_secret(error)
        envelope = Envelope(self.sender, self.to)
        chart = next((block for block in message.blocks if isinstance(block, Chart)), None)
        png = self.draw(chart) if chart and self.draw else None
        mail = letter(message, envelope, reply_to=reply_to, may_repeat=may_repeat, png=png)
        # The stamp of the transport, which mail must carry; no verdict rests on it.
        mail["Date"] = formatdate()
        server = Server(self.host, self.port, self.security, self.username, self.door.seconds)
        recipients = envelope.recipients(message.mentions)
        receipt = server.submitted(
            mail.as_bytes(), envelope.sender_address, recipients=recipients, password=password
        )
        took = receipt.delivery is Delivery.SENT
        return replace(receipt, reference=str(mail["Message-ID"])) if took else receipt
