"""Flags, anomalies and their impact. Words: AWS Cost Anomaly Detection."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.scope import Scope


class Mark(IntEnum):
    """What a detector says of one day of one scope."""

    NONE = 0
    HIGH = 1
    LOW = 2
    DRIFT_UP = 3
    DRIFT_DOWN = 4
    FIRST_SPEND = 5


class Basis(IntEnum):
    """What a day was measured against."""

    UNKNOWN = 0
    WEEK = 1
    FORTNIGHT = 2
    MONTH = 3
    CALENDAR = 4
    ACTIVE_DAYS = 5
    NEVER_SEEN = 6
    RECURRING = 7
    LONG_RUN = 8
    EARLIER_LEVEL = 9
    EIGHT_WEEKS = 10

    @property
    def label(self) -> str:
        """In words, to stand after "expected from"."""
        return _BASIS_LABELS[self]


_BASIS_LABELS = {
    Basis.UNKNOWN: "its past",
    Basis.WEEK: "last week's level",
    Basis.FORTNIGHT: "the level of the last two weeks",
    Basis.MONTH: "the level of the last four weeks",
    Basis.CALENDAR: "the same day of earlier months",
    Basis.ACTIVE_DAYS: "its other active days",
    Basis.NEVER_SEEN: "nothing: it was never seen before",
    Basis.RECURRING: "a charge that comes at regular intervals",
    Basis.LONG_RUN: "its longest run of active days",
    Basis.EARLIER_LEVEL: "the level it drifted from",
    Basis.EIGHT_WEEKS: "the eight weeks before its last one",
}


class Kind(StrEnum):
    """What happened, over days."""

    SPIKE = "spike"
    DROP = "drop"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    DRIFT_UP = "drift_up"
    DRIFT_DOWN = "drift_down"
    NEW = "new"
    GONE = "gone"

    @property
    def is_increase(self) -> bool:
        """Whether it costs more, not less."""
        return self in {Kind.SPIKE, Kind.STEP_UP, Kind.DRIFT_UP, Kind.NEW}


class Severity(StrEnum):
    """How much it matters: money and surprise together."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Status(StrEnum):
    """Where an anomaly is in its life."""

    OPEN = "open"
    ONGOING = "ongoing"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Feedback(StrEnum):
    """What people said of it; AWS Cost Anomaly Detection's own words."""

    YES = "YES"
    NO = "NO"
    PLANNED_ACTIVITY = "PLANNED_ACTIVITY"


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the people on an anomaly, and why; `at` is aware, UTC."""

    feedback: Feedback
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Flags:
    """How odd each day of a panel is; every array has the panel's shape (n_scopes, n_days).

    A verdict on day t rests on days ≤ t alone.

    Attributes:
        expected: cost expected that day, currency per day; NaN where no verdict was possible.
        lower: lower edge of the usual band; NaN likewise.
        upper: upper edge of the usual band; NaN likewise.
        score: surprise in robust standard deviations beyond the band's centre, signed; NaN likewise.
        mark: int8 codes of `Mark`; NONE on a day that is not odd.
        basis: int8 codes of `Basis`, what bound the expectation; None from a detector that does not say.
        withheld: int8, of marks that a second look took back how many days in a hundred like it were worth
            telling, 1 to 99; 0 where none was taken back, None where none was anywhere.
    """

    expected: Floats
    lower: Floats
    upper: Floats
    score: Floats
    mark: NDArray[np.int8]
    basis: NDArray[np.int8] | None = None
    withheld: NDArray[np.int8] | None = None

    @property
    def before_second_look(self) -> Flags:
        """The same with the marks that were taken back: rises and falls beside what was expected."""
        if self.withheld is None:
            return self
        taken_back = np.where(self.score > 0, np.int8(Mark.HIGH), np.int8(Mark.LOW))
        return replace(self, mark=np.where(self.withheld > 0, taken_back, self.mark), withheld=None)


@dataclass(frozen=True, slots=True)
class Impact:
    """What an anomaly cost over its days, in the panel's currency.

    Attributes:
        total_impact: actual − expected over all its days; negative for a drop.
        max_impact: the day with the largest |actual − expected|.
        total_actual_spend: sum of actual.
        total_expected_spend: sum of expected.
        total_impact_percentage: 100 · total_impact ÷ total_expected_spend; None when nothing was expected.
        rest_of_month: recent daily excess × days left in the month of the last day, while it goes on; else 0.
        monthly_run_rate: recent daily excess × 30, while it goes on or where its level stayed; else 0.
    """

    total_impact: float
    max_impact: float
    total_actual_spend: float
    total_expected_spend: float
    total_impact_percentage: float | None
    rest_of_month: float
    monthly_run_rate: float


@dataclass(frozen=True, slots=True)
class RootCause:
    """A child scope and the part of the impact it carries, currency."""

    scope: Scope
    contribution: float


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Days of one scope that moved without a good reason.

    Attributes:
        end_date: last anomalous day, inclusive.
        detected_on: the latest charge day in view when it was first raised.
        score: the largest |score| of its days.
        watched: the slice that its monitor looks at, its filter; empty for everything.
    """

    anomaly_id: str
    monitor: str
    scope: Scope
    kind: Kind
    severity: Severity
    status: Status
    score: float
    start_date: date
    end_date: date
    detected_on: date
    impact: Impact
    root_causes: tuple[RootCause, ...] = ()
    feedback: Feedback | None = None
    watched: Scope = field(default_factory=Scope)

    @property
    def charges(self) -> Scope:
        """The slice of the bill that it is about: its scope within what its monitor looks at."""
        return Scope(tuple({**self.watched.as_dict(), **self.scope.as_dict()}.items()))

    @property
    def stays(self) -> bool:
        """Whether it is over only because its level is the usual one by now: what it costs goes on."""
        return self.status is Status.RESOLVED and bool(round(self.impact.monthly_run_rate, 2))


def anomaly_id(monitor: str, scope: Scope, *, is_increase: bool, start: date, currency: str = "") -> str:
    """A stable id: the same scope, direction and first day give the same 12 hexadecimal characters.

    A currency beside the usual one has ids of its own; the usual one is not named.
    """
    pairs = (f"{key}\x1e{value}" for key, value in scope.values)
    text = "\x1f".join([monitor, *pairs, str(is_increase), str(start), *filter(None, [currency])])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
