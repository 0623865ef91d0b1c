"""The story of an anomaly in one English sentence, by rule.

Knows amounts, dates and scopes; every number in the sentence is one of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Status
from aws_cost_anomalies.model.characters import cut
from aws_cost_anomalies.model.explanation import Breakdown, Driver

LONGEST = 200
"""Characters of a name."""
WORTH_A_WORD = 0.3
"""A child with a smaller share of the impact is left to the table."""
OFFSET = 1.05
"""Others saved money when one child carries more than this share."""
NOUNS = {
    "service": "",
    "account": "account ",
    "region": "region ",
    "usage-type": "usage type ",
    "resource": "",
}


def summary(
    anomaly: Anomaly,
    currency: str,
    breakdown: Breakdown | None,
    *,
    driver: Driver | None = None,
    account_names: Mapping[str, str] | None = None,
) -> str:
    """What drives it, what moved by how much since when, who carries most of it, and whether it goes on.

    Args:
        anomaly: what moved.
        currency: of its amounts.
        breakdown: the split whose largest part is named, if any.
        driver: what carries at least half of the impact, if anything does.
        account_names: account id → its name, said with the id.
    """
    names = account_names or {}
    driven = f"{driver.capitalize()}-driven: " if driver else ""
    what, who = _what(anomaly, currency, names), _who(anomaly, breakdown, names)
    return f"{driven}{what}{who}; {_state(anomaly, currency)}."


def money(amount: float, currency: str) -> str:
    """`1,234.50 USD`, without a sign."""
    return f"{abs(amount):,.2f} {currency}"


def _what(anomaly: Anomaly, currency: str, names: Mapping[str, str]) -> str:
    amount = money(anomaly.impact.total_impact, currency)
    name, start = cut(naming.plain_place(anomaly, names), LONGEST), anomaly.start_date
    days = (anomaly.end_date - start).days + 1
    span = f"on {start}" if days == 1 else f"over {days} days since {start}"
    percentage = anomaly.impact.total_impact_percentage
    share = f" ({round(percentage):+,} %)" if percentage is not None else ""
    match anomaly.kind:
        case Kind.NEW:
            return f"{name} is new and cost {amount} {span}"
        case Kind.GONE:
            return f"{name} stopped on {start} and cost {amount} less than expected since"
        case Kind.DRIFT_UP | Kind.DRIFT_DOWN:
            way, more = ("up", "more") if anomaly.kind.is_increase else ("down", "less")
            return f"{name} drifts {way} and cost {amount} {more} than expected{share} {span}"
        case _:
            more = "more" if anomaly.impact.total_impact >= 0 else "less"
            return f"{name} cost {amount} {more} than expected{share} {span}"


def _who(anomaly: Anomaly, breakdown: Breakdown | None, names: Mapping[str, str]) -> str:
    if breakdown is None or not breakdown.causes or not anomaly.impact.total_impact:
        return ""
    first = breakdown.causes[0]
    share = first.contribution / anomaly.impact.total_impact
    if share < WORTH_A_WORD:
        return ""
    noun = NOUNS.get(breakdown.dimension, f"{breakdown.dimension.removeprefix('tag:')} ")
    offset = ", partly offset elsewhere" if share > OFFSET else ""
    return f", {min(share, 1.0):.0%} of it in {noun}{cut(first.scope.named(names), LONGEST)}{offset}".replace(
        "%", " %"
    )


def _state(anomaly: Anomaly, currency: str) -> str:
    match anomaly.status:
        case Status.OPEN:
            return "first seen on the last day in view"
        case Status.ONGOING:
            return "still going on"
        case Status.WITHDRAWN:
            return "withdrawn, since the bill was restated"
        case Status.RESOLVED:
            return _stays(anomaly, currency) if anomaly.stays else f"over since {anomaly.end_date}"


def _stays(anomaly: Anomaly, currency: str) -> str:
    rate = f"{anomaly.impact.monthly_run_rate:+,.2f} {currency}"
    return f"such a level is the usual one by now and told as odd no longer, {rate} in 30 days if it stays"
