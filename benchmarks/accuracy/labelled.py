"""Labelled bills: daily costs of many series together with the events that were planted in them.

Knows the shape of a labelled bill and how an event is laid over a series; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REGULAR = frozenset(
    [
        "steady",
        "weekday",
        "noisy",
        "growth",
        "quantised",
        "month_fee",
        "month_end",
        "compute",
        "database",
        "storage",
        "functions",
        "transfer",
        "mixed_fee",
        "state_space",
        "volatile",
        "counts",
        "harmonic",
    ]
)
"""Families that are billed every day without bursts, where a world does not say so series by series."""
BURN_IN = 14
"""Days of a bill that are history and not judged, where a world does not say so itself."""
INCREASES = frozenset({"spike", "step_up", "drift_up", "new"})


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one series.

    Attributes:
        kind: `spike`, `drop`, `step_up`, `step_down`, `drift_up`, `drift_down`, `new`, `gone` or `missing` (a
            recurring charge that did not come).
        start: first day of it, an index into the bill's days.
        end: last day on which a first notice of it still counts, inclusive.
        impact: dollars it moved over its days, absolute.
        ratio: size of the move relative to what was usual; infinite where nothing was.
    """

    series: int
    kind: str
    start: int
    end: int
    impact: float
    ratio: float


@dataclass(frozen=True, slots=True, eq=False)
class LabelledBill:
    """Costs per series and day, with what was planted.

    Attributes:
        costs: (n_series, n_days), dollars a day.
        families: what each series was made as, e.g. `weekday`, `batch`.
        regular: (n_series,) billed every day without bursts.
        quiet: (n_series, n_days) days that are neither normal nor an event: the aftermath of an event, on
            which an alert counts neither way.
        judged_from: first day that is judged, an index; what is before it is history.
    """

    world: str
    first_day: date
    costs: Floats
    families: tuple[str, ...]
    events: tuple[Event, ...]
    regular: NDArray[np.bool_] = field(repr=False)
    quiet: NDArray[np.bool_] = field(repr=False)
    judged_from: int = BURN_IN

    @property
    def days(self) -> list[date]:
        """The columns."""
        return [self.first_day + timedelta(days=i) for i in range(self.costs.shape[1])]

    def until(self, n_days: int) -> LabelledBill:
        """The bill of its first `n_days` days, with what had begun by then."""
        begun = tuple(replace(e, end=min(e.end, n_days - 1)) for e in self.events if e.start < n_days)
        return replace(self, costs=self.costs[:, :n_days], quiet=self.quiet[:, :n_days], events=begun)


@dataclass(slots=True)
class Ledger:
    """A bill in the making: series are added one by one, each with at most a few events."""

    world: str
    first_day: date
    n_days: int
    rows: list[Floats] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    regular: list[bool] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quiet: list[tuple[int, int, int]] = field(default_factory=list)
    judged_from: int = BURN_IN

    def add(self, family: str, costs: Floats, *, regular: bool | None = None) -> int:
        """The number of the series just added; whether it is regular is said by its family, or here."""
        self.rows.append(costs)
        self.families.append(family)
        self.regular.append(family in REGULAR if regular is None else regular)
        return len(self.rows) - 1

    def label(self, event: Event, *, aftermath: int = 7) -> None:
        """Write an event down; alerts up to `aftermath` days after it count neither way."""
        self.events.append(event)
        self.quiet.append((event.series, event.start, event.end + aftermath))

    def hush(self, series: int, start: int, end: int) -> None:
        """Declare days of a series neither normal nor an event."""
        self.quiet.append((series, start, end))

    def close(self) -> LabelledBill:
        """The finished bill, rounded to cents of cents as a bill is."""
        costs = np.round(np.maximum(np.array(self.rows), 0.0), 4)
        quiet = np.zeros(costs.shape, dtype=bool)
        for series, start, end in self.quiet:
            quiet[series, start : end + 1] = True
        return LabelledBill(
            self.world,
            self.first_day,
            costs,
            tuple(self.families),
            tuple(self.events),
            regular=np.array(self.regular),
            quiet=quiet,
            judged_from=self.judged_from,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days of a bill as arrays: weekday (0 = Monday), day of month, days left in the month."""

    weekday: NDArray[np.int64]
    day_of_month: NDArray[np.int64]
    days_left: NDArray[np.int64]
    month: NDArray[np.int64]
    holiday: NDArray[np.bool_]

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Calendar:
        """The calendar of `n_days` days from `first_day`."""
        days = [first_day + timedelta(days=i) for i in range(n_days)]
        months = np.array([d.year * 12 + d.month for d in days])
        left = [((d.replace(day=28) + timedelta(days=4)).replace(day=1) - d).days - 1 for d in days]
        return cls(
            np.array([d.weekday() for d in days]),
            np.array([d.day for d in days]),
            np.array(left),
            months,
            np.array([d in set(_holidays(days)) for d in days]),
        )


def _holidays(days: list[date]) -> Iterator[date]:
    """The public holidays of the United States that empty offices, within the years of the bill."""
    for year in {d.year for d in days}:
        yield from (
            date(year, 1, 1),
            date(year, 7, 4),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
        )
        november = date(year, 11, 1)
        thanksgiving = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
        yield from (thanksgiving, thanksgiving + timedelta(days=1))
