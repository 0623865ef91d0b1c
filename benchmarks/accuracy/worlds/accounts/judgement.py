"""Whether a change is worth telling: dollars, share, and how far it stands out of the series' own past.

Knows what an attentive practitioner asks for; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.extent import Extent, direction
from benchmarks.accuracy.worlds.accounts.line import Line
from benchmarks.accuracy.worlds.accounts.moment import A_FEW_DAYS, Change
from benchmarks.accuracy.worlds.accounts.yardstick import blocks, deviations

LEAST = 5.0
"""Dollars a day below which nobody cares."""
LEAST_SHARE = 0.2
PAST = 120
"""Days of the past that a change is compared with, but for the first two weeks of a bill."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a change.

    Attributes:
        is_clear: worth a label; else open to dispute.
        dollars: what it moves on a usual day of its own.
        ratio: the same relative to what would have been.
    """

    is_clear: bool
    first: int
    last: int
    dollars: float = 0.0
    ratio: float = 0.0


def verdict_on(change: Change, line: Line) -> Verdict | None:
    """What is to be said of a change of a line; None where it moves nothing."""
    extent = Extent.of(change, line.costs)
    if extent is None:
        return None
    dollars, ratio = extent.dollars, extent.ratio(line.costs)
    is_clear = dollars >= LEAST
    if extent.kind == "missing":
        is_clear = is_clear and ratio > 0.5
    elif extent.kind != "new":
        is_clear = is_clear and ratio >= LEAST_SHARE and _stands_out(extent, change, line)
    return Verdict(is_clear, extent.first, extent.last, dollars, ratio)


def _stands_out(extent: Extent, change: Change, line: Line) -> bool:
    first = extent.first
    if line.series.known[first] and extent.kind == "spike" and first == extent.last:
        return _is_larger_charge(
            change.after[first], [line.costs[d] for d, _ in line.series.fees if d < first]
        )
    if not _is_beyond_the_past(extent, deviations(line.costs, line.unlike)):
        return False
    if extent.kind in {"gone", "step_down", "drop"}:
        return _is_missed(extent, change, line)
    return True


def _is_larger_charge(charge: float, before: list[float]) -> bool:
    """A day of the calendar is compared with its like: it must be half as far again from them as any."""
    if not before:
        return True
    usual = np.median(before)
    farthest = np.max(np.abs(np.array(before) - usual))
    return bool(charge - usual > 1.5 * max(1e-9, farthest))


def _is_beyond_the_past(extent: Extent, usual: Floats) -> bool:
    """Whether a day of it, or a week if it is long, exceeds each of the past, and the others most of them."""
    first, last, sign = extent.first, extent.last, direction(extent.kind)
    length = 1 if last - first < A_FEW_DAYS else min(7, last - first + 1)
    seen = extent.moved + np.where(np.isnan(usual), 0, usual) * sign
    until = min(last + 1, first + (60 if extent.kind == "drift_up" else 21))
    past = blocks((usual * sign)[max(14, first - PAST) : first], length)
    present = blocks(seen[first:until], length)
    if len(past) < 8 or not len(present):
        return False
    most = max(past.max(), 0)
    if present.max() <= (1.35 if length == 1 else 1.5) * most or present.max() < 0.5 * extent.dollars:
        return False
    if extent.kind == "drift_up":
        return bool(np.median(present[-max(1, len(present) // 3) :]) > 1.2 * most)
    return length == 1 or bool(np.median(present) > 1.1 * most)


def _is_missed(extent: Extent, change: Change, line: Line) -> bool:
    """Whether a fall is of something that was there of late, and if it is short, of a good part of it."""
    before = line.costs[max(0, extent.first - 60) : extent.first]
    if extent.last - extent.first < A_FEW_DAYS:
        left, there = (float(np.median(extent.of_its_days(some))) for some in (change.after, line.costs))
        if left >= 0.85 * there:
            return False
    return bool((before > 0.05 * extent.dollars).any())
