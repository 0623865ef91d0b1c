"""Mean and standard deviation of the week before, by hand."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.detectors.zscore import ZScore
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 3, 2)
WEEK = [90.0, 110.0, 90.0, 110.0, 90.0, 110.0, 100.0]


def marks_and_scores(costs: list[float]) -> tuple[list[int], list[float]]:
    array = np.array([costs])
    panel = Panel(
        scopes=(Scope(),),
        period=Period(START, START + len(costs) * ONE_DAY),
        costs=array,
        settled=np.ones(array.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )
    flags = ZScore().detect(panel)
    return flags.mark[0].tolist(), flags.score[0].tolist()


def test_the_score_is_the_distance_in_standard_deviations_of_the_seven_days_before() -> None:
    marks, scores = marks_and_scores([*WEEK, 150.0])
    assert scores[7] == pytest.approx(50.0 / 10.0)
    assert marks[7] == Mark.HIGH


def test_a_surprising_day_within_twenty_percent_is_not_odd() -> None:
    marks, scores = marks_and_scores([100.0] * 7 + [119.0])
    assert scores[7] > 2.5
    assert marks[7] == Mark.NONE
    assert marks_and_scores([100.0] * 7 + [121.0])[0][7] == Mark.HIGH


def test_a_fall_is_low_and_a_first_day_of_spend_high() -> None:
    assert marks_and_scores([*WEEK, 40.0])[0][7] == Mark.LOW
    assert marks_and_scores([0.0] * 7 + [5000.0])[0][7] == Mark.HIGH


def test_there_is_no_verdict_without_seven_known_days() -> None:
    scores = marks_and_scores([*WEEK[:6], float("nan"), 150.0, 150.0])[1]
    assert np.isnan(scores).all()
