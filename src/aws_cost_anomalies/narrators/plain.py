"""An explanation in words by rule: likely cause, where to look, how to confirm, whether it goes on.

Needs no model and makes nothing up: every number is one of the explanation's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.anomaly import Kind, Status
from aws_cost_anomalies.model.characters import cut, visible
from aws_cost_anomalies.model.explanation import Breakdown, Driver, Explanation, Meter, Narrative
from aws_cost_anomalies.model.scope import NONE

NEAREST_FIRST = ("resource", "operation", "usage-type")
"""Where to look first: the dimension that comes nearest to the thing itself."""
WORTH_A_WORD = 0.3
"""A cause with a smaller share of the impact is left to the table."""
OFFSET = 1.005
"""Others moved the other way when one cause carries more than this share."""
LONGEST = 160
"""Characters of a sentence that comes from elsewhere."""
DRIVEN = {
    Driver.USAGE: "usage moved, not its price",
    Driver.RATE: "the price per unit moved, not the usage",
    Driver.MIX: "usage moved between dearer and cheaper kinds of the same thing",
}


@dataclass(frozen=True, slots=True)
class Plain:
    """Who tells an explanation by rule.

    Attributes:
        account_names: account id → name, as far as they are known.
    """

    account_names: Mapping[str, str] = field(default_factory=dict)

    def narrate(self, explanation: Explanation) -> Narrative:
        """Four lines: likely cause, what to look at first, what confirms it, one-time or ongoing."""
        names = self.account_names
        lines = (
            f"Likely cause: {_cause(explanation, names)}",
            f"Check first: {_look_first(explanation, names)}",
            f"To confirm: {command(explanation)}",
            _duration(explanation),
        )
        return Narrative("\n".join(lines))


def command(explanation: Explanation) -> str:
    """The fastest command that confirms it: that of the best known cause, else ours."""
    known = (visible(each.command) for each in explanation.known_causes if each.command)
    return next(known, f"aws-cost-anomalies explain {explanation.anomaly.anomaly_id}{explanation.options}")


def _cause(told: Explanation, names: Mapping[str, str]) -> str:
    """What is known to move cost like this, who carries the money, and whether use or price moved."""
    parts = [_known(told), _carrier(told, names), _driver(told)]
    said = " ".join(_sentence(part) for part in parts if part)
    return said or _sentence(f"{naming.happened(told.anomaly, names)}; the bill alone does not say why")


def _known(told: Explanation) -> str:
    if not told.known_causes:
        return ""
    first = told.known_causes[0]
    fact = f" ({cut(first.facts[0].rstrip('.'), LONGEST)})" if first.facts else ""
    return f"{cut(first.name, LONGEST)}{fact}"


def _carrier(told: Explanation, names: Mapping[str, str]) -> str:
    """The first cause worth a word, of the most telling dimension that has one."""
    impact = told.anomaly.impact.total_impact
    for breakdown in told.breakdowns:
        share = _first_share(breakdown, impact)
        if len(breakdown.causes) > 1 and share >= WORTH_A_WORD:
            first = breakdown.causes[0]
            amounts = f"{money.signed(first.contribution)} of {money.signed(impact)} {told.currency}"
            rest = f" ({100 * share:.0f}%)" if share <= OFFSET else ", partly offset elsewhere"
            return f"{_named(breakdown, names)} carries {amounts}{rest}"
    return ""


def _driver(told: Explanation) -> str:
    """Whether use or price moved, with the meter that moved most."""
    if told.effects is None or told.effects.driver is None:
        return ""
    said = DRIVEN[told.effects.driver]
    meter = told.effects.meters[0] if told.effects.meters else None
    return f"{said}{_metered(meter, told.currency) if meter else ''}"


def _metered(meter: Meter, currency: str) -> str:
    """`: 720 Hrs instead of 24`, or the price per unit before and now."""
    now, usual = meter.unit_price, meter.usual_unit_price
    if now is not None and usual is not None and f"{now:.4g}" != f"{usual:.4g}":
        return f": {now:.4g} {currency} per {cut(meter.unit, LONGEST)} instead of {usual:.4g}"
    used, before = f"{meter.quantity:,.0f}", f"{meter.usual_quantity:,.0f}"
    return f": {used} {cut(meter.unit, LONGEST)} instead of {before}" if used != before else ""


def _look_first(told: Explanation, names: Mapping[str, str]) -> str:
    """What the best known cause says to check; else the thing itself, in whose account and region."""
    if told.known_causes and told.known_causes[0].check_first:
        check = visible(told.known_causes[0].check_first)
        return _sentence(check[0].lower() + check[1:])
    impact = told.anomaly.impact.total_impact
    split = {each.dimension: each for each in told.breakdowns if _first_share(each, impact) >= WORTH_A_WORD}
    nearest = next((split[name] for name in NEAREST_FIRST if name in split), None)
    thing = _named(nearest, names) if nearest else naming.place(told.anomaly, names)
    inside = [_named(split[name], names) for name in ("account", "region") if name in split]
    where = f" in {', '.join(inside)}" if inside else ""
    return _sentence(f"{thing}{where}, on {told.anomaly.start_date}")


def _duration(told: Explanation) -> str:
    """Whether it goes on, and what that comes to."""
    anomaly, impact = told.anomaly, told.anomaly.impact
    days = naming.lasted(anomaly)
    if anomaly.status is Status.WITHDRAWN:
        return "Withdrawn: the bill was restated, and nothing odd is left of it."
    if anomaly.stays:
        rate = f"{money.signed(impact.monthly_run_rate)} {told.currency}"
        usual = f"after {days} such a level is the usual one and told as odd no longer"
        return f"It stays: {usual}; {rate} in 30 days if it stays."
    if anomaly.status is Status.RESOLVED:
        once = "One-time" if anomaly.kind in {Kind.SPIKE, Kind.DROP, Kind.NEW} else "Over"
        return f"{once}: it lasted {days}, up to {anomaly.end_date}."
    outlook = ""
    if round(impact.monthly_run_rate, 2):
        rate, rest = money.signed(impact.monthly_run_rate), money.signed(impact.rest_of_month)
        soon = f"{rest} {told.currency} by the end of the month, " if round(impact.rest_of_month, 2) else ""
        outlook = f" At this rate {soon}{rate} {told.currency} in 30 days."
    if anomaly.status is Status.OPEN:
        return f"Too early to say whether it is one-time: first seen on the last day of data.{outlook}"
    return f"Ongoing: {days} so far.{outlook}"


def _first_share(breakdown: Breakdown, impact: float) -> float:
    """The share of its largest cause; 0 where nobody knows its name."""
    if not breakdown.causes or not round(impact, 2) or breakdown.causes[0].scope.values[-1:] == ():
        return 0.0
    first = breakdown.causes[0]
    return 0.0 if first.scope.values[-1][1] == NONE else first.contribution / impact


def _named(breakdown: Breakdown, names: Mapping[str, str]) -> str:
    """`usage type WriteRequestUnits`."""
    return (
        f"{naming.label(breakdown.dimension)} {naming.cause(breakdown.causes[0], breakdown.dimension, names)}"
    )


def _sentence(text: str) -> str:
    """With a capital letter and a full stop, as far as it can have them."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "…")) else ".")
