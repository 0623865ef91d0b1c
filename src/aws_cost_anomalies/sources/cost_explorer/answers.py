"""What Cost Explorer answered, taken at its word only where it makes sense. Knows its JSON; asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.sources.cost_explorer.query_plan import Grouping

COSTS = ("UnblendedCost", "BlendedCost", "NetAmortizedCost", "AmortizedCost")
USAGE = "UsageQuantity"
METRICS = (*COSTS, USAGE)
MOST_DIGITS = 25
"""Before the point: what DECIMAL(38, 12) holds."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Group:
    """The costs of one day of one group.

    Attributes:
        values: grouping name → value; None where the charge has none.
        amounts: metric → amount, as it was written.
        currency: of every cost.
        unit: of the usage, `N/A` where units are mixed.
        is_estimated: whether the day may still change.
    """

    day: date
    values: Mapping[str, str | None]
    amounts: Mapping[str, str]
    currency: str
    unit: str
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer must fit: the days and the groupings that were asked for."""

    period: Period
    groupings: Sequence[Grouping]


def groups_of(page: Mapping[str, Any], asked: Asked) -> Iterator[tuple[date, list[Group]]]:
    """The days of one page, each with its groups; `Total` is not theirs and stays unread.

    Raises:
        BadBill: a day nobody asked for, a group with other keys, a cost that is no number.
    """
    for result in _part(page, "ResultsByTime", list):
        day = _day(_part(result, "TimePeriod", dict), asked.period)
        estimated = bool(result.get("Estimated", False))
        groups = [_group(group, day, asked.groupings) for group in _part(result, "Groups", list)]
        yield day, [replace(group, is_estimated=estimated) for group in groups]


def account_names(page: Mapping[str, Any]) -> dict[str, str]:
    """What Cost Explorer calls the accounts of a page that is grouped by account."""
    described = [d for d in page.get("DimensionValueAttributes") or [] if isinstance(d, Mapping)]
    pairs = ((d.get("Value"), (d.get("Attributes") or {}).get("description")) for d in described)
    return {value: name for value, name in pairs if isinstance(value, str) and isinstance(name, str)}


def nonsense(problem: str) -> BadBill:
    """The error of an answer that cannot be taken as it is."""
    hint = "The last good figures stay in place; try again in a few minutes."
    return BadBill("The answer of Cost Explorer", problem, hint)


def amount_of(text: str, what: str) -> Decimal:
    """The number an amount stands for. Raises: BadBill."""
    if not _NUMBER.fullmatch(text) or (number := Decimal(text)).adjusted() > MOST_DIGITS:
        raise nonsense(f"its {what} is {text!r}, which is no amount")
    return number


def _group(group: Mapping[str, Any], day: date, groupings: Sequence[Grouping]) -> Group:
    keys = _part(group, "Keys", list)
    if len(keys) != len(groupings):
        raise nonsense(f"a group of {day} has {len(keys)} keys where {len(groupings)} were asked for")
    metrics = _part(group, "Metrics", dict)
    pairs = {name: _part(metrics, name, dict) for name in METRICS}
    amounts = {name: str(_part(pair, "Amount", str)) for name, pair in pairs.items()}
    for name, text in amounts.items():
        amount_of(text, f"{name} of {day}")
    units = {str(_part(pairs[name], "Unit", str)) for name in COSTS}
    if len(units) > 1 or not _CURRENCY.fullmatch(currency := min(units)):
        raise nonsense(f"a group of {day} is in {', '.join(sorted(units))}, not in one currency")
    values = {g.name: _value(g, key) for g, key in zip(groupings, keys, strict=True)}
    return Group(day, values, amounts, currency, str(pairs[USAGE].get("Unit", "N/A")))


def _value(grouping: Grouping, key: object) -> str | None:
    if not isinstance(key, str):
        raise nonsense(f"it calls a value of {grouping.name} {key!r}")
    if grouping.type == "DIMENSION":
        return key or None
    prefix = f"{grouping.key}$"
    if not key.startswith(prefix):
        raise nonsense(f"it calls a value of {grouping.name} {key!r}")
    return key.removeprefix(prefix) or None


def _day(time_period: Mapping[str, Any], asked: Period) -> date:
    start, end = str(time_period.get("Start")), str(time_period.get("End"))
    try:
        day = date.fromisoformat(start)
        is_one_day = date.fromisoformat(end) - day == ONE_DAY
    except ValueError:
        raise nonsense(f"it speaks of the days {start} to {end}") from None
    if not is_one_day or day not in asked:
        raise nonsense(f"it speaks of {start} to {end} where single days of {asked} were asked for")
    return day


def _part(whole: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 - JSON
    part = whole.get(name) if isinstance(whole, Mapping) else None
    if not isinstance(part, kind):
        raise nonsense(f"its {name} is missing or garbled")
    return part
