"""What anomalies and slices of spend are called in front of people.

Knows short names of dimensions and of accounts; what stands in a bill is shown on one line and not at length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from aws_cost_anomalies.model.anomaly import Anomaly, Kind, RootCause
from aws_cost_anomalies.model.characters import cut, named
from aws_cost_anomalies.model.scope import NONE, SHORT_NAMES, Dimension, Scope

LONGEST = 90
"""Characters of one value of a bill that people are shown."""
ACCOUNTS = frozenset({"SubAccountId", "BillingAccountId"})
RESOURCE = "ResourceId"
ARN_PARTS = 6
"""`arn:partition:service:region:account:resource`, of which the last tells one from its siblings."""
SPEAKS_FOR_ITSELF = frozenset({"ServiceName", "RegionId", "x_UsageType", RESOURCE})
"""Keys whose values need no word before them."""
_SHORT = {column: short for short, column in SHORT_NAMES.items()}

HAPPENED = {
    Kind.SPIKE: "cost spike in",
    Kind.DROP: "cost drop in",
    Kind.STEP_UP: "step up in",
    Kind.STEP_DOWN: "step down in",
    Kind.DRIFT_UP: "upward drift in",
    Kind.DRIFT_DOWN: "downward drift in",
    Kind.NEW: "new spend in",
    Kind.GONE: "no more spend in",
}
"""What happened, to stand before the name of a slice of spend."""


def account(number: str, names: Mapping[str, str]) -> str:
    """`payments-prod (111122223333)`, or the number alone."""
    name = names.get(number, "")
    shown = named(cut(number, LONGEST))
    return f"{named(cut(name, LONGEST))} ({shown})" if name else shown


def value(key: str, of: str, names: Mapping[str, str]) -> str:
    """One value of a scope, accounts by their names and resources by the last part of their ARNs."""
    if key in ACCOUNTS:
        return account(of, names)
    return named(cut(resource(of) if key == RESOURCE else of, LONGEST))


def resource(of: str) -> str:
    """A resource without what its ARN says besides: `instance/i-0abc`, `my-bucket`."""
    parts = of.split(":", ARN_PARTS - 1)
    return parts[-1] if parts[0] == "arn" and len(parts) == ARN_PARTS and parts[-1] else of


def scope(of: Scope, names: Mapping[str, str]) -> str:
    """`Amazon DynamoDB · payments-prod (111122223333)`; `all spend` for everything."""
    return " · ".join(_part(key, said, names) for key, said in of.values) or "all spend"


def place(of: Anomaly, names: Mapping[str, str]) -> str:
    """Where it moved, with the filter of its monitor: `Amazon S3 within tag team search`."""
    beyond = _beyond(of)
    within = f" within {scope(beyond, names)}" if beyond.values else ""
    return f"{scope(of.scope, names)}{within}"


def plain_place(of: Anomaly, names: Mapping[str, str] | None = None) -> str:
    """The same as it is typed: `Amazon S3 within tag:team=search`."""
    within = typed(_beyond(of))
    return of.scope.named(names or {}) + (f" within {within}" if within else "")


def typed(of: Scope) -> str:
    """A slice as `--filter` takes it: `tag:team=search`; empty for everything."""
    return ", ".join(f"{short(key)}={named(said)}" for key, said in of.values)


def _beyond(of: Anomaly) -> Scope:
    """What its monitor's filter says that its scope does not."""
    known = of.scope.as_dict()
    return Scope(tuple(pair for pair in of.watched.values if pair[0] not in known))


def _part(key: str, said: str, names: Mapping[str, str]) -> str:
    shown = value(key, said, names)
    if key in SPEAKS_FOR_ITSELF and said != NONE:
        return shown
    if key == "SubAccountId":
        return shown if said in names else f"account {shown}"
    return f"{label(key)} {shown}"


def short(key: str) -> str:
    """The dimension of a scope's key, as people write it: `account`, `usage-type`, `tag:team`."""
    return _SHORT.get(key, key)


def label(key: str) -> str:
    """What a scope's key is called: `account`, `usage type`, `tag team`."""
    return cut(short(key).replace("-", " ").replace(":", " "), LONGEST)


def cause(of: RootCause, dimension: str, names: Mapping[str, str]) -> str:
    """What tells a root cause from its siblings: its value under the dimension split by."""
    key = Dimension(dimension).key
    known = of.scope.as_dict()
    return value(key, known[key], names) if key in known else scope(of.scope, names)


def causes(of: Sequence[RootCause], dimension: str, names: Mapping[str, str]) -> list[str]:
    """What tells root causes from each other; resources that end alike keep their whole names."""
    short = [cause(each, dimension, names) for each in of]
    counts = Counter(short)
    key = Dimension(dimension).key
    return [
        said if counts[said] == 1 else cut(each.scope.as_dict().get(key, said), LONGEST)
        for said, each in zip(short, of, strict=True)
    ]


def happened(anomaly: Anomaly, names: Mapping[str, str]) -> str:
    """`step up in Amazon DynamoDB · payments-prod (111122223333)`."""
    return f"{HAPPENED[anomaly.kind]} {place(anomaly, names)}"


def state(anomaly: Anomaly) -> str:
    """Where it is in its life: its status, but of one that is over only because it stays, `usual by now`."""
    return "usual by now" if anomaly.stays else str(anomaly.status)


def lasted(anomaly: Anomaly) -> str:
    """`4 days`: from its first day to its last, both counted."""
    days = (anomaly.end_date - anomaly.start_date).days + 1
    return "1 day" if days == 1 else f"{days:,} days"
