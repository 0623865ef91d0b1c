"""Prices: what a use comes to on the bill.

A use is counted in dollars of the plain price, so that edges can be given as shares of a usual month. Knows
how services are priced; must not know any family or any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.scene import Price, Scene, Tariff

MEAN_MONTH = 30.4


def plain(scene: Scene) -> Price:
    """One price."""
    del scene
    return np.asarray


def tiers(*steps: tuple[float, float]) -> Tariff:
    """Prices that change within a month, as (share of a usual month from which on, times the plain price)."""
    edges, prices = (np.array(column) for column in zip(*steps, strict=True))
    costs = np.concatenate([[0.0], np.cumsum(np.diff(edges) * prices[:-1])])

    def tariff(scene: Scene) -> Price:
        shift = scene.between(0.7, 1.4) * MEAN_MONTH * scene.level
        total = _charged(edges * shift, costs * shift, last=float(prices[-1]))
        month = scene.almanac.month

        def price(use: Floats) -> Floats:
            sums = np.cumsum(use)
            begun = np.concatenate([[0.0], sums])[np.searchsorted(month, month)]
            return total(sums - begun) - total(sums - use - begun)

        return price

    return tariff


def _charged(edges: Floats, costs: Floats, *, last: float) -> Callable[[Floats], Floats]:
    """Dollars of a month by what was used in it so far."""
    far = 1e3 * (edges[-1] + 1.0) + 1e6
    points, values = np.append(edges, far), np.append(costs, costs[-1] + last * (far - edges[-1]))
    return lambda used: np.interp(used, points, values)


def committed(low: float, high: float) -> Tariff:
    """A commitment that covers a share of the usual use is paid whether used or not; the rest costs more."""

    def tariff(scene: Scene) -> Price:
        covered = scene.rng.uniform(low, high) * scene.level
        dearer = scene.rng.uniform(1.25, 1.5)
        return lambda use: covered + np.maximum(use - covered, 0) * dearer

    return tariff


def per_month(scene: Scene) -> Price:
    """A price of a month, spread over as many days as it has."""
    share = MEAN_MONTH / scene.almanac.in_month
    return lambda use: use * share


def with_base(low: float, high: float) -> Tariff:
    """Something stands beside the use that costs the same each day."""

    def tariff(scene: Scene) -> Price:
        base = scene.rng.uniform(low, high)
        return lambda use: scene.level * base + use * (1 - base)

    return tariff


def with_fee(low: float, high: float) -> Tariff:
    """On the first of a month comes a fee of that many usual days."""

    def tariff(scene: Scene) -> Price:
        fee = scene.rng.uniform(low, high) * scene.level * (scene.almanac.day == 1)
        return lambda use: use + fee

    return tariff


def in_units(low: int, high: int) -> Tariff:
    """Billed in whole units, that many in a usual day."""

    def tariff(scene: Scene) -> Price:
        unit = scene.level / scene.rng.integers(low, high + 1)
        return lambda use: np.ceil(use / unit - 1e-9) * unit

    return tariff
