"""An SMTP server and what its replies mean: 4xx again later, 5xx final, silence after the mail may be a yes.

The server is the one the configuration names, often inside one's own network: its address is not checked.
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.secret import redacted
from aws_cost_anomalies.sending.deadline import Deadline
from aws_cost_anomalies.sending.receipts import ambiguous, failed, pending, sent

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in.

    Attributes:
        security: `starttls` and `tls` never go on in the clear.
        username: empty means no login.
        seconds: for all of it.
    """

    host: str
    port: int
    security: Security
    username: str
    seconds: float

    def submitted(self, mail: bytes, sender: str, *, recipients: Sequence[str], password: str) -> Receipt:
        """What came of handing in one mail.

        Args:
            mail: headers and body.
            sender: address that hears of bounces.
            recipients: addresses.
            password: of the login.
        """
        try:
            with Deadline(self.seconds) as deadline:
                smtp = self._connected(deadline)
                try:
                    self._entered(smtp, deadline, password)
                    missed = _addressed(smtp, sender, recipients)
                    return self._given(smtp, mail, missed)
                finally:
                    with suppress(OSError):
                        smtp.quit()
                    smtp.close()
        except smtplib.SMTPResponseException as error:
            said = (
                error.smtp_error
                if isinstance(error.smtp_error, str)
                else error.smtp_error.decode(errors="replace")
            )
            return self._no(error.smtp_code, redacted(said, password, *_as_sent(self.username, password)))
        except smtplib.SMTPNotSupportedError:
            return failed(f"{self.host} does not offer what `security: {self.security}` or the login needs")
        except ssl.SSLError:
            return pending(f"{self.host} shows a certificate that is not trusted for it, or speaks no TLS")
        except (OSError, UnicodeError):
            return pending(f"{self.host} cannot be reached, or broke off before the mail was handed in")

    def _connected(self, deadline: Deadline) -> smtplib.SMTP:
        """A server that has greeted."""
        if self.security == "tls":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=context)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        _watched(smtp, deadline)
        return smtp

    def _entered(self, smtp: smtplib.SMTP, deadline: Deadline, password: str) -> None:
        """Encrypt as asked, and say who is there."""
        if self.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            _watched(smtp, deadline)
        smtp.ehlo_or_helo_if_needed()
        if self.username:
            smtp.login(self.username, password)

    def _given(self, smtp: smtplib.SMTP, mail: bytes, missed: int) -> Receipt:
        try:
            code, said = smtp.data(mail)
        except smtplib.SMTPDataError:
            raise
        except OSError:
            return ambiguous(f"{self.host} broke off while it took the mail; it may have arrived")
        if code != 250:  # noqa: PLR2004
            raise smtplib.SMTPDataError(code, said)
        without = f", but not for {missed} of the recipients" if missed else ""
        return sent(f"{self.host} took the mail{without}")

    def _no(self, code: int, said: str) -> Receipt:
        detail = f"{self.host} refused the mail: {code} {said}"
        return failed(detail) if code >= 500 else pending(detail)  # noqa: PLR2004


def _addressed(smtp: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> int:
    """How many of the recipients the server will not have; when it is all, that is raised."""
    code, said = smtp.mail(sender)
    if code != 250:  # noqa: PLR2004
        raise smtplib.SMTPResponseException(code, said)
    replies = [smtp.rcpt(each) for each in recipients]
    refused = [reply for reply in replies if reply[0] not in {250, 251}]
    if len(refused) == len(replies):
        raise smtplib.SMTPResponseException(*refused[0])
    return len(refused)


def _watched(smtp: smtplib.SMTP, deadline: Deadline) -> None:
    if isinstance(smtp.sock, socket.socket):
        deadline.watch(smtp.sock)


def _as_sent(username: str, password: str) -> tuple[str, ...]:
    """The password as it goes over the line."""
    spoken = (password, f"\0{username}\0{password}")
    return tuple(base64.b64encode(each.encode()).decode() for each in spoken if password)
