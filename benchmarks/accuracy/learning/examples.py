"""Marked days of labelled bills: their traits, and whether anybody wanted to hear of them.

Knows the worlds and the first look; must not know what is learned from the days, nor how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.second_look import comes_again, may_be_withheld
from aws_cost_anomalies.analysis.traits import RISES, Column, Marked, traits
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.detectors.forecast import SENSITIVITIES, Forecast
from benchmarks.accuracy.bills import WORLDS, panel_of
from benchmarks.accuracy.labelled import INCREASES, LabelledBill
from benchmarks.accuracy.scoring import GAP

SEEDS = (0, 1, 2, 200, 201)
"""Of the bills that are learned from; what is reported begins at 100 and never comes so far."""
SERIES = 700
INCIDENTS = 1000.0
"""Each bill weighs as much as so many, however many marks there are in it."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Days that were marked.

    Attributes:
        traits: trait → what each day has of it, (n,).
        worth: (n,) whether they were days of an event, in its direction.
        weight: (n,) the days of one incident share the weight of one.
    """

    traits: Mapping[str, Column]
    worth: NDArray[np.bool_]
    weight: Column


def of_world(name: str) -> list[Examples]:
    """Those of a world's bills, looked at with each sensitivity."""
    return [of_bill(WORLDS[name](seed, SERIES), score) for seed in SEEDS for score in SENSITIVITIES.values()]


def of_bill(bill: LabelledBill, score: float) -> Examples:
    """Those of one bill; days in the aftermath of an event count neither way."""
    limits = Limits(score)
    flags = Forecast(sensitivity=score, second_look=False).detect(panel_of(bill))
    judged = slice(bill.judged_from, bill.costs.shape[1])
    rows, days = np.nonzero(may_be_withheld(flags, bill.costs, limits, judged=judged))
    days += judged.start
    rises = np.isin(flags.mark[rows, days], RISES)
    up, down = _of_events(bill, rising=True), _of_events(bill, rising=False)
    worth = np.where(rises, up[rows, days], down[rows, days])
    found = traits(Marked(bill.costs, flags, rows, days), limits)
    counts = (worth | ~bill.quiet[rows, days]) & ~comes_again(found)
    weight = _shared(rows, days)[counts]
    return Examples(
        {name: column[counts] for name, column in found.items()},
        worth[counts],
        weight * INCIDENTS / weight.sum(),
    )


def together(examples: Iterable[Examples]) -> Examples:
    """Several as one."""
    each = list(examples)
    return Examples(
        {name: np.concatenate([one.traits[name] for one in each]) for name in each[0].traits},
        np.concatenate([one.worth for one in each]),
        np.concatenate([one.weight for one in each]),
    )


def _of_events(bill: LabelledBill, *, rising: bool) -> NDArray[np.bool_]:
    """Days of events in a direction: (n_series, n_days)."""
    days = np.zeros(bill.costs.shape, dtype=bool)
    for event in bill.events:
        if (event.kind in INCREASES) == rising:
            days[event.series, event.start : event.end + 1] = True
    return days


def _shared(rows: NDArray[np.intp], days: NDArray[np.intp]) -> Column:
    """One, shared among the days of an incident: (n,)."""
    begins = np.ones(rows.size, dtype=bool)
    begins[1:] = (rows[1:] != rows[:-1]) | (days[1:] - days[:-1] > GAP + 1)
    incident = np.cumsum(begins) - 1
    return np.asarray(1.0 / np.bincount(incident)[incident])
