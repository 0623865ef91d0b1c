"""A second look at what was marked: would anybody want to hear of it?

The first look asks whether a day is odd. This one asks how such days turned out in bills whose incidents are
known (`benchmarks.accuracy.learning`), and withholds what mostly was ordinary life. Knows marks and what was
learned; must not know how a day was expected.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.completeness import completeness
from aws_cost_anomalies.analysis.traits import Column, Marked, traits
from aws_cost_anomalies.analysis.trees import Trees
from aws_cost_anomalies.analysis.verdict import MEDIUM, Limits
from aws_cost_anomalies.model.anomaly import Basis, Flags, Mark

LEARNED = Path(__file__).with_suffix(".json")
ODDS = 2 / 3
"""At medium sensitivity a day is withheld where fewer than two such days were worth telling for three not."""
BY_SENSITIVITY = 1.5
"""Odds grow with the threshold to this power: 1 to 3 at high sensitivity (2.5), 6 to 5 at low (6)."""
LEVELS = (Basis.WEEK, Basis.FORTNIGHT, Basis.MONTH, Basis.CALENDAR)
LASTED = 5
"""So many days in a row were no burst of work."""
LARGE = 200.0
"""Least impacts from what was expected from which a day is told whatever became of others like it."""


def may_be_withheld(
    flags: Flags, costs: NDArray[np.floating], limits: Limits, *, judged: slice
) -> NDArray[np.bool_]:
    """Marked days that bills with known incidents teach of: (n_scopes, n_judged).

    These are rises and falls beside a level or a calendar day. First spend, drift, a new level, a charge
    that did not come and large money are told whatever was learned. So is work left running, of which one
    day alone is marked: withheld, nobody would ever hear of it. And so is what is told of a day not all of
    which is billed: its traits would be those of another day.
    """
    mark, expected = flags.mark[:, judged], flags.expected[:, judged]
    basis = np.zeros_like(mark) if flags.basis is None else flags.basis[:, judged]
    cost = costs[:, judged]
    may = np.isin(basis, LEVELS) & (np.abs(cost - expected) < LARGE * limits.dollars)
    may &= (mark == Mark.HIGH) | (mark == Mark.LOW)
    for day in np.flatnonzero(may.any(axis=0)):
        regular = np.where(np.isin(basis[:, day], LEVELS), expected[:, day], 0.0)
        may[:, day] &= completeness(cost[:, day], regular, limits.dollars).is_whole
    return np.asarray(may)


def with_second_look(
    flags: Flags, costs: NDArray[np.floating], limits: Limits, *, judged: slice, trees: Trees | None = None
) -> Flags:
    """The flags without marks of days that hardly anybody would want to hear of; they say which.

    Args:
        flags: of a panel.
        costs: (n_scopes, n_days) of the same, NaN = unknown.
        limits: what counted as odd.
        judged: the days that have verdicts.
        trees: what was learned; None means what this program comes with.
    """
    rows, days = np.nonzero(may_be_withheld(flags, costs, limits, judged=judged))
    if rows.size == 0:
        return flags
    marked = Marked(costs, flags, rows, days + judged.start)
    found = traits(marked, limits)
    log_odds = (trees or learned()).log_odds(found)
    told = (log_odds >= least_log_odds(limits.score)) | comes_again(found)
    if told.all():
        return flags
    where = marked.rows[~told], marked.days[~told]
    withheld = np.zeros(flags.mark.shape, dtype=np.int8)
    withheld[where] = np.clip(np.round(100 / (1 + np.exp(-log_odds[~told]))), 1, 99)
    flags.mark[where] = Mark.NONE
    return replace(flags, withheld=withheld)


def comes_again(found: Mapping[str, Column]) -> NDArray[np.bool_]:
    """Days that went as far in ten weeks, but all at once: an earlier incident is no habit: (n_marked,).

    Of what comes again and stays the rules mark one day, as the earlier one is in their band.
    """
    at_once: NDArray[np.bool_] = (found["times"] == 1) & (found["half_as_far"] >= LASTED)
    return at_once


def least_log_odds(score: float) -> float:
    """Below which a day is withheld, by the threshold in standard deviations."""
    return math.log(ODDS) + BY_SENSITIVITY * math.log(score / MEDIUM)


@cache
def learned() -> Trees:
    """What was learned from bills whose incidents are known."""
    return Trees.read(LEARNED)
