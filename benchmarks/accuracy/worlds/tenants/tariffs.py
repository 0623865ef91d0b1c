"""Prices: what a use comes to on the bill.

A use is counted in dollars of the plain price, so that edges can be given as shares of a usual month. Knows
how services are priced; must not know any family or any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Price, Scene, settled

MEAN_MONTH = 30.4


def plain(scene: Scene) -> Price:
    """One price."""
    del scene
    return np.asarray


@settled
def tiers(scene: Scene, *steps: tuple[float, float]) -> Price:
    """Prices that change within a month, as (share of a usual month from which on, times the plain price)."""
    edges, prices = (np.array(column) for column in zip(*steps, strict=True))
    edges = edges * scene.between(0.7, 1.4) * MEAN_MONTH * scene.level
    total = _charged(edges, prices)
    month = scene.almanac.month

    def price(use: Floats) -> Floats:
        sums = np.cumsum(use)
        begun = np.concatenate([[0.0], sums])[np.searchsorted(month, month)]
        return total(sums - begun) - total(sums - use - begun)

    return price


def _charged(edges: Floats, prices: Floats) -> Callable[[Floats], Floats]:
    """Dollars of a month by what was used in it so far."""
    edges = np.append(edges, 1e3 * edges[-1] + 1e6)  # farther than any month goes
    costs = np.concatenate([[0.0], np.cumsum(np.diff(edges) * prices)])
    return lambda used: np.interp(used, edges, costs)


@settled
def committed(scene: Scene, low: float, high: float) -> Price:
    """A commitment that covers a share of the usual use is paid whether used or not; the rest costs more."""
    covered = scene.rng.uniform(low, high) * scene.level
    dearer = scene.rng.uniform(1.25, 1.5)
    return lambda use: covered + np.maximum(use - covered, 0) * dearer


def per_month(scene: Scene) -> Price:
    """A price of a month, spread over as many days as it has."""
    share = MEAN_MONTH / scene.almanac.in_month
    return lambda use: use * share


@settled
def with_base(scene: Scene, low: float, high: float) -> Price:
    """Something stands beside the use that costs the same each day."""
    base = scene.rng.uniform(low, high)
    return lambda use: scene.level * base + use * (1 - base)


@settled
def with_fee(scene: Scene, low: float, high: float) -> Price:
    """On the first of a month comes a fee of that many usual days."""
    fee = scene.rng.uniform(low, high) * scene.level * (scene.almanac.day == 1)
    return lambda use: use + fee


@settled
def in_units(scene: Scene, low: int, high: int) -> Price:
    """Billed in whole units, that many in a usual day."""
    unit = scene.level / scene.rng.integers(low, high + 1)
    return lambda use: np.ceil(use / unit - 1e-9) * unit
