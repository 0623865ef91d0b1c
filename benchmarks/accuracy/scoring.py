"""Scores of a detector on a labelled bill, judged day by day as a daily run would have been.

An incident is a run of marked days of one series with gaps of at most two days. An event is found when a day
between its start and its end is marked in its direction; an incident that touches neither an event nor its
aftermath is false. Knows marks and labels; must not know how the marks came about.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import INCREASES, Event, LabelledBill

GAP = 2


@dataclass(frozen=True, slots=True)
class Score:
    """How well a detector did.

    Attributes:
        delay: mean days from start to first notice, over the events found, per kind.
        false_by_family: false incidents per 1,000 normal series-days, per family of series.
    """

    precision: float
    recall: float
    f1: float
    false_per_1000: float
    dollar_recall: float
    normal_days: int
    n_events: int
    recall_by_kind: dict[str, float]
    delay: dict[str, float]
    false_by_family: dict[str, float]
    missed: tuple[Event, ...]
    false_starts: tuple[tuple[int, int], ...]


def incidents(marks: NDArray[np.int8]) -> NDArray[np.bool_]:
    """First days of incidents: a marked day with no marked day of the series among the two before it."""
    marked = marks != 0
    recent = np.zeros_like(marked)
    for lag in range(1, GAP + 2):
        recent[:, lag:] |= marked[:, :-lag]
    return marked & ~recent


def score(bill: LabelledBill, marks: NDArray[np.int8], *, burn_in: int = 0) -> Score:
    """The score of these marks: (n_series, n_days), codes of `Mark`.

    Days before the bill's `judged_from` are not judged, nor those before `burn_in` where that is later.
    """
    burn_in = max(burn_in, bill.judged_from)
    judged = np.zeros(bill.costs.shape, dtype=bool)
    judged[:, burn_in:] = True
    up = np.isin(marks, (1, 3, 5))
    down = np.isin(marks, (2, 4))
    found: dict[Event, int | None] = {}
    for event in bill.events:
        if event.start < burn_in:
            continue
        days = slice(event.start, event.end + 1)
        seen = (up if event.kind in INCREASES else down)[event.series, days]
        found[event] = int(np.argmax(seen)) if seen.any() else None
    normal = judged & ~bill.quiet
    starts = incidents(np.where(judged, marks, 0)) & normal
    false = _never_touching(starts, marks != 0, bill.quiet)
    return _summary(bill, found, normal=normal, false=false)


def _never_touching(
    starts: NDArray[np.bool_], marked: NDArray[np.bool_], quiet: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Those first days whose incident never runs into an event or its aftermath."""
    out = starts.copy()
    for series, day in np.argwhere(starts):
        end = day
        while end + 1 < marked.shape[1] and marked[series, end + 1 : end + GAP + 2].any():
            end += 1 + int(np.argmax(marked[series, end + 1 : end + GAP + 2]))
        out[series, day] = not quiet[series, day : end + 1].any()
    return out


def _summary(
    bill: LabelledBill,
    found: dict[Event, int | None],
    *,
    normal: NDArray[np.bool_],
    false: NDArray[np.bool_],
) -> Score:
    """The figures of these findings."""
    hits = {event: delay for event, delay in found.items() if delay is not None}
    n_false = int(false.sum())
    precision = len(hits) / max(len(hits) + n_false, 1)
    recall = len(hits) / max(len(found), 1)
    by_kind: dict[str, list[int | None]] = defaultdict(list)
    for event, delay in found.items():
        by_kind[event.kind].append(delay)
    families = np.array(bill.families)
    dollars = sum(event.impact for event in found)
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(precision + recall, 1e-9),
        false_per_1000=1000 * n_false / max(int(normal.sum()), 1),
        dollar_recall=sum(event.impact for event in hits) / max(dollars, 1e-9),
        normal_days=int(normal.sum()),
        n_events=len(found),
        recall_by_kind={k: sum(d is not None for d in v) / len(v) for k, v in sorted(by_kind.items())},
        delay={
            k: float(np.mean([d for d in v if d is not None])) if any(d is not None for d in v) else np.nan
            for k, v in sorted(by_kind.items())
        },
        false_by_family={
            str(f): 1000 * float(false[families == f].sum() / max(normal[families == f].sum(), 1))
            for f in np.unique(families)
        },
        missed=tuple(e for e, d in found.items() if d is None),
        false_starts=tuple((int(s), int(d)) for s, d in np.argwhere(false)),
    )
