"""Something that happens to what a series uses, or to its bill.

Knows how usage and bill are changed; must not know which incidents there are, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.labelled import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Incident:
    """A change of usage, or of the bill, an array a day each; what is None changes nothing.

    Attributes:
        kind: as of an `Event`, or `burst` of a rise of three days to three weeks.
        start: first day of it.
        last: last day of it.
        times: factor.
        added: what is added, in units of what was usual before.
        at_least: what is used at least.
        existing: share of the bill that there is, which before the first day is smaller.
        on_bill: the bill is changed, in dollars, and not usage.
        in_units: what is added is in units of the series.
    """

    kind: str
    start: int
    last: int
    times: Floats | None = None
    added: Floats | None = None
    at_least: Floats | None = None
    existing: Floats | None = None
    on_bill: bool = False
    in_units: bool = False
