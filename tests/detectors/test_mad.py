"""The modified z-score against values worked out by hand, and its share of false alarms."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.baseline import BaselineRules, Expectation, baseline
from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 3, 2)


def panel_of(costs: Floats | list[float], *, start: date = MONDAY) -> Panel:
    array = np.atleast_2d(np.asarray(costs, dtype=float))
    return Panel(
        scopes=tuple(Scope((("ServiceName", str(n)),)) for n in range(len(array))),
        period=Period(start, start + array.shape[1] * ONE_DAY),
        costs=array,
        settled=np.ones(array.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def noisy(n: int, days: int, share: float) -> Floats:
    return 100.0 * np.exp(share * np.random.default_rng(5).normal(size=(n, days)))


def test_the_score_follows_the_formula() -> None:
    past = [90.0, 95, 100, 105, 110, 100, 100, 80, 100, 120, 100, 90, 110, 100]
    flags = Mad().detect(panel_of([*past, 160.0]))
    spread = 1.4826 * 5.0 * (1 + 4 / 14)  # 5.0 is the median distance from 100
    assert flags.expected[0, 14] == 100.0
    assert flags.score[0, 14] == pytest.approx(60 / spread)
    assert flags.upper[0, 14] == pytest.approx(100 + 2.5 * spread)
    assert flags.mark[0, 14] == Mark.HIGH


def test_the_spread_is_at_least_five_percent_of_the_level_and_half_a_dollar() -> None:
    assert baseline(panel_of([100.0] * 20)).spread[0, 19] == 5.0
    assert baseline(panel_of([2.0] * 20)).spread[0, 19] == 0.5


def test_a_flat_hundred_is_odd_from_112_50_and_told_from_120() -> None:
    for last, is_odd, is_told in (
        (112.4, False, False),
        (112.6, True, False),
        (119.9, True, False),
        (120, True, True),
    ):
        panel = panel_of([100.0] * 30 + [last])
        flags = Mad().detect(panel)
        assert bool(flags.mark[0, 30]) is is_odd
        assert bool(episodes(panel, flags, rules=EpisodeRules())) is is_told


def test_there_is_no_verdict_before_seven_known_days() -> None:
    flags = Mad().detect(panel_of([100.0] * 6 + [900.0, 900.0]))
    assert np.isnan(flags.expected[0, :7]).all()
    assert flags.mark[0, :7].max() == Mark.NONE
    assert flags.mark[0, 7] == Mark.HIGH


def test_days_without_verdicts_do_not_count_as_history() -> None:
    costs = [100.0] * 5 + [np.nan] * 5 + [100.0, 900.0]
    assert np.isnan(Mad().detect(panel_of(costs)).expected[0, 11])


def test_cheap_scopes_are_left_alone() -> None:
    assert not Mad().detect(panel_of([0.01] * 20 + [0.99])).mark.any()
    assert Mad().detect(panel_of([0.01] * 20 + [9.0])).mark[0, 20] == Mark.HIGH


def test_a_new_scope_is_first_spend_for_a_week_and_then_has_a_level() -> None:
    flags = Mad().detect(panel_of([0.0] * 30 + [400.0] * 12))
    assert flags.mark[0, 30:37].tolist() == [Mark.FIRST_SPEND] * 7
    assert not flags.mark[0, 37:].any()
    assert flags.expected[0, 30] == 0.0
    assert flags.expected[0, 37] == 400.0


def test_a_new_scope_is_told_once_it_has_cost_the_minimum_impact() -> None:
    assert not Mad().detect(panel_of([0.0] * 30 + [0.6] * 12)).mark.any()
    panel = panel_of([0.0] * 30 + [2.0] * 12)
    flags = Mad().detect(panel)
    assert flags.mark[0].tolist() == [0] * 30 + [Mark.FIRST_SPEND] * 7 + [0] * 5
    (new,) = episodes(panel, flags, rules=EpisodeRules(minimum_impact=5.0))
    assert (new.start_date, new.detected_on) == (MONDAY + 30 * ONE_DAY, MONDAY + 32 * ONE_DAY)


def test_a_panel_that_begins_makes_nothing_new() -> None:
    assert not Mad().detect(panel_of([0.0] * 6 + [400.0] * 12)).mark.any()


def test_a_step_is_marked_until_it_is_the_level() -> None:
    flags = Mad().detect(panel_of([100.0] * 40 + [200.0] * 30))
    assert flags.mark[0, 40:47].tolist() == [Mark.HIGH] * 7
    assert not flags.mark[0, 48:].any()


def test_a_spike_leaves_no_echo() -> None:
    costs = np.array([100.0] * 40 + [900.0] + [100.0] * 40)
    assert np.flatnonzero(Mad().detect(panel_of(costs)).mark[0]).tolist() == [40]


def test_a_weekend_learned_from_one_week_is_no_drop_and_one_weekend_is_enough() -> None:
    costs = np.where(np.arange(70) % 7 < 5, 100.0, 40.0)
    assert not Mad().detect(panel_of(costs)).mark.any()


def test_a_full_day_on_a_weekend_is_odd() -> None:
    costs = np.where(np.arange(70) % 7 < 5, 100.0, 40.0)
    costs[68] = 100.0
    assert np.flatnonzero(Mad().detect(panel_of(costs)).mark[0]).tolist() == [68]


def test_a_weekly_job_is_expected_on_its_day() -> None:
    costs = np.where(np.arange(70) % 7 == 6, 500.0, 0.0)
    marks = Mad().detect(panel_of(costs)).mark[0]
    assert not marks[28:].any()
    costs[69] = 0.0
    assert Mad().detect(panel_of(costs)).mark[0, 69] == Mark.LOW


def test_a_fee_on_the_first_is_odd_once_and_only_once() -> None:
    panel = panel_of(np.full(150, 50.0), start=date(2026, 1, 5))
    firsts = [index for index, day in enumerate(panel.period) if day.day == 1]
    panel.costs[0, firsts] = 800.0
    marks = Mad().detect(panel).mark[0]
    assert np.flatnonzero(marks).tolist() == firsts[:1]
    panel.costs[0, firsts[-1]] = 2400.0
    assert Mad().detect(panel).mark[0, firsts[-1]] == Mark.HIGH


def test_less_than_last_months_fee_is_no_drop() -> None:
    panel = panel_of(np.full(150, 50.0), start=date(2026, 1, 5))
    firsts = [index for index, day in enumerate(panel.period) if day.day == 1]
    panel.costs[0, firsts] = [800.0, 800.0, 500.0, 800.0, 800.0]
    assert np.flatnonzero(Mad().detect(panel).mark[0]).tolist() == firsts[:1]
    assert Mad().detect(panel).expected[0, firsts[2]] == 500.0


def test_a_fee_in_the_middle_of_the_month_is_known_after_two() -> None:
    panel = panel_of(np.full(150, 50.0), start=date(2026, 1, 5))
    sevenths = [index for index, day in enumerate(panel.period) if day.day == 7][1:]
    panel.costs[0, sevenths] = 800.0
    assert np.flatnonzero(Mad().detect(panel).mark[0]).tolist() == sevenths[:2]


def test_expected_cost_of_days_ahead_knows_the_week_and_nothing_of_those_days() -> None:
    costs = np.where(np.arange(42) % 7 < 5, 100.0, 40.0)
    costs[35:] = 777.0
    days = Period(MONDAY + 35 * ONE_DAY, MONDAY + 42 * ONE_DAY)
    ahead = Expectation(panel_of(costs)).of(days)
    assert ahead.tolist() == [[100.0] * 5 + [40.0] * 2]


def test_a_longer_window_is_a_slower_level() -> None:
    costs = [100.0] * 40 + [200.0] * 20
    slow = baseline(panel_of(costs), BaselineRules(window=28))
    assert (slow.expected[0, 50], baseline(panel_of(costs)).expected[0, 50]) == (100.0, 200.0)


@pytest.mark.parametrize(("share", "at_most"), [(0.03, 0.001), (0.05, 0.012), (0.1, 0.035), (0.2, 0.045)])
@pytest.mark.parametrize("weekend", [1.0, 0.4])
def test_false_marks_on_flat_noise_are_few(share: float, weekend: float, at_most: float) -> None:
    costs = noisy(150, 90, share) * np.where(np.arange(90) % 7 < 5, 1.0, weekend)
    flags = Mad().detect(panel_of(costs))
    judged = ~np.isnan(flags.expected)
    assert np.count_nonzero(flags.mark) / np.count_nonzero(judged) <= at_most
