"""Signs of a known cause: each looks at the clues for one thing and says how much of the impact shows it.

A sign gives the share of the impact and a fact in words, or None where it is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from aws_cost_anomalies.explain.clues import Clues
from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.explanation import Driver, Meter

LEAST_SHARE = 0.4
"""A sign that a smaller share of the impact shows is no sign."""
WORTH_FREE = 0.1
"""What cost less than this share of its price now was as good as free."""
NO_CHANGE = 0.02
INSTANCE = (
    r"(BoxUsage|SpotUsage|DedicatedUsage|InstanceUsage|Multi-AZUsage|NodeUsage|ESInstance|Host|Notebk|Train)"
    r".*:.*[a-z]\w*\.\w+"
)
"""Usage types that count hours of an instance type."""


class Found(NamedTuple):
    """A sign that is there: the share of the impact that shows it, and the fact in words."""

    share: float
    fact: str = ""


Sign = Callable[[Clues], Found | None]


def more(clues: Clues) -> Found | None:
    """Cost went up."""
    return Found(1.0) if clues.anomaly.impact.total_impact > 0 else None


def less(clues: Clues) -> Found | None:
    """Cost went down."""
    return Found(1.0) if clues.anomaly.impact.total_impact < 0 else None


def service(*codes: str) -> Sign:
    """The services of these codes carry it."""

    def sign(clues: Clues) -> Found | None:
        share, name = clues.service_share(frozenset(codes))
        fact = "" if clues.is_own(name) else f"{_percent(share)} of it in {name}"
        return Found(min(share, 1.0), fact) if share >= LEAST_SHARE else None

    return sign


def carried_by(dimension: str, pattern: str, *, least: float = LEAST_SHARE) -> Sign:
    """The values that a pattern is found in carry it."""

    def sign(clues: Clues) -> Found | None:
        share, value = clues.share(dimension, pattern)
        noun = dimension.replace("-", " ")
        fact = "" if clues.is_own(value) else f"{_percent(share)} of it in {noun} {value}"
        return Found(min(share, 1.0), fact) if share >= least else None

    return sign


def usage_type(pattern: str) -> Sign:
    """The usage types that a pattern is found in carry it."""
    return carried_by("usage-type", pattern)


def offset_by(dimension: str, pattern: str) -> Sign:
    """Values that a pattern is found in moved the other way, by at least that much."""

    def sign(clues: Clues) -> Found | None:
        share, _ = clues.share(dimension, pattern)
        fact = f"{dimension.replace('-', ' ')} {pattern.strip('^$')} moved the other way"
        return Found(1.0, fact) if share <= -LEAST_SHARE else None

    return sign


def dearer(clues: Clues) -> Found | None:
    """The unit price rose; what it was used for did not."""
    if clues.driver is not Driver.RATE or clues.effects is None:
        return None
    moved = [m for m in clues.meters("") if _price_rise(m) > NO_CHANGE]
    share = clues.effects.rate / clues.effects.total
    return Found(min(share, 1.0), _dearer(moved[0], clues.currency)) if moved else None


def was_free(clues: Clues) -> Found | None:
    """The same usage cost nothing, or next to nothing, before."""
    for meter in clues.meters(""):
        now, usual = meter.unit_price, meter.usual_unit_price
        if now and usual is not None and usual < WORTH_FREE * now:
            share = meter.contribution / clues.anomaly.impact.total_impact
            if share >= LEAST_SHARE:
                return Found(min(share, 1.0), f"{_name(meter)} was metered before at no or little cost")
    return None


def unless(sign: Sign) -> Sign:
    """The other sign is not there."""
    return lambda clues: None if sign(clues) else Found(1.0)


def never_metered(pattern: str) -> Sign:
    """A usage type like this was never metered before."""

    def sign(clues: Clues) -> Found | None:
        for meter in clues.meters(pattern):
            share = meter.contribution / clues.anomaly.impact.total_impact
            if meter.usual_unit_price is None and share >= LEAST_SHARE:
                amount = f"{meter.quantity:,.0f} {meter.unit}"
                return Found(min(share, 1.0), f"{_name(meter)} was never metered before, now {amount}")
        return None

    return sign


def more_of(pattern: str, *, times: float) -> Sign:
    """So many times as much of a usage type that was used before, too."""

    def sign(clues: Clues) -> Found | None:
        for meter in clues.meters(pattern):
            share = meter.contribution / clues.anomaly.impact.total_impact
            grown = meter.quantity >= times * meter.usual_quantity > 0
            if grown and meter.usual_unit_price is not None and share >= LEAST_SHARE:
                amounts = f"{meter.quantity:,.0f} {meter.unit} instead of {meter.usual_quantity:,.0f}"
                return Found(min(share, 1.0), f"{_name(meter)}: {amounts}")
        return None

    return sign


def first_seen(dimension: str) -> Sign:
    """A value of the dimension that had no charge before carries it."""

    def sign(clues: Clues) -> Found | None:
        value = clues.leading(dimension, LEAST_SHARE)
        if not value or value not in clues.first_seen.get(dimension, frozenset()):
            return None
        share = dict(clues.shares[dimension])[value]
        return Found(min(share, 1.0), f"{dimension.replace('-', ' ')} {value} had no charge before")

    return sign


def begins_on(*days: int) -> Sign:
    """It begins on one of these days of a month."""

    def sign(clues: Clues) -> Found | None:
        start = clues.anomaly.start_date
        return Found(1.0, f"it begins on {start}") if start.day in days else None

    return sign


def lasts_at_most(days: int) -> Sign:
    """It is over after so many days, or so long so far."""

    def sign(clues: Clues) -> Found | None:
        lasted = (clues.anomaly.end_date - clues.anomaly.start_date).days + 1
        return Found(1.0) if lasted <= days else None

    return sign


def of_kind(*kinds: Kind) -> Sign:
    """It is one of these kinds."""

    def sign(clues: Clues) -> Found | None:
        return Found(1.0) if clues.anomaly.kind in kinds else None

    return sign


def stopped(clues: Clues) -> Found | None:
    """Nothing of what moved is metered any more."""
    for meter in clues.meters(""):
        share = meter.contribution / clues.anomaly.impact.total_impact
        if not meter.quantity and meter.usual_quantity > 0 and share >= LEAST_SHARE:
            fact = f"{_name(meter)}: nothing instead of {meter.usual_quantity:,.0f} {meter.unit}"
            return Found(min(share, 1.0), fact)
    return None


def unsettled(clues: Clues) -> Found | None:
    """Its last day is not settled yet."""
    return Found(1.0, f"{clues.anomaly.end_date} is not settled yet") if clues.has_open_days else None


def on_the_last_day(clues: Clues) -> Found | None:
    """It reaches to the last day with data, and no further back than two days."""
    start, through = clues.anomaly.start_date, clues.through
    if clues.anomaly.end_date < through or (through - start).days > 1:
        return None
    return Found(1.0, f"it is seen on the last day with data, {through}, alone")


def _price_rise(meter: Meter) -> float:
    if not meter.unit_price or not meter.usual_unit_price:
        return 0.0
    return meter.unit_price / meter.usual_unit_price - 1.0


def _dearer(meter: Meter, currency: str) -> str:
    return (
        f"a unit of {_name(meter)} costs {meter.unit_price:.4g} {currency} instead of "
        f"{meter.usual_unit_price:.4g}"
    )


def _name(meter: Meter) -> str:
    return meter.scope.as_dict().get("x_UsageType", "its usage")


def _percent(share: float) -> str:
    return f"{min(share, 1.0):.0%}".replace("%", " %")
