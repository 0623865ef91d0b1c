"""Mean and standard deviation of the week before, by hand."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.detectors.zscore import ZScore, _week_before
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Bools, Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 3, 2)
WEEK = [90.0, 110.0, 90.0, 110.0, 90.0, 110.0, 100.0]


def panel_of(array: Floats, *, settled: Bools) -> Panel:
    period = Period(START, START + array.shape[1] * ONE_DAY)
    return Panel((Scope(),), period, array, settled, "EffectiveCost", "USD", "cur")


def marks_and_scores(costs: list[float]) -> tuple[list[int], list[float]]:
    array = np.array([costs])
    flags = ZScore().detect(panel_of(array, settled=np.ones(array.shape, dtype=bool)))
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


def test_the_week_before_by_hand() -> None:
    mean, spread = _week_before(np.array([[1.0, 2, 3, 4, 5, 6, 7, 50, 0, 0]]))
    assert np.isnan(mean[0, :7]).all()
    assert np.isnan(spread[0, :7]).all()
    assert (mean[0, 7], spread[0, 7]) == (4.0, pytest.approx(np.sqrt(28 / 6)))
    assert mean[0, 8] == 11.0


@pytest.mark.parametrize(("level", "floor"), [(100.0, 1.0), (-100.0, 1.0), (1.0, 0.01), (0.5, 0.01)])
def test_a_flat_week_has_a_hundredth_for_spread(level: float, floor: float) -> None:
    mean, spread = _week_before(np.full((1, 8), level))
    assert (mean[0, 7], spread[0, 7]) == (level, pytest.approx(floor))


def test_the_change_must_be_larger_than_its_limit_and_the_band_is_the_threshold() -> None:
    assert marks_and_scores([100.0] * 7 + [120.0])[0][7] == Mark.NONE
    assert marks_and_scores([100.0] * 7 + [120.01])[0][7] == Mark.HIGH
    assert marks_and_scores([100.0] * 7 + [80.0])[0][7] == Mark.NONE
    assert marks_and_scores([100.0] * 7 + [79.9])[0][7] == Mark.LOW
    array = np.array([[*WEEK, 100.0]])
    flags = ZScore(sensitivity=3.0).detect(panel_of(array, settled=np.ones(array.shape, dtype=bool)))
    band = (flags.expected[0, 7], flags.lower[0, 7], flags.upper[0, 7])
    assert band == pytest.approx((100.0, 70.0, 130.0))


def test_an_open_day_is_no_history() -> None:
    array, settled = np.full((1, 10), 100.0), np.ones((1, 10), dtype=bool)
    settled[0, 4] = False
    assert np.isnan(ZScore().detect(panel_of(array, settled=settled)).score).all()
