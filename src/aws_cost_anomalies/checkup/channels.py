"""Whether the channels could be reached: resolved, checked and connected to, and nothing sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec

from aws_cost_anomalies import kinds
from aws_cost_anomalies.checkup.credentials import Credentials
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.sending.reach import unreachable, unreachable_host
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.alerts import SECRET_KEYS, Channel

AREA = "channels"
SLACK = "https://slack.com/api/"
PAID = "secretsmanager:"
ASKS_AWS = ("ssm:",)


def checks(settings: Settings, credentials: Credentials, *, is_offline: bool) -> Iterator[Check]:
    """A check for each channel."""
    for channel in kinds.channels(settings):
        try:
            yield _channel(channel, credentials, is_offline=is_offline)
        except CostAnomaliesError as error:
            yield Check.of_error(AREA, error, what=channel.name)


def _channel(channel: Channel, credentials: Credentials, *, is_offline: bool) -> Check:
    """One channel, as far as it can be seen without a message. Raises: as reading its secrets."""
    name = f"{channel.name} ({channel.kind})"
    kept = {key: getattr(channel, key).get_secret_value() for key in SECRET_KEYS}
    if channel.kind == "stdout":
        return Check(AREA, State.OK, f"{name}: alerts are printed")
    if channel.kind == "apprise" and not find_spec("apprise"):
        remedy = "pip install 'aws-cost-anomalies[apprise]'"
        return Check(AREA, State.PROBLEM, f"{name}: Apprise is not installed", remedy)
    if is_offline:
        return Check(AREA, State.UNCHECKED, f"{name}: nobody asked (--offline)")
    why_not, remedy = _why_not(channel, credentials, kept)
    if why_not:
        return Check(AREA, State.UNCHECKED, f"{name}: {why_not}", remedy)
    secrets = {key: Secret(value, credentials.profile).read() for key, value in kept.items()}
    return _reached(channel, secrets["url"], has_token=bool(secrets["token"]), name=name)


def _why_not(channel: Channel, credentials: Credentials, kept: Mapping[str, str]) -> tuple[str, str]:
    """Why a channel cannot be looked at without paying or sending, and what to do; empty when it can."""
    if channel.kind in {"sns", "apprise"}:
        return "only a message would show whether it arrives", ""
    if any(value.startswith(PAID) for value in kept.values()):
        why = "its secret lies in Secrets Manager, and each reading of it is paid"
        return why, "The next alert shows whether it can be read."
    if credentials.identity is None and any(value.startswith(ASKS_AWS) for value in kept.values()):
        return credentials.why_not, ""
    return "", ""


def _reached(channel: Channel, url: str, *, has_token: bool, name: str) -> Check:
    door = Door(channel.allow_private, channel.timeout_seconds)
    if channel.kind == "email":
        problem = unreachable_host(channel.host, channel.port, seconds=door.seconds)
        place = f"{channel.host}:{channel.port}"
    else:
        is_bot = channel.kind == "slack" and has_token
        problem, place = unreachable(url or (SLACK if is_bot else ""), door), "its address"
    if problem:
        remedy = "Check the channel's keys and secret, and the network's firewall and proxy."
        return Check(AREA, State.PROBLEM, f"{name}: {problem}", remedy)
    return Check(AREA, State.OK, f"{name}: {place} can be reached; nothing was sent")
