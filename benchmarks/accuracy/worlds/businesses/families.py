"""Which families of series bills are made of, and how often each is drawn.

Knows their shares; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.strokes import Rng
from benchmarks.accuracy.worlds.businesses import families_business as business
from benchmarks.accuracy.worlds.businesses import families_services as services
from benchmarks.accuracy.worlds.businesses import families_work as work
from benchmarks.accuracy.worlds.businesses.family import Family

FAMILIES: tuple[Family, ...] = (
    *(services.COMPUTE + services.CONTAINERS + services.DATABASES + services.NETWORK),
    *(work.PEOPLE + work.JOBS + work.STORES + work.MANAGEMENT),
    *(business.TRADES + business.FEES + business.CHANGES),
)
_WEIGHTS = np.array([family.weight for family in FAMILIES])
_SHARES = _WEIGHTS / _WEIGHTS.sum()


def any_family(rng: Rng) -> Family:
    """A family drawn by its share."""
    return FAMILIES[rng.choice(len(FAMILIES), p=_SHARES)]
