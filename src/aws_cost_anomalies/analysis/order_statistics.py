"""Order statistics of many series at once, on day-major arrays: days down, scopes across.

Knows sorting and selection; must not know what the numbers mean. Day-major float32 keeps each step one pass
over contiguous memory, so that no loop ever runs over scopes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float32]
"""(n_days, n_scopes), or (n_scopes,) for one day."""

MAD_TO_SIGMA = np.float32(1.4826)
"""Median absolute deviation → standard deviation of a normal distribution."""
_NETWORK_LIMIT = 16
_WIDE = 512
"""From so many columns on a network of comparators beats a sort: fewer of them cost more in calls."""
_TILE = 512
"""Columns whose intermediate results fit the processor's cache together."""


def centred_median(costs: Days) -> Days:
    """Median of each day and three neighbours on both sides; the first and last three hold the nearest.

    Two sorted triples around a middle day: the median of seven is that day, clamped between the third and
    fourth smallest of the six.

    Args:
        costs: (n_days, n_scopes), n_days ≥ 7.
    """
    median = np.empty_like(costs)
    # Scratch memory is taken once: fresh arrays of this size cost more in page faults than to fill.
    scratch = np.empty((6, costs.shape[0] - 2, min(_TILE, costs.shape[1])), dtype=np.float32)
    for start in range(0, costs.shape[1], _TILE):
        tile = costs[:, start : start + _TILE]
        _fill_median(tile, scratch[:, :, : tile.shape[1]], out=median[3:-3, start : start + _TILE])
    median[:3] = median[3]
    median[-3:] = median[-4]
    return median


def _fill_median(costs: Days, scratch: Days, *, out: Days) -> None:
    """Median of each seven days in a row into `out`, (n_days − 6, n_scopes)."""
    low, mid, high, *free = scratch
    third, fourth, step = (each[:-4] for each in free)
    _sort_triples(costs, (low, mid, high))
    a1, a2, a3, b1, b2, b3 = low[:-4], mid[:-4], high[:-4], low[4:], mid[4:], high[4:]
    np.minimum(a3, b3, out=third)
    for one, other in ((a2, b1), (a1, b2)):
        np.minimum(third, np.maximum(one, other, out=step), out=third)
    np.maximum(a2, b2, out=fourth)
    for one, other in ((a3, b1), (a1, b3)):
        np.minimum(fourth, np.maximum(one, other, out=step), out=fourth)
    np.minimum(np.maximum(costs[3:-3], third, out=out), fourth, out=out)


def _sort_triples(costs: Days, into: tuple[Days, Days, Days]) -> None:
    """Smallest, middle and largest of each three days in a row into three arrays (n_days − 2, n_scopes)."""
    low, mid, high = into
    a, b, c = costs[:-2], costs[1:-1], costs[2:]
    np.minimum(a, b, out=low)
    np.maximum(a, b, out=high)
    np.maximum(low, np.minimum(high, c, out=mid), out=mid)
    np.minimum(low, c, out=low)
    np.maximum(high, c, out=high)


def in_order(costs: Days, *, signed: bool = True) -> Days:
    """Each scope's values, or their sizes, in ascending order: (n_days, n_scopes).

    Scope-major in memory, where sorts are quick.
    """
    ordered = np.array(costs.T, order="C")
    if not signed:
        np.abs(ordered, out=ordered)
    ordered.sort(axis=-1)
    return ordered.T


def days_of(where: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many of at most 255 days are true: (n_days, n_scopes) → (n_scopes,)."""
    return np.asarray(where.view(np.uint8).sum(axis=0, dtype=np.uint8), dtype=np.intp)


def median_of_days(costs: Days) -> Days:
    """Median over the first axis. Shape: costs.shape[1:]."""
    n = costs.shape[0]
    if n > _NETWORK_LIMIT or costs[0].size < _WIDE:
        ordered = np.sort(costs, axis=0) if costs.ndim > 2 else in_order(costs)
        return np.asarray(np.float32(0.5) * (ordered[(n - 1) // 2] + ordered[n // 2]))
    wires = list(costs)
    for i, j in _median_network(n):
        wires[i], wires[j] = np.minimum(wires[i], wires[j]), np.maximum(wires[i], wires[j])
    if n % 2:
        return np.array(wires[n // 2])
    return np.asarray(np.float32(0.5) * (wires[n // 2 - 1] + wires[n // 2]))


@cache
def _median_network(n: int) -> tuple[tuple[int, int], ...]:
    """The comparators of Batcher's odd-even merge sort of n wires that the middle ones depend on."""
    network: list[tuple[int, int]] = []
    p = 1
    while p < n:
        k = p
        while k >= 1:
            for j in range(k % p, n - k, 2 * k):
                pairs = ((i + j, i + j + k) for i in range(min(k, n - j - k)))
                network += [(a, b) for a, b in pairs if a // (2 * p) == b // (2 * p)]
            k //= 2
        p *= 2
    needed = {(n - 1) // 2, n // 2}
    kept = []
    for a, b in reversed(network):
        if a in needed or b in needed:
            kept.append((a, b))
            needed |= {a, b}
    return tuple(reversed(kept))


def pick(ordered: Days, rank: NDArray[np.intp]) -> Days:
    """The value of each scope at its own rank: ordered (n_days, n_scopes), rank (n_scopes,)."""
    return ordered[rank, np.arange(ordered.shape[1])]
