"""Cost over time in one line of blocks."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = " "


def sparkline(costs: Sequence[float | None], *, width: int) -> str:
    """One block per bucket, or per few buckets where they are more than `width`; a gap where cost is unknown.

    The scale starts at zero, so that a flat series looks flat and a doubling looks doubled.
    """
    buckets: Sequence[float | None] = costs if len(costs) <= width else _averaged(costs, width)
    known = [cost for cost in buckets if cost is not None]
    if not known:
        return GAP * len(buckets)
    low, high = min(0.0, *known), max(0.0, *known)
    return "".join(GAP if cost is None else _block(cost, low, high) for cost in buckets)


def _block(cost: float, low: float, high: float) -> str:
    if high == low:
        return BLOCKS[0]
    return BLOCKS[min(int((cost - low) / (high - low) * len(BLOCKS)), len(BLOCKS) - 1)]


def _averaged(costs: Sequence[float | None], width: int) -> list[float | None]:
    """`width` means of neighbouring known costs."""
    edges = [round(i * len(costs) / width) for i in range(width + 1)]
    groups = [
        [cost for cost in costs[start:end] if cost is not None]
        for start, end in zip(edges, edges[1:], strict=False)
    ]
    return [sum(group) / len(group) if group else None for group in groups]
