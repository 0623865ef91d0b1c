"""An event that was laid over a stream, before the series has a number.

Knows the shape of a label; must not know how large an event should be.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.labelled import Event


@dataclass(frozen=True, slots=True)
class Move:
    """An event as it was laid over a stream.

    Attributes:
        back: the day on which a step ended again; None where it lasts.
    """

    kind: str
    start: int
    end: int
    impact: float
    ratio: float
    back: int | None = None

    def event(self, series: int) -> Event:
        """The label of it."""
        return Event(series, self.kind, self.start, self.end, self.impact, self.ratio)
