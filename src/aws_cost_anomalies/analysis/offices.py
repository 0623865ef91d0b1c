"""Series that rest on some weekdays as offices do: each kind of weekday seen on its own.

A weekend of 0 beside workdays of 100 scatters by nothing, and one of 60 is far above it. Knows which weekdays
are idle; must not know bands or scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.order_statistics import Days, median_of_days
from aws_cost_anomalies.analysis.verdict import WEEK, Truth, Whole

IDLE_WEEKDAY = np.float32(0.1)
"""Of the third dearest weekday: one that costs less, by its median, is idle."""
WORKDAYS = (4, 6)
"""So many weekdays are not: fewer are a job that runs on some days, which is measured by these days."""
NEAR = np.float32(0.35)
"""Of what its weekday usually costs: a working day within it is near."""
CALM = 0.7
"""Share of the working days that are: what people ask for now and then may come on a Sunday too."""
LEAST_DAYS = 3 * WEEK
"""Known of a series before it can be called one."""


@dataclass(frozen=True, slots=True, eq=False)
class Offices:
    """Those among some series that are offices.

    Attributes:
        where: (n_offices,) their positions.
        alike: (7, n_offices) weekdays that are idle or not as the judged one is, which comes first.
        rests: (n_offices,) the judged weekday is idle.
    """

    where: Whole
    alike: Truth
    rests: Truth

    @classmethod
    def among(cls, past: Days, candidates: Whole) -> Offices:
        """Look for offices.

        Args:
            past: (n_days, n_scopes), dollars, the judged day's eve last.
            candidates: series that are not billed every day, `LEAST_DAYS` old.
        """
        if candidates.size == 0:
            return cls(candidates, np.zeros((WEEK, 0), dtype=bool), np.zeros(0, dtype=bool))
        weeks = past.shape[0] // WEEK
        days = past[-weeks * WEEK :].take(candidates, axis=1).reshape(weeks, WEEK, -1)
        usual = median_of_days(days)
        works = usual > IDLE_WEEKDAY * np.sort(usual, axis=0)[-3]
        count = works.sum(axis=0)
        near = works & (np.abs(days - usual) <= NEAR * usual)
        is_calm = near.sum(axis=(0, 1)) >= CALM * weeks * count
        found = np.flatnonzero((count >= WORKDAYS[0]) & (count <= WORKDAYS[1]) & is_calm)
        works = works[:, found]
        return cls(candidates[found], works == works[0], ~works[0])

    def columns(self, width: int) -> Whole:
        """Their positions where the series stand side by side on two scales."""
        return np.concatenate([self.where, self.where + width // 2])

    def filled(self, values: Days) -> tuple[Days, Truth]:
        """Days of another kind filled with the last before them of the judged one's: both (n_days, n).

        Args:
            values: (n_days, n), of the offices, on as many scales as they stand side by side.

        Returns:
            The values, and which of them are the days' own.
        """
        n, width = values.shape
        own: Truth = self.alike[np.arange(-n, 0) % WEEK]
        days = np.where(own, np.arange(n)[:, None], own.argmax(axis=0))
        np.maximum.accumulate(days, axis=0, out=days)
        scales = width // self.where.size
        return np.take_along_axis(values, np.tile(days, scales), axis=0), np.tile(own, scales)
