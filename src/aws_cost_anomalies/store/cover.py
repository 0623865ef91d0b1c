"""Which days the loads speak for, and which of them are settled.

Pure arithmetic on load records; knows no SQL. A charge that is absent means zero spend on a settled day only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.panel import Bools
from aws_cost_anomalies.model.period import Period

WAIT = timedelta(days=7)
"""How long an export that has fallen silent holds up the others of its data source, since it may be late.
After that it has ended, and what it no longer bills counts as zero."""

SettleHours = Callable[[str], int]
"""data source → hours after the end of a day until its charges are complete."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of each day of a period.

    Attributes:
        covered: whether a load speaks for the day.
        settled: whether all of them were loaded late enough after it.
    """

    period: Period
    covered: Bools
    settled: Bools


@dataclass(frozen=True, slots=True)
class _Span:
    """The days one load speaks for, and the first of them that is not settled."""

    days: Period
    settled_end: date


def is_named(billing_period: str) -> bool:
    """Whether a bill is replaced by its name, that of a month or `all`; a range `FROM..TO` by its days."""
    return ".." not in billing_period


def is_month(billing_period: str) -> bool:
    """Whether it is the bill of a month, which `--date` can name; not `all`, nor a range of days."""
    return is_named(billing_period) and billing_period != "all"


def cover(loads: Sequence[Load], period: Period, *, as_of: date, settle_hours: int) -> Cover:
    """The days of a period as the newest loads of one data source know them.

    Args:
        loads: of one data source; the newest of each bill, ordered by export.
        period: the days asked about.
        as_of: the first day that is not over.
        settle_hours: how long after the end of a day its charges are complete.
    """
    covered, settled = _nothing(period), _nothing(period)
    held_up = _nothing(period)
    charged = [load.covered for load in loads if load.covered]
    for _, of_export in groupby(loads, key=lambda load: load.export):
        spans = [span for load in of_export for span in _spans(load, charged, settle_hours)]
        if not spans:
            continue
        known, final, expected = _nothing(period), _nothing(period), _nothing(period)
        for span in spans:
            _mark(known, period, span.days)
            _mark(
                final,
                period,
                Period(span.days.start, max(span.days.start, min(span.settled_end, span.days.end))),
            )
        _mark(expected, period, _expected(spans, as_of))
        covered |= known
        settled |= final
        held_up |= expected & ~final
    _mark(held_up, period, Period(as_of, max(as_of, period.end)))
    return Cover(period, covered, settled & ~held_up)


def covered_period(loads: Sequence[Load]) -> Period | None:
    """First to last day that the loads of one data source speak for; None when they speak for none."""
    charged = [load.covered for load in loads if load.covered]
    spans = [span.days for load in loads for span in _spans(load, charged, 0)]
    if not spans:
        return None
    return Period(min(span.start for span in spans), max(span.end for span in spans))


def _spans(load: Load, charged: Sequence[Period], settle_hours: int) -> Iterator[_Span]:
    """A range speaks for all its days; a named bill from its first to its last charge.

    Where there are charges beyond an edge of its month, it speaks for the days up to that edge.
    """
    days = load.period
    if is_named(load.billing_period):
        if load.covered is None:
            return
        start, end = max(load.covered.start, days.start), min(load.covered.end, days.end)
        if any(other.start < days.start for other in charged):
            start = days.start
        if any(other.end > days.end for other in charged):
            end = days.end
        days = Period(start, max(start, end))
    if not days.days:
        return
    yield _Span(days, (load.loaded_at - timedelta(hours=settle_hours)).date())


def _expected(spans: Sequence[_Span], as_of: date) -> Period:
    """The days an export should know: from its first to its last, and those after while it may be late."""
    start, end = min(span.days.start for span in spans), max(span.days.end for span in spans)
    return Period(start, as_of if end < as_of <= end + WAIT else end)


def _nothing(period: Period) -> Bools:
    return np.zeros(period.days, dtype=np.bool_)


def _mark(days: Bools, period: Period, marked: Period) -> None:
    first, end = (min(max(period.index(day), 0), period.days) for day in (marked.start, marked.end))
    days[first:end] = True
