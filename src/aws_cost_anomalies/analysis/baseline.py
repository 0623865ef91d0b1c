"""Expected cost: each day's robust centre and spread from its own past, aware of weekdays and month starts.

Knows a Panel; knows no thresholds. Only days before t shape what is usual on day t. Where the past allows
several levels (this weekday's, last week's, last month's fee), everything between them is usual, and of that
the cost nearest to the actual one is expected.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.history import settled_costs
from aws_cost_anomalies.analysis.medians import count, deviation, median
from aws_cost_anomalies.analysis.monthly import like_days, recurring_excess
from aws_cost_anomalies.analysis.weekly import PAST, WEEK, rhythm, week_shares
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period

CARRIES_LEVEL = 0.1
"""A weekday with a smaller multiple tells nothing of the level."""

SCARCE = 4.0
"""A window of n days tells its spread only roughly: it is widened by 1 + 4/n."""
ROWS_AT_ONCE = 20_000
"""Scopes times days fitted together: few calls where scopes are few, little memory where they are many."""
LEAST_MULTIPLE = 0.5
"""A quiet weekday is never taken to spread less than half as much as a full one."""


@dataclass(frozen=True, slots=True)
class BaselineRules:
    """How the past becomes an expectation.

    Attributes:
        window: days before t that give its level and spread.
        minimum_history: known days needed among them.
        relative_floor: least spread, as a share of the level.
        absolute_floor: least spread, currency per day.
    """

    window: int = 14
    minimum_history: int = 7
    relative_floor: float = 0.05
    absolute_floor: float = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """Usual cost of each scope and day, (n_scopes, n_days), currency per day; NaN where history is too short.

    Attributes:
        expected: the usual cost nearest to the actual one.
        lowest: the lowest usual cost.
        highest: the highest.
        spread: robust standard deviation of a day around these, never below the floors.
    """

    expected: Floats
    lowest: Floats
    highest: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """What the past says of the days to come, per scope.

    Attributes:
        week: (n_scopes, 7), usual cost of the next seven days; NaN where history is too short.
        last_week: the same days a week ago, where weekdays are not learned yet; else NaN.
        level: (n_scopes,), usual cost of a day without its weekday.
        spread: (n_scopes,), before floors, of a day whose multiple is 1.
    """

    week: Floats
    last_week: Floats
    level: Floats
    spread: Floats


def baseline(panel: Panel, rules: BaselineRules | None = None) -> Baseline:
    """The usual cost of every day of a panel from the days before it."""
    past = _Past(panel, rules or BaselineRules())
    result = Baseline(*(np.full_like(panel.costs, np.nan) for _ in range(4)))
    for index, day in enumerate(panel.period):
        fit = past.fit(index)
        lowest, highest = past.usual(fit, day, index=index, ahead=0)
        centre = _nearest(panel.costs[:, index], lowest, highest, otherwise=fit.week[:, 0])
        result.lowest[:, index], result.highest[:, index] = lowest, highest
        result.expected[:, index] = centre
        result.spread[:, index] = past.floored(fit, centre)
    return result


class Expectation:
    """What the past of a panel says of any of its days, for some of its scopes at a time."""

    def __init__(self, panel: Panel, rules: BaselineRules | None = None) -> None:
        """Learn when asked."""
        self._past = _Past(panel, rules or BaselineRules())
        self._panel = panel

    def of(self, days: Period, *, rows: slice = slice(None), learned_to: date | None = None) -> Floats:
        """The usual cost of each of some days, from the days before them alone.

        Args:
            days: days of the panel.
            rows: of which scopes.
            learned_to: the first day that is not learned from, at most the first of `days`, the default.

        Returns:
            (n_rows, n_days), currency per day; NaN where history is too short.
        """
        actual = self._panel.costs[rows]
        first = self._panel.period.index(learned_to or days.start)
        fit = self._past.fit(first)
        self._past.learn(days, before=first)
        expected = np.empty((len(actual), days.days))
        for place, day in enumerate(days):
            index = self._panel.period.index(day)
            ahead = index - first
            lowest, highest = self._past.usual(fit, day, index=index, ahead=ahead)
            weekday = fit.week[rows, ahead % WEEK]
            expected[:, place] = _nearest(actual[:, index], lowest[rows], highest[rows], otherwise=weekday)
        return expected


def _nearest(actual: Floats, lowest: Floats, highest: Floats, *, otherwise: Floats) -> Floats:
    """The usual cost nearest to the actual one, that of the weekday where the actual one is unknown."""
    nearest: Floats = np.where(np.isnan(actual), otherwise, np.clip(actual, lowest, highest))
    return nearest


class _Past:
    """A panel's past, padded so that every day has as many days before it."""

    def __init__(self, panel: Panel, rules: BaselineRules) -> None:
        self._panel, self._rules = panel, rules
        self._reach = max(PAST, rules.window)
        self._learned = settled_costs(panel)
        pad = np.full((len(panel.scopes), self._reach), np.nan)
        self._costs = np.hstack((pad, self._learned))
        self._shares = np.hstack((pad, week_shares(self._learned)))
        self._excess = np.full_like(panel.costs, np.nan)
        self._fitted: set[int] = set()

    def fit(self, index: int) -> _Fit:
        """What the days before position `index` say."""
        return self._fit([index])

    def learn(self, days: Iterable[date], *, before: int) -> None:
        """Fit those days before a position that tell what recurs on these days, many at a time."""
        period = self._panel.period
        likes = {like for day in days for month in like_days(day) for like in month if like in period}
        missing = sorted({period.index(like) for like in likes} - self._fitted)
        missing = missing[: bisect_left(missing, before)]
        at_once = max(1, ROWS_AT_ONCE // max(len(self._panel.scopes), 1))
        for first in range(0, len(missing), at_once):
            self._fit(missing[first : first + at_once])

    def _fit(self, indices: list[int]) -> _Fit:
        """What the days before these positions say, one below the other: (n_indices · n_scopes)."""
        ends = [index + self._reach for index in indices]
        window = np.concatenate([self._costs[:, end - self._rules.window : end] for end in ends])
        last_week = np.concatenate([self._costs[:, end - WEEK : end] for end in ends])
        week = rhythm(np.concatenate([self._shares[:, end - PAST : end] for end in ends]))
        of_window = week.multiples[:, np.arange(-self._rules.window, 0) % WEEK]
        carries = of_window >= CARRIES_LEVEL
        levels = np.where(carries, window / np.where(carries, of_window, 1.0), np.nan)
        level = np.nan_to_num(median(levels))
        is_short = count(window) < self._rules.minimum_history
        ahead = np.where(is_short[:, None], np.nan, level[:, None] * week.multiples)
        for index, expected in zip(indices, np.split(ahead[:, 0], len(indices)), strict=True):
            if index < self._panel.period.days:
                self._excess[:, index] = self._learned[:, index] - expected
                self._fitted.add(index)
        return _Fit(
            week=ahead,
            last_week=np.where(week.is_learned[:, None], np.nan, last_week),
            level=level,
            spread=deviation(levels) * (1.0 + SCARCE / self._rules.window) * week.doubt,
        )

    def usual(self, fit: _Fit, day: date, *, index: int, ahead: int) -> tuple[Floats, Floats]:
        """The lowest and the highest cost the past allows on a day: two of (n_scopes,)."""
        weekday, last_week = fit.week[:, ahead % WEEK], fit.last_week[:, ahead % WEEK]
        fee = np.nan_to_num(self._recurring(day, before=index - ahead))
        lowest, highest = np.fmin(weekday, last_week), np.fmax(weekday, last_week)
        is_known = ~np.isnan(weekday)
        highest = np.maximum(highest, weekday + np.maximum(fee, 0.0))
        return np.where(is_known, lowest, np.nan), np.where(is_known, highest, np.nan)

    def _recurring(self, day: date, *, before: int) -> Floats:
        period = self._panel.period
        self.learn([day], before=before)
        return recurring_excess(
            self._excess[:, :before], Period(period.start, period.start + before * ONE_DAY), day
        )

    def floored(self, fit: _Fit, centre: Floats) -> Floats:
        """The spread of a day: it grows with the day's multiple, and is at least the floors."""
        level = np.abs(fit.level)
        multiple = np.maximum(np.abs(centre) / np.where(level > 0, level, np.inf), LEAST_MULTIPLE)
        floor = self._rules.relative_floor * np.maximum(level, np.abs(centre))
        spread = np.fmax(fit.spread * multiple, np.maximum(floor, self._rules.absolute_floor))
        return np.where(np.isnan(centre), np.nan, spread)
