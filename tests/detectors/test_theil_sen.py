"""Drift: exact slopes, and measured shares of false and of found drifts."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.history import settled_costs
from aws_cost_anomalies.analysis.slope import is_step, mann_kendall, theil_sen
from aws_cost_anomalies.analysis.weekly import weekly_levels
from aws_cost_anomalies.detectors.theil_sen import TheilSen, _new_extremes, _without_weekdays
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


def test_what_reaches_the_least_daily_cost_is_told_and_what_lacks_a_hair_is_not() -> None:
    panel = panel_of(100.0 * 1.01**RAMP)
    told = np.flatnonzero(TheilSen().detect(panel).mark[0])
    reached = float(weekly_levels(settled_costs(panel))[0, told[-1]])
    for least, is_told in ((reached, True), (np.nextafter(reached, np.inf), False)):
        mark = TheilSen(min_daily_cost=float(least)).detect(panel).mark[0, told[-1]]
        assert bool(mark) is is_told


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


@pytest.mark.parametrize(
    ("today", "weeks", "direction"),
    [
        (10.0, (9.0, 9.0, 9.0), 1),
        (9.0, (9.0, 9.0, 9.0), 0),
        (8.0, (9.0, 9.0, 9.0), -1),
        (10.0, (9.0, 9.0), 0),
        (10.0, (9.0, 11.0, 9.0), 0),
        (10.0, (9.0, 9.0, 9.0, *[np.nan] * 4, 11.0), 0),
        (10.0, (9.0, 9.0, 9.0, *[np.nan] * 5, 11.0), 1),
        (8.0, (9.0, 9.0, 9.0, *[np.nan] * 4, 7.0), 0),
        (np.nan, (9.0, 9.0, 9.0), 0),
    ],
)
def test_a_new_extreme_is_one_among_eight_weeks_of_which_three_are_known(
    today: float, weeks: tuple[float, ...], direction: int
) -> None:
    levels = np.full((1, 70), np.nan)
    levels[0, -1] = today
    levels[0, [-1 - 7 * back for back in range(1, len(weeks) + 1)]] = weeks
    found = _new_extremes(levels)
    assert found[0, -1] == direction
    assert not found[0, :-1].any()


def test_a_weekday_that_carries_no_level_tells_nothing_of_it() -> None:
    multiples = np.array([[2.0, 1.0, 0.5, 0.1, 0.09, 0.0, 4.0]])
    values = _without_weekdays(np.full((1, 28), 10.0), multiples)
    assert values[0, :7].tolist() == pytest.approx([5, 10, 20, 100, np.nan, np.nan, 2.5], nan_ok=True)
    assert np.array_equal(values[0, 21:], values[0, :7], equal_nan=True)


@pytest.mark.parametrize(("unknown", "is_judged"), [(7, True), (8, False)])
def test_21_known_days_of_28_are_a_verdict(*, unknown: int, is_judged: bool) -> None:
    costs = np.full(60, 100.0)
    costs[60 - 21 + 3 : 60 - 21 + 3 + unknown] = np.nan
    flags = TheilSen().detect(panel_of(costs))
    assert bool(np.isfinite(flags.expected[0, -1])) is is_judged
    assert (flags.score[0, -1] == 0.0) is np.bool_(is_judged)
    assert np.isnan(flags.expected[0, :20]).all()


def test_the_band_is_the_threshold_around_the_level() -> None:
    flags = TheilSen(drift_threshold_pct=30.0).detect(panel_of(np.full(60, 100.0)))
    day = (flags.expected[0, -1], flags.lower[0, -1], flags.upper[0, -1])
    assert day == pytest.approx((100.0, 70.0, 130.0))


@pytest.mark.parametrize(("level", "is_told"), [(1.2, True), (1.0, False)])
def test_what_costs_less_than_the_minimum_then_and_now_is_not_judged(*, level: float, is_told: bool) -> None:
    leak = level * 1.01 ** np.arange(1 - DAYS, 1)
    marks = TheilSen().detect(panel_of(leak)).mark[0]
    assert bool((marks == Mark.DRIFT_UP).any()) is is_told


def test_a_quarter_more_over_four_weeks_is_told_from_its_limit_on() -> None:
    line = 100.0 + np.concatenate((np.zeros(60), np.arange(1.0, 41.0)))
    marked = [
        bool(TheilSen(drift_threshold_pct=limit).detect(panel_of(line)).mark.any()) for limit in (20.0, 40.0)
    ]
    assert marked == [True, False]
