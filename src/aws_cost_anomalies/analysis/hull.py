"""The band of usual costs of regular series: a hull of recent levels, the week, and the calendar.

Knows how to expect today from the days before it, on any one scale; must not know thresholds or dollars at
stake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.billing_calendar import WEEKEND, Analogues
from aws_cost_anomalies.analysis.holidays import SATURDAY
from aws_cost_anomalies.analysis.offices import Offices
from aws_cost_anomalies.analysis.order_statistics import (
    MAD_TO_SIGMA,
    Days,
    centred_median,
    days_of,
    in_order,
    median_of_days,
    pick,
)
from aws_cost_anomalies.analysis.verdict import WEEK, Truth, Whole
from aws_cost_anomalies.model.anomaly import Basis

SPREAD_FLOOR = np.float32(0.045)
SLACK_LIMIT = np.float32(2.5)
LEVEL_DAYS = (7, 14, 28)


@dataclass(frozen=True, slots=True)
class Band:
    """Where today's cost was expected, on one scale; arrays (n_scopes,) unless said otherwise.

    Attributes:
        centre: the last week's level with today's weekday.
        lower: lowest of the levels expected.
        upper: highest of them.
        slack: how far residuals go one day in ten; not yet surprise.
        spread: robust standard deviation of the residuals.
        basis: which level or day bound above.
        effects: (7, n_scopes), the weekdays, the judged day's first.
        residual: (n_days, n_scopes), what level and week left unexplained.
        weekend: how much the cheaper day of the weekend lies above today's weekday, mostly < 0.
        matters: (n_days, n_scopes), days that tell the habits of the judged weekday; None means all.
    """

    centre: Days
    lower: Days
    upper: Days
    slack: Days
    spread: Days
    basis: NDArray[np.int8]
    effects: Days
    residual: Days
    weekend: Days
    matters: Truth | None = None

    def only(self, scopes: slice) -> Band:
        """The band of some scopes in a row, not copied."""
        matters = None if self.matters is None else self.matters[:, scopes]
        *arrays, _ = (getattr(self, name) for name in self.__slots__)
        return replace(Band(*(array[..., scopes] for array in arrays)), matters=matters)

    def above(self, deviations: np.float32) -> Days:
        """So many standard deviations above hull and slack."""
        return np.asarray(self.upper + self.slack + deviations * self.spread)

    def surprise(self, today: Days, *, lowered: Days | float = 0.0) -> Days:
        """Signed distance beyond hull and slack, in standard deviations; 0 within."""
        lower = self.lower - lowered
        above = np.maximum(today - self.upper - self.slack, 0)
        below = np.minimum(today - lower + self.slack, 0)
        return np.asarray((above + below) / self.spread)


@dataclass(frozen=True, slots=True)
class Past:
    """The days before the judged one, on one scale.

    Attributes:
        values: (n_days, n_scopes), oldest first.
        median: centred median of seven days of the same.
        floor: (n_scopes,) relative floors are multiplied by it to come to this scale.
        known: (n_scopes,) how many of the days were truly seen; the others are filled.
        is_daily: (n_scopes,) billed on nearly every day.
        counted: (n_days, n_scopes) days that say how far days scatter; None means every one.
    """

    values: Days
    median: Days
    floor: Days
    known: Whole
    is_daily: NDArray[np.bool_]
    counted: Truth | None = None


def weekday_effects(residual: Days) -> Days:
    """Median residual of each weekday: (7, n_scopes), the judged day's weekday first.

    Below four weeks k shrunk by k/(k+½), since two weeks say little.
    """
    weeks = residual.shape[0] // WEEK
    if weeks == 0:
        return np.zeros((WEEK, residual.shape[1]), dtype=np.float32)
    effects = median_of_days(residual[-weeks * WEEK :].reshape(weeks, WEEK, -1))
    return effects if weeks >= 4 else effects * np.float32(weeks / (weeks + 0.5))


def weekend_below(effects: Days, weekday: int) -> Days:
    """How far the dearer day of the weekend lies below the median workday: (n_scopes,).

    Args:
        effects: (7, n_scopes), the judged day's weekday first.
        weekday: of the judged day, 0 Monday.
    """
    workdays, weekend = _rows(range(SATURDAY), weekday), _rows(WEEKEND, weekday)
    return np.asarray(median_of_days(effects[workdays]) - effects[weekend].max(axis=0))


def _rows(weekdays: Iterable[int], today: int) -> list[int]:
    """Where these weekdays stand when the judged day's comes first."""
    return [(day - today) % WEEK for day in weekdays]


def without_week(values: Days, effects: Days, *, out: Days | None = None) -> Days:
    """Days that end the day before the judged one, the weekdays taken out: same shape, `out` if given."""
    head = values.shape[0] % WEEK
    settled = np.empty(values.shape, dtype=np.float32) if out is None else out
    whole = values[head:].reshape(values.shape[0] // WEEK, WEEK, values.shape[1])
    np.subtract(whole, effects, out=settled[head:].reshape(whole.shape))
    np.subtract(values[:head], effects[WEEK - head :], out=settled[:head])
    return settled


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """What days say on one scale: levels (3, n_scopes) without the weekdays, else as those of `Band`."""

    levels: Days
    effects: Days
    residual: Days
    spread: Days
    slack: Days

    @classmethod
    def of(cls, past: Past) -> _Measured:
        """σ = max(1.4826 MAD, 0.045 J) · scarcity; slack = min(q90 |residual|, 2.5 σ)."""
        residual = past.values - past.median
        effects = weekday_effects(residual)
        without_week(residual, effects, out=residual)
        settled = without_week(past.values[-LEVEL_DAYS[-1] :], effects)
        levels = np.stack([median_of_days(settled[-days:]) for days in LEVEL_DAYS])
        middle, far, scarce = _sizes(residual, past)
        spread = np.maximum(MAD_TO_SIGMA * middle, SPREAD_FLOOR * past.floor) * scarce
        return cls(levels, effects, residual, spread, np.minimum(far, SLACK_LIMIT * spread))


def _sizes(residual: Days, past: Past) -> tuple[Days, Days, Days]:
    """Median and 90th percentile of |residual|, over the days that count, and how scarce these are."""
    if past.counted is None:
        ordered = in_order(residual, signed=False)
        n = ordered.shape[0]
        middle = np.float32(0.5) * (ordered[(n - 1) // 2] + ordered[n // 2])
        return middle, ordered[min(int(0.9 * n), n - 1)], scarcity(past.known)
    ordered = in_order(np.where(past.counted, np.abs(residual), np.float32(np.inf)))
    count = days_of(past.counted)
    middle = np.float32(0.5) * (pick(ordered, (count - 1) // 2) + pick(ordered, count // 2))
    far = pick(ordered, np.minimum((0.9 * count).astype(np.intp), count - 1))
    return middle, far, scarcity(past.known, share=count / residual.shape[0])


def band(past: Past, like: Analogues, offices: Offices | None = None) -> Band:
    """The band of the judged day.

    Hull of the medians of the last 7, 14 and 28 days, with the weekday's effect; widened to where the
    calendar has precedents. Of series that rest on some weekdays, σ is that of the judged weekday alone, if
    that is more; an office is measured by the weekdays of the judged one's kind alone.
    """
    found = _Measured.of(past)
    residual, effects, spread, slack = found.residual, found.effects, found.spread, found.slack
    rests = np.flatnonzero(~past.is_daily)
    spread[rests] = np.maximum(spread[rests], _weekday_spread(residual[-WEEK::-WEEK][:, rests]))
    highest, lowest = found.levels.max(axis=0), found.levels.min(axis=0)
    above, below = precedent(residual, like, known=past.known)
    level_above, level_below = precedent(past.values, like, known=past.known, effects=effects)
    upper = np.fmax(highest + np.fmax(above, 0), level_above)
    lower = np.fmin(lowest + np.fmin(below, 0), level_below)
    is_wider = upper > highest
    basis = np.where(is_wider, Basis.CALENDAR, Basis.WEEK + found.levels.argmax(axis=0)).astype(np.int8)
    some_rest = offices is not None and offices.rests.any()
    whole = Band(
        centre=found.levels[0] + effects[0],
        lower=lower + effects[0],
        upper=upper + effects[0],
        slack=slack,
        spread=spread,
        basis=basis,
        effects=effects,
        residual=residual,
        weekend=effects[_rows(WEEKEND, like.weekday)].min(axis=0) - effects[0],
        matters=np.ones(residual.shape, dtype=bool) if some_rest else None,
    )
    if offices is not None and offices.where.size:
        _measure_offices(whole, past, offices=offices, wider=(lower < lowest, is_wider))
    return whole


def _measure_offices(whole: Band, past: Past, *, offices: Offices, wider: tuple[Truth, Truth]) -> None:
    """Put the levels and the scatter of offices in; what the calendar widened stays.

    What working days left unexplained is no habit of a weekday that rests.
    """
    where = offices.columns(past.values.shape[1])
    values, counted = offices.filled(past.values[:, where])
    median, daily = centred_median(values), past.is_daily[where]
    own = _Measured.of(Past(values, median, past.floor[where], past.known[where], daily, counted))
    levels = own.levels + own.effects[0]
    lower, upper = levels.min(axis=0), levels.max(axis=0)
    below, above = (side[where] for side in wider)
    whole.centre[where] = levels[0]
    whole.lower[where] = np.where(below, np.minimum(whole.lower[where], lower), lower)
    whole.upper[where] = np.where(above, np.maximum(whole.upper[where], upper), upper)
    whole.spread[where], whole.slack[where] = own.spread, own.slack
    if whole.matters is not None:
        resting = np.flatnonzero(np.tile(offices.rests, 2))
        whole.matters[:, where[resting]] = counted[:, resting]


def _weekday_spread(same: Days) -> Days:
    """Robust standard deviation of the days of one weekday, scarcity included: (n_scopes,)."""
    return MAD_TO_SIGMA * median_of_days(np.abs(same)) * np.float32(1 + 4 / same.shape[0])


def scarcity(known: Whole, *, share: Days | float = 1.0) -> Days:
    """Factor on the spread for short histories: 1 + 4/n, times 1.5 below two weeks and 1.25 below four.

    Args:
        known: (n_scopes,) days truly seen.
        share: of them that count, n.
    """
    days = np.maximum(known, 1)
    more = np.where(days < 2 * WEEK, 1.5, np.where(days < 4 * WEEK, 1.25, 1.0))
    return np.asarray((1 + 4 / np.maximum(days * share, 1)) * more, dtype=np.float32)


def precedent(
    values: Days, like: Analogues, *, known: Whole, effects: Days | None = None
) -> tuple[Days, Days]:
    """Highest and lowest value that the calendar's earlier days are precedent for: (n_scopes,), NaN = none.

    At the edges of a month one earlier month is enough; on other days every earlier month seen must agree.

    Args:
        values: (n_days, n_scopes).
        like: the days that are like the judged one.
        known: (n_scopes,) days truly seen.
        effects: weekday effects to take out first, the judged day's weekday first.
    """
    n, scopes = values.shape
    outer, inner = (np.fmax, np.fmin) if like.is_zone else (np.fmin, np.fmax)
    highest = np.full(scopes, np.nan, dtype=np.float32)
    lowest = highest.copy()
    for days in like.months:
        rows = [n - back for back in days if back <= n]
        if not rows:
            continue
        unseen = known < max(days)
        there = values[rows]
        if effects is not None:
            there -= effects[[(row - n) % WEEK for row in rows]]
        high, low = there.max(axis=0), there.min(axis=0)
        high[unseen] = low[unseen] = np.nan
        highest, lowest = outer(highest, high), inner(lowest, low)
    return highest, lowest
