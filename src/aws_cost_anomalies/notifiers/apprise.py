"""Messages to whatever the library Apprise reaches: PagerDuty, Discord, Telegram, ntfy and a hundred more.

Knows the library; it alone imports it, and only when a message is sent. Apprise opens its own connections:
which addresses may be reached is not checked here, as it is for the other kinds.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.alert import Receipt
from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.message import Message
from aws_cost_anomalies.quiet import hushed
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.plain import plain_body
from aws_cost_anomalies.sending.receipts import ambiguous, failed, of_secret, of_status, sent
from aws_cost_anomalies.sending.texts import title_of

if TYPE_CHECKING:
    from apprise import NotifyBase

MISSING = "Apprise is not installed: pip install 'aws-cost-anomalies[apprise]'"
_STATUS = re.compile(r"\berror=(\d{3})\b")
_CALLS = re.compile(r"@|<(?=[!@#])|\](?=\()")
"""What some platform takes for a call to people or a link; an invisible character after it ends that."""


@dataclass(frozen=True, slots=True)
class Apprise:
    """One address of Apprise's.

    Attributes:
        url: e.g. `pagerduty://integration-key@api-key`; https://github.com/caronc/apprise lists them.
    """

    url: Secret
    door: Door = Door()

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """What Apprise says came of it: a status where there is one, else that it may have arrived."""
        try:
            url = self.url.read()
        except CostAnomaliesError as error:
            return of_secret(error)
        heard = _Heard()
        with hushed("apprise", "requests", "requests_oauthlib", "urllib3"):
            try:
                service = _service(url, self.door.seconds)
            except ImportError:
                return failed(MISSING)
            if service is None:
                return failed("Apprise does not know the channel's `url`")
            service.logger = _apart(heard)
            is_sent = service.notify(
                title=_inert(title_of(message, may_repeat=may_repeat)),
                body=_inert(plain_body(message)),
                notify_type=_kind(message),
                body_format="text",
                overflow="truncate",
            )
        if is_sent:
            return sent("Apprise delivered it")
        if heard.status:
            return of_status("The platform behind Apprise", heard.status)
        return ambiguous("Apprise could not deliver it and does not say why; it may have arrived")


class _Heard(logging.Handler):
    """The HTTP status that a service complains of; nothing else of what it says is kept."""

    status = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Look for the status."""
        if found := _STATUS.search(record.getMessage()):
            self.status = int(found[1])


def _service(url: str, seconds: float) -> NotifyBase | None:
    """What Apprise makes of an address. Raises: ImportError when Apprise is not installed."""
    import apprise  # noqa: PLC0415

    asset = apprise.AppriseAsset(http_redirects=False, async_mode=False, storage_mode="memory")
    service = apprise.Apprise.instantiate(url, asset=asset)
    if service is not None:
        service.socket_connect_timeout = service.socket_read_timeout = seconds
    return service


def _apart(heard: logging.Handler) -> logging.Logger:
    """A logger that nobody else listens to."""
    logger = logging.Logger("apart", logging.WARNING)
    logger.addHandler(heard)
    return logger


def _kind(message: Message) -> str:
    """Apprise's word for how grave it is."""
    kinds = {Severity.CRITICAL: "failure", Severity.WARNING: "warning", Severity.INFO: "info"}
    return kinds[message.severity] if message.severity else "info"


def _inert(text: str) -> str:
    return _CALLS.sub(lambda match: f"{match[0]}\u200b", text)
