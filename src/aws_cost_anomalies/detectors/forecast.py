"""The default detector: each day against the band that its own past, week and calendar leave for it.

Knows a Panel and what sensitivity means; how a day is expected stands in `analysis`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.chance import Chance
from aws_cost_anomalies.analysis.replay import Bill, replay
from aws_cost_anomalies.analysis.second_look import with_second_look
from aws_cost_anomalies.analysis.verdict import MEDIUM, Limits, Verdict
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Panel

SENSITIVITIES = {"low": 6.0, "medium": MEDIUM, "high": 2.5}
"""Sensitivity → standard deviations beyond the band from which a day is odd."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Robust one-step forecast with a band of levels, weekdays and calendar days, and drift, and first spend.

    Attributes:
        sensitivity: low, medium, high, or a number of standard deviations.
        minimum_impact: a day must differ from the band by this many dollars.
        minimum_impact_percentage: and by this share of the band's nearest edge, percent.
        first_spend: dollars a day from which spend never seen before is told.
        second_look: whether marks are withheld from days like those that turned out to be ordinary life.
        last: judge only so many of the last days; None judges every day, which is a backtest. What chance
            does is read from the days before: with fewer than 15 none of its marks are taken back.
    """

    sensitivity: str | float = "medium"
    minimum_impact: float = 5.0
    minimum_impact_percentage: float = 20.0
    first_spend: float = 10.0
    second_look: bool = True
    last: int | None = None

    def detect(self, panel: Panel) -> Flags:
        """A verdict on every day of every scope from the days before it; NaN before seven days of history."""
        n_scopes, n_days = panel.costs.shape
        days = range(max(n_days - self.last, 0) if self.last else 0, n_days)
        settled = None if panel.settled.all() else panel.settled
        limits = self._limits()
        verdicts = replay(Bill(panel.costs, settled, panel.period.start), days, limits)
        flags = _flags(verdicts, days, (n_scopes, n_days))
        judged = slice(days.start, days.stop)
        flags = Chance(limits.score, limits.dollars).without(flags, panel.costs, judged=judged)
        if not self.second_look:
            return flags
        return with_second_look(flags, panel.costs, limits, judged=judged)

    def _limits(self) -> Limits:
        """What counts as odd enough. Raises: InvalidArgument."""
        score = self.sensitivity
        if isinstance(score, str):
            if score not in SENSITIVITIES:
                raise InvalidArgument("The sensitivity", score, f"{', '.join(SENSITIVITIES)} or a number")
            score = SENSITIVITIES[score]
        return Limits(score, self.minimum_impact, self.minimum_impact_percentage / 100, self.first_spend)


def _flags(verdicts: list[Verdict], days: range, shape: tuple[int, int]) -> Flags:
    """The verdicts laid into arrays of the panel's shape."""
    judged = slice(days.start, days.stop)
    arrays = []
    for name in ("expected", "lower", "upper", "score"):
        array = np.full(shape, np.nan)
        array[:, judged] = _columns(verdicts, name, shape[0])
        arrays.append(array)
    codes = []
    for name in ("mark", "basis"):
        code = np.zeros(shape, dtype=np.int8)
        code[:, judged] = _columns(verdicts, name, shape[0])
        codes.append(code)
    return Flags(*arrays, *codes)


def _columns(verdicts: list[Verdict], name: str, n_scopes: int) -> NDArray[np.generic]:
    """One array of all verdicts, a column a day: (n_scopes, n_judged)."""
    return np.array([getattr(verdict, name) for verdict in verdicts]).reshape(len(verdicts), n_scopes).T
