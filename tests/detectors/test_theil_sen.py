"""Drift: exact slopes, and measured shares of false and of found drifts."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.slope import is_step, mann_kendall, theil_sen
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 1, 5)
DAYS = 112
BEGIN = 70
RAMP = np.concatenate((np.zeros(BEGIN), np.arange(1, 29), np.full(DAYS - BEGIN - 28, 28)))
WEEK = np.where(np.arange(DAYS) % 7 < 5, 1.0, 0.4)


def panel_of(costs: Floats) -> Panel:
    array = np.atleast_2d(costs)
    return Panel(
        scopes=tuple(Scope((("ServiceName", str(n)),)) for n in range(len(array))),
        period=Period(MONDAY, MONDAY + array.shape[1] * ONE_DAY),
        costs=array,
        settled=np.ones(array.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def noisy(share: float, alike: float = 0.0, n: int = 150) -> Floats:
    """Flat series whose days are off by a share and correlated with the day before."""
    shocks = np.random.default_rng(3).normal(size=(n, DAYS + 30))
    noise = np.zeros_like(shocks)
    for day in range(1, DAYS + 30):
        noise[:, day] = alike * noise[:, day - 1] + np.sqrt(1 - alike**2) * shocks[:, day]
    return 100.0 * np.exp(share * noise[:, 30:])


def test_the_slope_is_the_median_of_all_pairs_and_ignores_an_outlier() -> None:
    line = 5.0 + 2.0 * np.arange(28)
    line[10] = 900.0
    assert theil_sen(np.stack((line, np.full(28, 3.0)))).tolist() == [2.0, 0.0]


def test_the_slope_of_days_with_holes_is_that_of_the_others() -> None:
    line = 5.0 + 2.0 * np.arange(28)
    line[[3, 9, 27]] = np.nan
    assert theil_sen(line[None])[0] == 2.0


def test_certainty_is_the_tabulated_one_for_a_straight_line() -> None:
    line = np.arange(10.0)[None]
    wanted = (45 - 1) / np.sqrt(10 * 9 * 25 / 18)
    assert mann_kendall(line, np.array([1.0]))[0] == pytest.approx(wanted)
    assert mann_kendall(-line, np.array([-1.0]))[0] == pytest.approx(-wanted)


def test_days_that_are_alike_lower_the_certainty() -> None:
    waves = np.sin(np.arange(28) / 3.0)[None] + 0.05 * np.arange(28)
    slope = theil_sen(waves)
    independent = np.random.default_rng(1).permutation(28)
    assert mann_kendall(waves, slope)[0] < 0.6 * mann_kendall(np.sort(waves[:, independent]), slope)[0]


def test_two_levels_are_a_step_and_a_line_is_not() -> None:
    noise = 0.1 * np.random.default_rng(2).normal(size=28)
    step, line = np.where(np.arange(28) < 14, 0.0, 5.0) + noise, np.arange(28) / 5.0 + noise
    both = np.stack((step, line))
    assert is_step(both, theil_sen(both)).tolist() == [True, False]


def test_a_leak_of_one_percent_a_day_is_marked_and_measured_from_its_start() -> None:
    flags = TheilSen().detect(panel_of(100.0 * WEEK * 1.01**RAMP))
    first = int(np.argmax(flags.mark[0] == Mark.DRIFT_UP))
    assert BEGIN + 14 <= first <= BEGIN + 24
    assert flags.expected[0, first] == pytest.approx(100.0 * WEEK[first], rel=0.03)
    assert not np.any(flags.mark[0] == Mark.DRIFT_DOWN)


def test_a_decline_is_drift_down() -> None:
    marks = TheilSen().detect(panel_of(100.0 * 0.99**RAMP)).mark[0]
    assert set(marks.tolist()) == {Mark.NONE, Mark.DRIFT_DOWN}


@pytest.mark.parametrize("daily", [1.002, 1.004, 0.997])
def test_slow_growth_below_the_threshold_is_not_told(daily: float) -> None:
    assert not TheilSen().detect(panel_of(100.0 * daily ** np.arange(DAYS))).mark.any()


def test_a_step_and_a_spike_are_not_drift() -> None:
    step, spike = np.full(DAYS, 100.0), np.full(DAYS, 100.0)
    step[BEGIN:] = 180.0
    spike[BEGIN : BEGIN + 3] = 900.0
    assert not TheilSen().detect(panel_of(np.stack((step, spike)))).mark.any()


@pytest.mark.parametrize("weekend", [1.0, 0.4])
@pytest.mark.parametrize(
    ("share", "alike", "false_at_most", "found_at_least"),
    [
        (0.03, 0.0, 0.001, 0.97),
        (0.05, 0.0, 0.001, 0.94),
        (0.10, 0.0, 0.004, 0.75),
        (0.03, 0.5, 0.002, 0.80),
        (0.10, 0.5, 0.010, 0.30),
        (0.20, 0.0, 0.005, 0.10),
    ],
)
def test_false_and_found_drifts(
    share: float, alike: float, false_at_most: float, found_at_least: float, weekend: float
) -> None:
    week = np.where(np.arange(DAYS) % 7 < 5, 1.0, weekend)
    flat = noisy(share, alike) * week
    flags = TheilSen().detect(panel_of(flat))
    judged = np.count_nonzero(~np.isnan(flags.expected))
    assert np.count_nonzero(flags.mark) / judged <= false_at_most
    found = TheilSen().detect(panel_of(flat * 1.01**RAMP)).mark[:, BEGIN : BEGIN + 28] == Mark.DRIFT_UP
    assert found.any(axis=1).mean() >= found_at_least
