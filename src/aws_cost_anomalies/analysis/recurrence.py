"""Charges that come again after regular gaps: whether one is overdue, or one came that was not due.

Knows sparse series (an invoice a month, a job every ten days); must not know thresholds of money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.billing_calendar import Analogues
from aws_cost_anomalies.analysis.holidays import MONDAY
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.verdict import WEEK, Truth, Whole

MEMORY = 130
"""Days looked back: four months, so three gaps of a monthly charge."""
REMEMBERED = 4
ALIKE = 1.25
SHORT = 0.6
SIZE = 0.1
MOST_SIZE = 20.0
"""A charge is never e^20 times its like; what goes beyond is more than a float32 holds."""
SHORTEST_MONTH = 28
LONGEST_MONTH = 35
"""From one weekday of the month to the same of the next."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How charges of sparse series came so far; every array (n_scopes,).

    Attributes:
        is_regular: enough charges, with gaps alike.
        is_monthly: two charges or more, all on one day of the month, in months that follow each other.
        is_nth_weekday: three or more, all on one weekday of the month (the second Tuesday), likewise.
        shortest: smallest of the gaps remembered, days.
        longest: largest of them.
        since: days from the last charge to the judged day.
        day_of_month: of the last charge.
        smallest: of the charges remembered, dollars.
        largest: of them.
    """

    is_regular: Truth
    is_monthly: Truth
    is_nth_weekday: Truth
    shortest: Whole
    longest: Whole
    since: Whole
    day_of_month: Whole
    smallest: Days
    largest: Days

    def is_due(self, like: Analogues) -> Truth:
        """Whether a charge had to come on the judged day at the latest, and not before it.

        A monthly one that would come on a weekend may come on the Monday after it. One that comes on a
        weekday of the month, or every four weeks, is given five.
        """
        grace = np.maximum(self.longest + 2, np.ceil(1.1 * self.longest).astype(np.intp))
        grace = np.where(self.is_nth_weekday, LONGEST_MONTH, grace)
        overdue = self.is_regular & ~self.is_monthly & (self.since == grace)
        on_time = (self.day_of_month == like.day_of_month) & like.is_workday
        after_weekend = np.isin(self.day_of_month, like.just_before) & (like.weekday == MONDAY)
        due: Truth = overdue | (self.is_monthly & (self.since >= SHORTEST_MONTH) & (on_time | after_weekend))
        return due

    def is_early(self) -> Truth:
        """Whether a charge on the judged day would be far ahead of its time."""
        early: Truth = self.is_regular & (self.since < SHORT * self.shortest)
        return early

    def larger_from(self, score: float) -> Days:
        """Dollars from which a charge is larger than its like, infinite where none comes regularly.

        `e^(score / 10)` times the largest; where they differ more, (largest ÷ smallest)² times it.
        """
        apart = self.largest / np.maximum(self.smallest, np.float32(1e-6))
        most = np.maximum(np.float32(np.exp(min(SIZE * score, MOST_SIZE))), apart * apart) * self.largest
        return np.where(self.is_regular | self.is_monthly, most, np.float32(np.inf))


def recurrence(costs: Days, active: Truth, days_of_month: Whole) -> Recurrence:
    """How charges came over the days before the judged one: twice (n_days, n_scopes), and (n_days,)."""
    n_days, n = active.shape
    positions = np.where(active, np.arange(n_days, dtype=np.int16)[:, None], np.int16(-1))
    nothing = np.full((REMEMBERED, n), -1, dtype=np.int16)
    last = np.sort(np.vstack([nothing, positions]), axis=0)[: -REMEMBERED - 1 : -1].astype(np.intp)
    known = last >= 0
    count = known.sum(axis=0)
    gaps = np.where(known[1:], last[:-1] - last[1:], 0)
    longest = gaps.max(axis=0)
    shortest = np.where(known[1:], gaps, n_days).min(axis=0)
    latest = days_of_month[last[0]]
    same_day = (~known | (days_of_month[last] == latest)).all(axis=0)
    monthly = (count >= 2) & same_day & (shortest >= SHORTEST_MONTH) & (longest <= 31)
    week_of_month = (days_of_month[last] - 1) // WEEK
    same_week = (~known | (week_of_month == week_of_month[0])).all(axis=0)
    whole_weeks = np.isin(gaps, (0, SHORTEST_MONTH, LONGEST_MONTH)).all(axis=0)
    nth_weekday = (count >= 3) & same_week & whole_weeks
    enough = count >= np.where(shortest >= 20, 3, 4)
    regular = enough & (longest <= ALIKE * shortest + 1) & (shortest >= 6)
    sizes = np.take_along_axis(costs, last, axis=0)
    largest = np.where(known, sizes, 0).max(axis=0)
    return Recurrence(
        is_regular=regular,
        is_monthly=monthly,
        is_nth_weekday=nth_weekday,
        shortest=shortest,
        longest=longest,
        since=n_days - last[0],
        day_of_month=latest,
        smallest=np.where(known, sizes, largest).min(axis=0),
        largest=largest,
    )
