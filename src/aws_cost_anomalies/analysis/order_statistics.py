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


def centred_median(costs: Days) -> Days:
    """Median of each day and three neighbours on both sides; the first and last three hold the nearest.

    Two sorted triples around a middle day: the median of seven is that day, clamped between the third and
    fourth smallest of the six.

    Args:
        costs: (n_days, n_scopes), n_days ≥ 7.
    """
    low, mid, high = _sorted_triples(costs)
    a1, a2, a3 = low[:-4], mid[:-4], high[:-4]
    b1, b2, b3 = low[4:], mid[4:], high[4:]
    third = np.minimum(np.minimum(a3, b3), np.minimum(np.maximum(a2, b1), np.maximum(a1, b2)))
    fourth = np.minimum(np.maximum(a2, b2), np.minimum(np.maximum(a3, b1), np.maximum(a1, b3)))
    median = np.empty_like(costs)
    np.clip(costs[3:-3], third, fourth, out=median[3:-3])
    median[:3] = median[3]
    median[-3:] = median[-4]
    return median


def _sorted_triples(costs: Days) -> tuple[Days, Days, Days]:
    """Smallest, middle and largest of each three days in a row: three arrays (n_days − 2, n_scopes)."""
    a, b, c = costs[:-2], costs[1:-1], costs[2:]
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.minimum(low, c), np.maximum(low, np.minimum(high, c)), np.maximum(high, c)


def median_of_days(costs: Days) -> Days:
    """Median over the first axis. Shape: costs.shape[1:]."""
    n = costs.shape[0]
    if n > _NETWORK_LIMIT:
        ordered = np.sort(costs, axis=0)
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
