"""Traits of odd days: what a second look weighs of each, from the same past that a person would look at.

Knows marked days of a panel and the days before them; must not know what any trait speaks for. None counts
dollars, so that a bill in another currency has the same traits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.medians import TO_SIGMA, count, median
from aws_cost_anomalies.analysis.verdict import HISTORY, WEEK, Limits
from aws_cost_anomalies.model.anomaly import Flags, Mark

Matrix = NDArray[np.float64]
"""(n_marked, n_days), oldest day first; NaN = unknown."""
Column = NDArray[np.float64]
"""(n_marked,)"""
Whole = NDArray[np.intp]

MONTH = 4 * WEEK
MEMORY = 378
"""Days before a day that are looked through for others like it: a year and a fortnight."""
AS_FAR = 0.8
HALF = 0.5
APART = 3
"""Days that lie no farther apart are of one departure: a weekend may lie between."""
ACTIVE = 0.05
"""Of the 90th percentile: a dearer day is an active one."""
CHUNK = 1024
"""Days looked at together: their past fits the processor's cache."""
FAR = 1e6
"""For what is infinite."""
RISES = (Mark.HIGH, Mark.DRIFT_UP, Mark.FIRST_SPEND)


@dataclass(frozen=True, slots=True)
class Marked:
    """Some marked days of a panel.

    Attributes:
        costs: (n_scopes, n_days) of the whole panel, NaN = unknown.
        flags: of the same panel.
        rows: (n,) scope of each day looked at.
        days: (n,) position of it.
    """

    costs: NDArray[np.floating]
    flags: Flags
    rows: Whole
    days: Whole

    def parts(self) -> Iterator[Marked]:
        """The same days, some at a time."""
        for start in range(0, self.rows.size, CHUNK):
            part = slice(start, start + CHUNK)
            yield replace(self, rows=self.rows[part], days=self.days[part])

    def said(self, name: str) -> Column:
        """What the flags say of each day; 0 where their detector says nothing of it."""
        array = getattr(self.flags, name)
        if array is None:
            return np.zeros(self.rows.size)
        return np.asarray(array[self.rows, self.days], dtype=np.float64)

    def until(self, n_days: int) -> Matrix:
        """Costs of so many days up to each, the last one its own; NaN before the panel."""
        back = self.days[:, None] - np.arange(n_days - 1, -1, -1)
        costs: Matrix = self.costs[self.rows[:, None], np.maximum(back, 0)].astype(np.float64)
        costs[back < 0] = np.nan
        return costs


def traits(marked: Marked, limits: Limits) -> dict[str, Column]:
    """Trait → what each day has of it, (n,), finite; −1 where that is not known."""
    parts = [_traits(part, limits) for part in marked.parts()]
    together = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    return {
        name: np.nan_to_num(column, nan=-1.0, posinf=FAR, neginf=-FAR) for name, column in together.items()
    }


def _traits(marked: Marked, limits: Limits) -> dict[str, Column]:
    """Logarithms are of what is above a fifth of the least impact: small change is alike."""
    offset = max(float(limits.noticeable), 1e-9)
    sign = np.where(np.isin(marked.said("mark"), RISES), 1.0, -1.0)
    costs = marked.until(MEMORY + MONTH + 1)
    log = _log(costs, offset)
    way = sign[:, None] * (log[:, MONTH:] - _log(_weekday_level(costs), offset))
    return {
        **_of_verdict(marked, log[:, -1], limits, offset=offset, sign=sign),
        **_of_levels(log[:, -HISTORY - 1 :], sign=sign),
        **_of_precedents(way),
        "active": _active(costs[:, -HISTORY - 1 : -1]),
    }


def _log(costs: NDArray[np.float64], offset: float) -> NDArray[np.float64]:
    return np.asarray(np.log(np.maximum(costs, 0) / offset + 1))


def _of_verdict(
    marked: Marked, today: Column, limits: Limits, *, offset: float, sign: Column
) -> dict[str, Column]:
    """What the first look said."""
    edge = np.where(sign > 0, marked.said("upper"), marked.said("lower"))
    return {
        "surprise": np.abs(marked.said("score")) / limits.score,
        "mark": marked.said("mark"),
        "basis": marked.said("basis"),
        "departure": np.abs(today - _log(marked.said("expected"), offset)),
        "beyond": sign * (today - _log(edge, offset)),
    }


def _of_levels(log: Matrix, *, sign: Column) -> dict[str, Column]:
    """The day beside the levels and the extremes of ten weeks, in its direction."""
    past, today = log[:, :-1], log[:, -1]
    ordered, known = _in_order(past)
    up = sign > 0
    extreme = np.where(up, _rank(ordered, known, 1.0), _rank(ordered, known, 0.0))
    tail = np.where(up, _rank(ordered, known, 0.9), _rank(ordered, known, 0.1))
    month = median(past[:, -MONTH:])
    over_month = sign * (today - month)
    lately = sign[:, None] * (past[:, -WEEK:] - month[:, None])
    return {
        "over_week": sign * (today - median(past[:, -WEEK:])),
        "over_month": over_month,
        "record": sign * (today - extreme),
        "over_tail": sign * (today - tail),
        "going": (lately > HALF * np.abs(over_month)[:, None]).sum(axis=1),
    }


def _of_precedents(way: Matrix) -> dict[str, Column]:
    """The day beside its weekday's level, and days that left theirs as far, or half as far, the same way.

    Args:
        way: (n, 379) how far each day left the level of its weekday, in the direction of the last one.
    """
    before, away = way[:, :-1], way[:, -1]
    reach = np.abs(away)[:, None]
    as_far, half = before >= AS_FAR * reach, before >= HALF * reach
    # Days in a row that lead up to the day are its own doing.
    earlier = half & (np.cumsum(~half[:, ::-1], axis=1)[:, ::-1] > 0)
    since = np.where(earlier.any(axis=1), earlier[:, ::-1].argmax(axis=1) + 1.0, -1.0)
    size, known = _in_order(np.abs(before[:, -HISTORY:]))
    long_ago = np.maximum(count(before[:, :-HISTORY]), 1)
    return {
        "over_weekday": away,
        "scatter": TO_SIGMA * _rank(size, known, 0.5),
        "tail": _rank(size, known, 0.95),
        "as_far": as_far[:, -HISTORY:].sum(axis=1),
        "half_as_far": half[:, -HISTORY:].sum(axis=1),
        "times": _runs(half[:, -HISTORY:]),
        "as_far_earlier": as_far[:, :-HISTORY].sum(axis=1) / long_ago,
        "days_since": since,
    }


def _runs(days: NDArray[np.bool_]) -> Column:
    """How often some days came, days in a row (but for two between) as one."""
    begins = days.copy()
    for back in range(1, APART + 1):
        begins[:, back:] &= ~days[:, :-back]
    return np.asarray(begins.sum(axis=1), dtype=np.float64)


def _active(past: Matrix) -> Column:
    """Share of active days."""
    ordered, known = _in_order(past)
    high = _rank(ordered, known, 0.9)
    return np.asarray((past > ACTIVE * high[:, None]).sum(axis=1) / np.maximum(known, 1))


def _weekday_level(costs: Matrix) -> Matrix:
    """Median of the same weekday in the four weeks before each day but the first 28."""
    n = costs.shape[1] - MONTH
    return median(np.stack([costs[:, WEEK * k : WEEK * k + n] for k in range(4)], axis=-1))


def _in_order(values: Matrix) -> tuple[Matrix, Whole]:
    """Each row in ascending order, what is unknown last, and how many are known."""
    return np.sort(values, axis=1), count(values)


def _rank(ordered: Matrix, known: Whole, share: float) -> Column:
    """The known value that a share of the others lie below."""
    rank = np.maximum((share * (known - 1) + 0.5).astype(np.intp), 0)
    return np.asarray(np.take_along_axis(ordered, rank[:, None], axis=1)[:, 0])
