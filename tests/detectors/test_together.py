"""Several detectors as one."""

from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.analysis.together import Together
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.model.anomaly import Flags, Mark
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope


def flags_of(marks: list[int], expected: float) -> Flags:
    array = np.full((1, len(marks)), expected)
    return Flags(array, array - 1, array + 1, array, np.array([marks], dtype=np.int8))


def test_each_day_is_told_by_the_first_that_marks_it() -> None:
    joined = combine(flags_of([0, 1, 1, 0], 1.0), flags_of([0, 0, 3, 3], 2.0), flags_of([0, 0, 0, 4], 3.0))
    assert joined.mark.tolist() == [[0, 1, 1, 3]]
    assert joined.expected.tolist() == [[1.0, 1.0, 1.0, 2.0]]


def test_a_spike_and_a_leak_are_seen_together() -> None:
    leak = 100.0 * 1.012 ** np.clip(np.arange(100) - 60, 0, None)
    spike = np.full(100, 100.0)
    spike[80] = 700.0
    costs = np.stack((leak, spike))
    start = date(2026, 3, 2)
    panel = Panel(
        scopes=(Scope((("ServiceName", "leak"),)), Scope((("ServiceName", "spike"),))),
        period=Period(start, start + 100 * ONE_DAY),
        costs=costs,
        settled=np.ones(costs.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )
    marks = Together((Mad(), TheilSen())).detect(panel).mark
    assert Mark.DRIFT_UP in marks[0]
    assert marks[1, 80] == Mark.HIGH
