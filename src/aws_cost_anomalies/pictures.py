"""Answers as charts: which figures of an answer are drawn, and what they are called.

The one place that turns an answer into a chart, so that page, report, mail and message show the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from aws_cost_anomalies import charts
from aws_cost_anomalies.charts.curve import Curve, curve
from aws_cost_anomalies.charts.frame import MIDDLE, NARROW, WIDE, Size
from aws_cost_anomalies.charts.series import Line, Series, series
from aws_cost_anomalies.charts.waterfall import Waterfall, waterfall
from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.answers import Trends
from aws_cost_anomalies.model.explanation import Breakdown, DayVerdict, Effects
from aws_cost_anomalies.model.message import Chart

__all__ = ["MIDDLE", "NARROW", "WIDE", "Picture"]

MOST_STEPS = 6
"""Root causes that a waterfall shows one by one."""
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart at any size.

    Attributes:
        title: what it shows, one line.
        draw: it in lines, SVG.
    """

    title: str
    draw: Callable[[Size], str]

    def svg(self) -> str:
        """In lines, as wide as a screen."""
        return self.draw(WIDE)

    def png(self) -> bytes:
        """In pixels. Raises: SettingsError when the extra `charts` is not installed."""
        return charts.pixels(self.draw(WIDE))

    def pdf(self) -> bytes:
        """As a page. Raises: SettingsError likewise."""
        return charts.pdf(self.draw(WIDE))


def of_days(title: str, days: Sequence[DayVerdict], *, currency: str, through: date) -> Picture:
    """An anomaly's days against their usual range."""
    chart = Chart(title, currency, tuple(days), through)
    return Picture(title, lambda size: charts.band(chart, size, has_title=False))


def of_trends(
    trends: Trends,
    names: Mapping[str, str],
    *,
    anomalies: Sequence[Anomaly] = (),
    before: Trends | None = None,
) -> Picture:
    """Cost over time, slice by slice, with the anomalies that began in it.

    Args:
        trends: what is drawn.
        names: account id → name.
        anomalies: those that may have begun in it.
        before: the period before, drawn as one line.
    """
    view = trends.view
    lines = [Line(naming.scope(row.scope, names), row.costs) for row in trends.rows]
    if trends.other is not None:
        lines.append(Line("everything else", trends.other.costs, is_rest=True))
    by = " and ".join(map(str, view.group_by)) or "everything"
    title = f"{trends.granularity.capitalize()} cost by {by}, {view.currency}"
    chart = Series(
        title=title,
        buckets=trends.buckets,
        lines=tuple(lines),
        started=_started(trends.buckets, anomalies),
        before=before.total.costs if before else (),
        is_monthly=trends.granularity == "monthly",
    )
    return Picture(title, lambda size: series(chart, size))


def _started(buckets: Sequence[date], anomalies: Sequence[Anomaly]) -> tuple[int, ...]:
    """How many anomalies began in each bucket."""
    counts = [0] * len(buckets)
    for anomaly in anomalies:
        passed = bisect_right(buckets, anomaly.start_date)
        if passed:
            counts[passed - 1] += 1
    return tuple(counts)


def steps(breakdown: Breakdown, impact: float, names: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    """Name and contribution of the largest causes and of the rest; to the cent they add up to the impact."""
    shown, rest = breakdown.causes[:MOST_STEPS], breakdown.causes[MOST_STEPS:]
    called = [naming.cause(cause, breakdown.dimension, names) for cause in shown]
    amounts = [cause.contribution for cause in shown]
    other: float = fsum([breakdown.other, *(cause.contribution for cause in rest)])
    if len(rest) or round(other, 2):
        called.append(OTHER)
        amounts.append(other)
    return tuple(zip(called, money.cents_that_add_up(amounts, impact), strict=True))


def of_breakdown(anomaly: Anomaly, breakdown: Breakdown, names: Mapping[str, str]) -> Picture:
    """From what was expected to what came, cause by cause."""
    impact = anomaly.impact
    return _waterfall(
        f"From expected to actual, by {naming.label(breakdown.dimension)}",
        anomaly,
        steps(breakdown, impact.total_impact, names),
    )


def effects(told: Effects, impact: float) -> tuple[tuple[str, float], ...]:
    """What changed, in words, and its part of the impact; to the cent they add up to it."""
    parts = (
        ("amount used", told.usage),
        ("unit price", told.rate),
        ("mix of kinds", told.mix),
        ("no quantity stated", told.not_metered),
        ("other", told.other),
    )
    kept = [(name, part) for name, part in parts if round(part, 2)]
    cents = money.cents_that_add_up([part for _, part in kept], impact)
    return tuple((name, part) for (name, _), part in zip(kept, cents, strict=True))


def of_effects(anomaly: Anomaly, told: Effects) -> Picture:
    """From what was expected to what came: usage against rate against mix."""
    return _waterfall(
        "From expected to actual: usage against unit price",
        anomaly,
        effects(told, anomaly.impact.total_impact),
    )


def _waterfall(title: str, anomaly: Anomaly, parts: tuple[tuple[str, float], ...]) -> Picture:
    impact = anomaly.impact
    ends = ("expected", impact.total_expected_spend), ("actual", impact.total_actual_spend)
    chart = Waterfall(title, ends[0], parts, ends[1])
    return Picture(title, lambda size: waterfall(chart, size))


def of_replays(points: Sequence[tuple[str, float]], *, chosen: int | None) -> Picture:
    """Alerts a week at each sensitivity, the most talkative first; `chosen` is the one in force."""
    title = "Alerts a week against sensitivity"
    chart = Curve(title, tuple(points), chosen)
    return Picture(title, lambda size: curve(chart, size))
