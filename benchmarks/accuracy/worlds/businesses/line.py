"""One line of a bill, with what has happened to it so far.

Knows how an incident passes from usage to dollars; must not know which incidents there are, nor any detector.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.series import Series

FOUR_WEEKS = 28
LEAST_USED = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A series as it is used and billed, an array a day.

    Attributes:
        usage: what is used.
        share: of the price, what the bill says.
        added: dollars that are on the bill besides.
        costs: dollars.
    """

    series: Series
    usage: Floats
    share: Floats
    added: Floats
    costs: Floats

    @classmethod
    def of(cls, series: Series, *, discount: Floats) -> Line:
        """A series to which nothing has happened yet."""
        nothing = np.zeros(len(series.usage))
        return cls(series, series.usage, discount, nothing, series.price(series.usage) * discount)

    def after(self, incident: Incident) -> Line:
        """The line with what happens to it."""
        changed = self._billed(incident) if incident.on_bill else self._used(incident)
        costs = self.series.price(changed.usage) * changed.share + changed.added
        return replace(changed, costs=costs)

    def _used(self, incident: Incident) -> Line:
        usage = self.usage
        if incident.at_least is not None:
            usage = np.maximum(usage, incident.at_least)
        if incident.times is not None:
            usage = usage * incident.times
        if incident.added is not None:
            usual = self.usage[max(0, incident.start - FOUR_WEEKS) : incident.start].mean()
            usage = usage + incident.added * (1 if incident.in_units else max(LEAST_USED, usual))
        return replace(self, usage=usage)

    def _billed(self, incident: Incident) -> Line:
        share, added = self.share, self.added
        if incident.existing is not None:
            share = share * incident.existing
        if incident.times is not None:
            share, added = share * incident.times, added * incident.times
        if incident.added is not None:
            added = added + incident.added
        return replace(self, share=share, added=added)
