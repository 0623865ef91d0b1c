"""Something that happened to a series, as its label and as the series it left behind.

Knows what is the same for every kind of event; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats
from benchmarks.accuracy.worlds.organizations.series import Range, Series

NOTICE = 7
"""Days within which a lasting change is to be noticed."""
LASTING_AFTERMATH = 14
COUNTED = 30
"""Days whose dollars make up the impact of a lasting change."""


@dataclass(frozen=True, slots=True, eq=False)
class Mishap:
    """What happened; the fields are those of `Event`, and `after` is the series with it."""

    kind: str
    start: int
    end: int
    impact: float
    ratio: float
    after: Series

    def event(self, series: int) -> Event:
        """Its label on the series of this number."""
        return Event(series, self.kind, self.start, self.end, self.impact, self.ratio)


@dataclass(frozen=True, slots=True)
class Past:
    """The four weeks before a day: the median expected, and the mean billed."""

    expected: float
    billed: float

    @classmethod
    def of(cls, series: Series, day: int) -> Past:
        """The past of a series on a day after its first."""
        weeks = slice(max(0, day - 28), day)
        return cls(float(np.median(series.expected[weeks])), float(series.costs[weeks].mean()))


def changed(series: Series, costs: Floats, *, expected: Floats | None = None, hushed: list[Range]) -> Series:
    """The series after an event: its new costs, what is expected from now on, what became disputable."""
    return replace(
        series,
        costs=costs,
        expected=series.expected if expected is None else expected,
        hushed=(*series.hushed, *hushed),
    )


def around(start: int, *, seen: int, ended: int | None) -> list[Range]:
    """Days open to dispute about a lasting change: before it is seen, after its notice, when it is undone."""
    after = seen + NOTICE
    ranges = [(start, seen - 1), (after, after + LASTING_AFTERMATH - 1)]
    return ranges if ended is None else [*ranges, (ended - 1, ended + 14)]
