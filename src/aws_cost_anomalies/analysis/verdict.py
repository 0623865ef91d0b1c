"""What is asked of a model of one kind of series and what it answers: cases, limits, verdicts.

Knows the words in which the models of `analysis` talk to each other; must not know how any of them expects a
day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.billing_calendar import Analogues
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.model.anomaly import Basis, Mark

WEEK = 7
HISTORY = 70
"""Days before a day that it is judged by."""
NOTICEABLE = 0.2
"""Share of the least impact in dollars below which a day counts as no spend."""
MEDIUM = 4.0
"""The score of medium sensitivity."""

Whole = NDArray[np.intp]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as odd enough.

    Attributes:
        score: standard deviations beyond the band.
        dollars: least difference to the band, per day.
        share: least difference relative to the nearest edge of the band.
        first_spend: dollars a day from which a service never seen before is told, and a charge that did not
            come.
    """

    score: float = 4.0
    dollars: float = 5.0
    share: float = 0.20
    first_spend: float = 10.0

    @property
    def noticeable(self) -> np.float32:
        """Dollars a day below which a day counts as no spend."""
        return np.float32(NOTICEABLE * self.dollars)


@dataclass(frozen=True, slots=True)
class Case:
    """Series of one kind on one day, ready to be judged.

    Attributes:
        past: (n_days, n_scopes), the days before, oldest first; those before a series' birth are filled.
        today: (n_scopes,).
        typical: (n_scopes,) median of the active days.
        smallest: (n_scopes,) of the past.
        largest: likewise.
        known: (n_scopes,) days of the past truly seen.
        active: (n_days, n_scopes), which days of the past were not idle.
        busy: (n_scopes,) how many they are.
        like: the calendar's precedents for the day.
    """

    past: Days
    today: Days
    typical: Days
    smallest: Days
    largest: Days
    known: Whole
    active: Truth
    busy: Whole
    like: Analogues

    def only(self, where: Whole) -> Case:
        """Some of the series."""
        if where.size == self.today.size:
            return self
        return Case(
            past=self.past.take(where, axis=1),
            today=self.today[where],
            typical=self.typical[where],
            smallest=self.smallest[where],
            largest=self.largest[where],
            known=self.known[where],
            active=self.active.take(where, axis=1),
            busy=self.busy[where],
            like=self.like,
        )

    def is_daily(self, where: Whole, *, share: float) -> Truth:
        """Which of some series are billed on more than a share of the days."""
        daily: Truth = self.busy[where] / self.active.shape[0] > share
        return daily


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one day; every array (n_scopes,).

    Attributes:
        rhythm: 0 where the week is flat or the day on a weekend, 1 where workdays differ from weekends, 2
            where moreover this one fell and looks like a weekend.
    """

    expected: Days
    lower: Days
    upper: Days
    score: Days
    mark: NDArray[np.int8]
    basis: NDArray[np.int8]
    rhythm: NDArray[np.int8]

    @classmethod
    def none(cls, n: int) -> Verdict:
        """No verdict at all."""
        nothing = np.full((4, n), np.nan, dtype=np.float32)
        return cls(*nothing, *np.zeros((3, n), np.int8))

    def put(self, where: Whole | slice, other: Verdict) -> None:
        """Write the verdict of some scopes in."""
        for name in self.__slots__:
            getattr(self, name)[where] = getattr(other, name)

    def say(self, where: Truth, mark: Mark, *, basis: Basis, score: Days | float) -> None:
        """Mark days that are not marked yet, with what they were measured against and a signed score.

        Args:
            where: (n_scopes,).
            mark: of these days.
            basis: what they were measured against.
            score: one for all, or one for each of the scopes.
        """
        free = where & (self.mark == Mark.NONE)
        self.mark[free] = mark
        self.basis[free] = basis
        self.score[free] = score[free] if isinstance(score, np.ndarray) else score

    def expect(self, where: Truth, expected: Days) -> None:
        """Expect something else on some days; the band is widened to hold it: both (n_scopes,)."""
        self.expected[where] = expected[where]
        np.fmin(self.lower, self.expected, out=self.lower)
        np.fmax(self.upper, self.expected, out=self.upper)


def gate(today: Days, score: Days, *, hull: tuple[Days, Days], limits: Limits) -> NDArray[np.int8]:
    """HIGH or LOW where score, dollars and share beyond the hull (lower, upper) all say so: (n_scopes,)."""
    low, high = hull
    rise, fall = today - high, low - today
    up = (score >= limits.score) & (rise >= limits.dollars) & (rise >= limits.share * high)
    down = (score <= -limits.score) & (fall >= limits.dollars) & (fall >= limits.share * low)
    return (up * np.int8(Mark.HIGH) + down * np.int8(Mark.LOW)).astype(np.int8)
