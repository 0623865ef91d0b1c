"""Slow drift: days that keep moving one way, more than this series usually moves and unlike a step.

A ramp that began 8, 11, 15, 21 or 28 days ago is fitted by least squares over the days since and three weeks
before. Knows ramps; must not know calendars or dollars at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from aws_cost_anomalies.analysis.order_statistics import MAD_TO_SIGMA, Days, in_order, median_of_days
from aws_cost_anomalies.analysis.verdict import Truth, Whole

WEEK = 7
MIN_DAYS = 35
LENGTHS = (8, 11, 15, 21, 28)
"""Days since the ramp began."""
LEFT_OUT = {8: 15, 11: 15, 15: 15, 21: 28, 28: 28}
"""Days left out of what is held to be usual, by length."""
BASE = 21
"""Days before it that tell the level it began from."""
FLOOR = np.float32(0.12)
MAX_WEEKLY_GROWTH = np.float32(0.08)
CERTAIN = 5.0
"""Standard errors of the slope, at medium sensitivity."""
RESTLESS = 2.5
"""Usual weekly moves, times √weeks, at medium sensitivity: levels that wander go far by chance."""
LARGEST_MOVE = np.float32(0.2)
CLIP = np.float32(2.5)
ALMOST = np.float32(0.999)
"""Of what is needed: sums in another order differ in their last digits."""
SPREAD_SHARE = np.float32(0.85)
JUMP = np.float32(3.0)
IN_TWO_JUMPS = np.float32(0.6)


@dataclass(frozen=True, slots=True)
class Levels:
    """What drift is read from, on the log scale, as rises; every series with at least `MIN_DAYS` days.

    Attributes:
        days: (n_days, n_scopes), the weekday's effect taken out, the judged day last.
        medians: (n_days, n_scopes), of the seven days around each day, of the judged day of those up to it.
        weekly: (n_days − 5, n_scopes), median of the seven days up to each day, the judged day last.
        spread: (n_scopes,) robust standard deviation of a day.
        floor: (n_scopes,) relative floors are multiplied by it to come to this scale.
    """

    days: Days
    medians: Days
    weekly: Days
    spread: Days
    floor: Days


@dataclass(frozen=True, slots=True, eq=False)
class Ramp:
    """Contrasts of one length over `BASE` + length days, the judged day last.

    Attributes:
        shape: (n_days,), 0 before it begins, 1 today.
        fit: (2, n_days), days → level before it and height.
        unit: (n_days,), the shape without its mean, of length 1.
        steps: (n_steps, n_days), likewise a step at every place where one could pass for the ramp.
        weeks: (n_days, 1), from the judged day, ≤ 0.
        error: standard error of the height in standard deviations of a day.
    """

    shape: Days
    fit: Days
    unit: Days
    steps: Days
    weeks: Days
    error: np.float32


@cache
def ramp(length: int) -> Ramp:
    """The contrasts of a ramp of so many days."""
    n = BASE + length
    shape = np.maximum(np.arange(n) - (BASE - 1), 0) / length
    fit = np.linalg.pinv(np.stack([np.ones(n), shape], axis=1))
    steps = np.triu(np.ones((n, n)))[BASE - 2 : n - 1]
    weeks = np.arange(1 - n, 1)[:, None] / WEEK
    return Ramp(
        shape=shape.astype(np.float32),
        fit=fit.astype(np.float32),
        unit=_unit(shape),
        steps=_unit(steps),
        weeks=weeks.astype(np.float32),
        error=np.float32(np.linalg.norm(fit[1])),
    )


@cache
def contrasts() -> tuple[Days, Days]:
    """Days → heights of the ramps of all lengths, (n_lengths, n_days), the judged day last; their errors."""
    ramps = [ramp(length) for length in LENGTHS]
    n = max(each.shape.size for each in ramps)
    rows = [np.pad(each.fit[1], (n - each.shape.size, 0)) for each in ramps]
    return np.stack(rows), np.array([[each.error] for each in ramps], dtype=np.float32)


def _unit(rows: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Days:
    """Rows without their mean, of length 1."""
    centred = rows - rows.mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.linalg.norm(centred, axis=-1, keepdims=True), dtype=np.float32)


def drift(levels: Levels, *, strictness: float = 1.0) -> tuple[Days, Days]:
    """Rise beyond what is usual, in units of what would be unusual, and the level it started from.

    D = height of the ramp ÷ max(5 standard errors, 2.5 usual weekly moves · √weeks, floor), the largest of
    all lengths; −inf where a step explains the days better, or two days carry most of the rise, or no length
    comes to 1, which is drift.

    Args:
        levels: of the series.
        strictness: factor on what would be unusual by chance.

    Returns:
        D, (n_scopes,), and the level without the ramp on the log scale, (n_scopes,).
    """
    days = _without_spikes(levels)
    size, origin = np.full(days.shape[1], -np.inf, dtype=np.float32), days[-1].copy()
    usual = {
        left_out: _usual(levels, left_out, strictness)
        for left_out in set(LEFT_OUT.values())
        if left_out + 2 * WEEK <= levels.weekly.shape[0]
    }
    for length, likely in zip(LENGTHS, may_drift(levels, strictness=strictness), strict=True):
        some = np.flatnonzero(likely)
        if some.size and BASE + length <= days.shape[0] and LEFT_OUT[length] in usual:
            needed, moves = days[-BASE - length :].take(some, axis=1), usual[LEFT_OUT[length]].only(some)
            found, level = _height(needed, length, usual=moves)
            higher = found > size[some]
            size[some[higher]], origin[some[higher]] = found[higher], level[higher]
    return size, origin


def recent() -> int:
    """How many days a first look at drift takes, the judged one included."""
    return int(contrasts()[0].shape[1])


def _without_spikes(levels: Levels) -> Days:
    """The days that ramps are fitted to, single ones clipped: (n_days, n_scopes)."""
    medians, reach = levels.medians[-recent() :], CLIP * levels.spread
    return np.asarray(np.clip(levels.days[-recent() :], medians - reach, medians + reach))


def may_drift(levels: Levels, *, strictness: float = 1.0) -> Truth:
    """Where a ramp is high enough before growth and usual moves are known: (n_lengths, n_scopes).

    A cheap look before the thorough one, which can only find less; the last `recent` days suffice for it.
    """
    days = _without_spikes(levels)
    fits, errors = contrasts()
    certain = np.float32(strictness * CERTAIN) * SPREAD_SHARE * errors * levels.spread
    may: Truth = ALMOST * np.maximum(certain, FLOOR * levels.floor) <= fits[:, -days.shape[0] :] @ days
    return may


@dataclass(frozen=True, slots=True)
class Usual:
    """What a series does anyway: growth a week, how far its weeks are from that, and how restless its days.

    Arrays (n_scopes,); `spread` and `floor` as those of `Levels`.
    """

    growth: Days
    moves: Days
    spread: Days
    floor: Days
    strictness: np.float32

    def only(self, where: Whole) -> Usual:
        """That of some of the series."""
        return Usual(
            growth=self.growth[where],
            moves=self.moves[where],
            spread=self.spread[where],
            floor=self.floor[where],
            strictness=self.strictness,
        )


def _usual(levels: Levels, left_out: int, strictness: float) -> Usual:
    """What moves of a week were like, without those of the last days."""
    moves = (levels.weekly[WEEK:] - levels.weekly[:-WEEK])[:-left_out]
    growth = np.clip(_quantile(moves, 0.5), 0, MAX_WEEKLY_GROWTH)
    away = np.abs(moves - growth)
    typical = np.maximum(_quantile(away, 0.75), np.minimum(away, LARGEST_MOVE).mean(axis=0))
    return Usual(growth, typical, levels.spread, levels.floor, np.float32(strictness))


def _height(days: Days, length: int, *, usual: Usual) -> tuple[Days, Days]:
    """D and the level before, of one length and the days that it needs."""
    fitted = ramp(length)
    level, height = fitted.fit @ days - (fitted.fit @ fitted.weeks) * usual.growth
    certain = usual.strictness * np.float32(CERTAIN) * fitted.error
    weeks = np.float32(np.sqrt((days.shape[0] - BASE) / WEEK))
    wandering = usual.strictness * np.float32(RESTLESS) * weeks * usual.moves
    unusual = np.maximum(certain * SPREAD_SHARE * usual.spread, wandering)
    size = height / np.maximum(unusual, FLOOR * usual.floor)
    likely = np.flatnonzero(size >= 1)
    if likely.size:
        some, high = days.take(likely, axis=1) - usual.growth[likely] * fitted.weeks, height[likely]
        error = np.std(some - level[likely] - fitted.shape[:, None] * high, axis=0)
        size[likely[~((high >= certain * error) & _is_gradual(some, fitted, high))]] = -np.inf
    return size, level


def _is_gradual(days: Days, fitted: Ramp, height: Days) -> Truth:
    """Whether no step explains the days better than the ramp, nor two jumps most of it."""
    as_ramp = np.square(fitted.unit @ days)
    as_step = np.square(fitted.steps @ days).max(axis=0)
    moves = np.diff(days[BASE - 3 :], axis=0)
    noise = MAD_TO_SIGMA * median_of_days(np.abs(moves))
    jumps = np.sort(np.where(moves > JUMP * noise, moves, 0), axis=0)[-2:].sum(axis=0)
    gradual: Truth = (as_ramp >= as_step) & (jumps <= IN_TWO_JUMPS * height)
    return gradual


def _quantile(values: Days, share: float) -> Days:
    """A quantile over days, the lower neighbour: (n_scopes,)."""
    return np.asarray(in_order(values)[int(share * (values.shape[0] - 1))])
