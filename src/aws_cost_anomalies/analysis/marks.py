"""From scores to marks: the rules that hold for every detector of odd days, and marks of several joined.

Knows thresholds and which days are settled; knows nothing of how a score was made.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.runs import Marks
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Bools, Floats, Panel

SENSITIVITIES = {"low": 1.2, "medium": 1.0, "high": 0.8}
"""Sensitivity → factor on a threshold: 2.5 becomes 3.0, 2.5, 2.0."""


def scaled(threshold: float, sensitivity: str | float) -> float:
    """The threshold at a sensitivity; one given as a number is the threshold.

    Raises:
        InvalidArgument: neither a positive number nor a known word.
    """
    if isinstance(sensitivity, str):
        chosen = threshold * SENSITIVITIES.get(sensitivity, 0.0)
    else:
        chosen = float(sensitivity)
    if not chosen > 0:
        raise InvalidArgument(
            "The sensitivity", sensitivity, f"{', '.join(SENSITIVITIES)} or a positive score"
        )
    return chosen


def odd_days(panel: Panel, expected: Floats, score: Floats, *, threshold: float, least: float) -> Marks:
    """HIGH and LOW where |score| reaches the threshold: (n_scopes, n_days).

    A day without a verdict or with less than `least` currency, expected and actual, has no mark. An unsettled
    day can only be HIGH: its cost can still grow.
    """
    matters = np.fmax(panel.costs, expected) >= least
    marks = np.zeros(panel.costs.shape, dtype=np.int8)
    marks[matters & (score >= threshold)] = Mark.HIGH
    marks[matters & (score <= -threshold) & panel.settled] = Mark.LOW
    return marks


def with_first_spend(flags: Flags, where: Bools, costs: Floats, *, spread: float) -> Flags:
    """The flags with FIRST_SPEND and an expected cost of nothing on the given days.

    Args:
        flags: of the same panel.
        where: (n_scopes, n_days), the days.
        costs: actual cost; its score there is cost ÷ spread.
        spread: currency per day.
    """
    return Flags(
        expected=np.where(where, 0.0, flags.expected),
        lower=np.where(where, 0.0, flags.lower),
        upper=np.where(where, spread, flags.upper),
        score=np.where(where, costs / spread, flags.score),
        mark=np.where(where, np.int8(Mark.FIRST_SPEND), flags.mark),
    )


def combine(first: Flags, *others: Flags) -> Flags:
    """Several detectors' flags of one panel as one: on each day those of the first that marks it.

    A day that none marks keeps the verdict of the first one given.
    """
    joined = first
    for other in others:
        speaks = (joined.mark == Mark.NONE) & (other.mark != Mark.NONE)
        joined = Flags(
            expected=np.where(speaks, other.expected, joined.expected),
            lower=np.where(speaks, other.lower, joined.lower),
            upper=np.where(speaks, other.upper, joined.upper),
            score=np.where(speaks, other.score, joined.score),
            mark=np.where(speaks, other.mark, joined.mark),
        )
    return joined
