"""When an odd stretch of days becomes an anomaly, and how grave it is: the numbers people may set.

Knows money, percent and days; knows no panel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from aws_cost_anomalies.model.anomaly import Severity


class Match(StrEnum):
    """Whether both minimums must be reached, or one of them."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Grades:
    """Severity by money and surprise together; neither alone makes an anomaly critical.

    | |total impact|        | score < surprise | score ≥ surprise |
    |-----------------------|------------------|------------------|
    | below `notable`       | info             | info             |
    | `notable` to `large`  | info             | warning          |
    | `large` and above     | warning          | critical         |

    Attributes:
        notable: currency per anomaly.
        large: currency per anomaly.
        surprise: score, in robust standard deviations.
    """

    notable: float = 100.0
    large: float = 1000.0
    surprise: float = 5.0

    def severity(self, total_impact: float, score: float) -> Severity:
        """The cell of the table."""
        rank = (abs(total_impact) >= self.notable) + (abs(total_impact) >= self.large)
        if rank == 0 or (rank == 1 and score < self.surprise):
            return Severity.INFO
        return Severity.CRITICAL if rank == 2 and score >= self.surprise else Severity.WARNING


@dataclass(frozen=True, slots=True)
class EpisodeRules:
    """How marked days become anomalies.

    Attributes:
        monitor: the name that the anomalies carry.
        minimum_impact: |total impact| in currency, over all days of the anomaly so far.
        minimum_percent: the same as a share of what was expected; reached whenever nothing was expected.
        match: whether both minimums must be reached, or one.
        gap_days: at most so many unmarked days between two marked days of one anomaly.
        step_days: an excess that lasts so long is a step.
        absorb_days: after so many days a new level is the usual one and the anomaly is over; 0 ends it with
            its last marked day.
        return_days: so long after an anomaly a move back into its old band is its return, no new anomaly.
        drift_share: of `minimum_percent`, from which a drift is told: it goes on growing.
        quiet_days: so long after a drift ended, the same scope drifting on the same way is part of it.
        grades: money and surprise → severity.
        other_currency: that of the panel, where it is not the usual one of the store: ids are made of it too.
    """

    monitor: str = "default"
    minimum_impact: float = 5.0
    minimum_percent: float = 20.0
    match: Match = Match.ALL
    gap_days: int = 2
    step_days: int = 7
    absorb_days: int = 28
    return_days: int = 28
    drift_share: float = 0.5
    quiet_days: int = 21
    grades: Grades = field(default_factory=Grades)
    other_currency: str = ""

    def is_reached(self, total_impact: float, total_expected: float, *, is_drift: bool = False) -> bool:
        """Whether an impact is large enough to be told."""
        least = self.minimum_percent * (self.drift_share if is_drift else 1.0)
        in_money = abs(total_impact) >= self.minimum_impact
        in_percent = abs(total_impact) * 100.0 >= least * abs(total_expected)
        return (in_money and in_percent) if self.match is Match.ALL else (in_money or in_percent)
