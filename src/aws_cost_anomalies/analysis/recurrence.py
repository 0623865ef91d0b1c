"""Charges that come again after regular gaps: whether one is overdue, or one came that was not due.

Knows sparse series (an invoice a month, a job every ten days); must not know thresholds of money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.verdict import Truth, Whole

MEMORY = 130
"""Days looked back: four months, so three gaps of a monthly charge."""
REMEMBERED = 4
ALIKE = 1.25
SHORT = 0.6


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How charges of sparse series came so far; every array (n_scopes,).

    Attributes:
        is_regular: enough charges, with gaps alike.
        is_monthly: two charges or more, all on one day of the month, in months that follow each other.
        shortest: smallest of the gaps remembered, days.
        longest: largest of them.
        since: days from the last charge to the judged day.
        day_of_month: of the last charge.
    """

    is_regular: Truth
    is_monthly: Truth
    shortest: Whole
    longest: Whole
    since: Whole
    day_of_month: Whole

    def is_due(self, day_of_month: int) -> Truth:
        """Whether a charge had to come on the judged day at the latest, and not before it."""
        grace = np.maximum(self.longest + 2, np.ceil(1.1 * self.longest).astype(np.intp))
        overdue = self.is_regular & ~self.is_monthly & (self.since == grace)
        due: Truth = overdue | (self.is_monthly & (day_of_month == self.day_of_month))
        return due

    def is_early(self) -> Truth:
        """Whether a charge on the judged day would be far ahead of its time."""
        early: Truth = self.is_regular & (self.since < SHORT * self.shortest)
        return early


def recurrence(active: Truth, days_of_month: Whole) -> Recurrence:
    """How charges came over the days before the judged one: (n_days, n_scopes) and (n_days,)."""
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
    monthly = (count >= 2) & same_day & (shortest >= 28) & (longest <= 31)
    enough = count >= np.where(shortest >= 20, 3, 4)
    regular = enough & (longest <= ALIKE * shortest + 1) & (shortest >= 6)
    return Recurrence(regular, monthly, shortest, longest, n_days - last[0], latest)
