"""The default detector on series small enough to follow by hand."""

import warnings
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Basis, Mark
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 3, 2)
WEEKEND = np.arange(7) >= 5


def panel_of(costs: Floats, *, start: date = MONDAY) -> Panel:
    rows = np.atleast_2d(np.asarray(costs, dtype=float))
    return Panel(
        scopes=tuple(Scope((("ServiceName", f"service {n}"),)) for n in range(len(rows))),
        period=Period(start, start + rows.shape[1] * ONE_DAY),
        costs=rows,
        settled=np.ones(rows.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def marks(costs: Floats, **parameters: object) -> list[tuple[int, Mark]]:
    found = Forecast(**parameters).detect(panel_of(costs)).mark[0]  # type: ignore[arg-type]
    return [(int(day), Mark(found[day])) for day in np.flatnonzero(found)]


def calm(days: int, *, level: float = 100.0) -> Floats:
    return level * np.exp(0.02 * np.random.default_rng(4).standard_normal(days))


def test_a_spike_is_told_on_its_day_and_leaves_no_echo() -> None:
    costs = calm(80)
    costs[50] *= 2
    assert marks(costs) == [(50, Mark.HIGH)]


def test_a_step_is_told_at_once_and_becomes_the_level_within_a_fortnight() -> None:
    costs = calm(80)
    costs[50:] *= 2
    found = marks(costs)
    assert found[0] == (50, Mark.HIGH)
    assert found[-1][0] < 64


def test_weekends_are_no_drops_and_a_saturday_that_costs_like_a_friday_is_a_spike() -> None:
    costs = calm(84) * np.where(np.tile(WEEKEND, 12), 0.4, 1.0)
    assert marks(costs) == []
    costs[61] = 100.0
    assert marks(costs) == [(61, Mark.HIGH)]


def test_a_fee_on_the_first_is_known_from_its_second_time_on() -> None:
    panel = panel_of(calm(120))
    firsts = [i for i, day in enumerate(panel.period) if day.day == 1]
    panel.costs[0, firsts] += 300.0
    assert not Forecast().detect(panel).mark.any()


def test_what_month_ends_cost_is_no_precedent_for_the_middle_of_a_month() -> None:
    panel = panel_of(calm(120))
    ends = [i for i, day in enumerate(panel.period) if (day + 3 * ONE_DAY).day <= 3]
    panel.costs[0, ends] += 150.0
    assert not Forecast(second_look=False).detect(panel).mark.any()
    tenth_of_june = panel.period.index(date(2026, 6, 10))
    panel.costs[0, tenth_of_june] += 150.0
    assert np.flatnonzero(Forecast(second_look=False).detect(panel).mark[0]).tolist() == [tenth_of_june]
    looked_at_twice = Forecast().detect(panel)
    assert (
        looked_at_twice.before_second_look.mark[0, tenth_of_june] == Mark.HIGH
    )  # told, or listed as not told


def test_bursts_that_fall_on_any_date_are_a_precedent_on_all() -> None:
    costs = calm(120)
    costs[[40, 47, 58, 66, 75, 81, 88, 95]] += 150.0
    panel = panel_of(costs)
    assert not Forecast().detect(panel).mark[0, 80:].any()


def test_a_fee_that_does_not_come_is_told_on_its_day() -> None:
    panel = panel_of(calm(120))
    firsts = [i for i, day in enumerate(panel.period) if day.day == 1]
    panel.costs[0, firsts[:-1]] += 300.0
    flags = Forecast().detect(panel)
    assert np.flatnonzero(flags.mark[0]).tolist() == [firsts[-1]]
    assert flags.mark[0, firsts[-1]] == Mark.LOW
    assert flags.basis is not None
    assert flags.basis[0, firsts[-1]] == Basis.RECURRING
    assert flags.expected[0, firsts[-1]] == pytest.approx(400.0, rel=0.1)


def test_a_fee_that_came_on_the_friday_before_its_weekend_is_not_missed() -> None:
    panel = panel_of(calm(120))
    days = list(panel.period)
    monday, wednesday, friday = date(2026, 4, 20), date(2026, 5, 20), date(2026, 6, 19)
    panel.costs[0, [days.index(day) for day in (monday, wednesday)]] += 300.0
    saturday = days.index(friday) + 1
    assert Forecast().detect(panel).mark[0, saturday] == Mark.LOW
    panel.costs[0, saturday - 1] += 300.0
    assert Forecast().detect(panel).mark[0, saturday] == Mark.NONE


def test_first_spend_is_told_once_by_its_own_dollar_rule() -> None:
    costs = np.concatenate([np.zeros(40), calm(30, level=12.0)])
    assert marks(costs) == [(40, Mark.FIRST_SPEND)]
    assert marks(costs, first_spend=50.0) == []


def test_spend_that_stops_is_told_on_the_first_day_without_it() -> None:
    costs = calm(70)
    costs[60:] = 0.0
    assert marks(costs)[0] == (60, Mark.LOW)


def test_a_leak_of_two_percent_a_day_is_told_within_two_weeks() -> None:
    costs = calm(100)
    costs[60:] *= 1.02 ** np.arange(1, 41)
    first = marks(costs)[0]
    assert first[1] in {Mark.DRIFT_UP, Mark.HIGH}
    assert 60 < first[0] <= 74


@pytest.mark.parametrize(("rate", "mark"), [(1.01, Mark.DRIFT_UP), (0.99, Mark.DRIFT_DOWN)])
def test_a_percent_a_day_is_told_as_drift_either_way(rate: float, mark: Mark) -> None:
    week = np.where(np.tile(WEEKEND, 15), 0.6, 1.0)[:100]
    costs = calm(100) * week
    costs[55:] *= rate ** np.arange(1, 46)
    found = marks(costs)
    assert {each for _, each in found} == {mark}
    assert 55 < found[0][0] <= 77


def test_a_drift_is_expected_at_the_level_it_left_with_the_weekday_of_the_day() -> None:
    week = np.where(np.tile(WEEKEND, 15), 0.6, 1.0)[:100]
    costs = calm(100) * week
    costs[55:] *= 1.012 ** np.arange(1, 46)
    panel = panel_of(costs)
    flags = Forecast().detect(panel)
    drifts = np.flatnonzero(flags.mark[0] == Mark.DRIFT_UP)[:7]
    np.testing.assert_allclose(flags.expected[0, drifts], 100 * week[drifts], rtol=0.06)
    assert flags.basis is not None
    assert set(flags.basis[0, drifts]) == {Basis.EARLIER_LEVEL}


def test_a_trebling_in_heavy_scatter_is_told_within_its_first_days() -> None:
    rng = np.random.default_rng(5)
    costs = 200 * np.exp(0.3 * rng.standard_normal((30, 100)))
    costs[:, 70:] *= 3
    found = Forecast().detect(panel_of(costs)).mark
    assert (found[:, 70:76] != 0).any(axis=1).mean() >= 0.9
    assert (found[:, 40:70] != 0).mean() <= 0.005


def test_the_second_burst_of_a_young_series_has_the_first_for_precedent() -> None:
    costs = calm(40)
    costs[[16, 22, 25]] = [400.0, 380.0, 1500.0]
    assert [day for day, _ in marks(costs)] == [16, 25]


def test_within_two_weeks_a_day_among_those_seen_is_not_odd() -> None:
    costs = np.concatenate([[55.0, 55.0, 6.0, 6.0, 6.0, 31.0], calm(8, level=6.0)])
    assert marks(costs) == []


def test_in_its_first_month_a_rise_on_a_fee_day_may_be_a_fee() -> None:
    panel = panel_of(calm(30), start=MONDAY - 14 * ONE_DAY)
    sixth = next(i for i, day in enumerate(panel.period) if day.day == 6)
    panel.costs[0, sixth] += 200.0
    assert not Forecast().detect(panel).mark.any()
    panel.costs[0, sixth + 2] += 200.0
    assert np.flatnonzero(Forecast().detect(panel).mark[0]).tolist() == [sixth + 2]


def test_steady_growth_is_no_drift() -> None:
    assert marks(calm(120) * 1.004 ** np.arange(120)) == []


def test_pennies_are_never_told() -> None:
    costs = calm(60, level=0.5)
    costs[40] = 3.0
    assert marks(costs) == []


def test_batch_work_is_measured_against_its_own_bursts() -> None:
    rng = np.random.default_rng(8)
    costs = calm(120) + 150.0 * (rng.random(120) < 0.3) * rng.uniform(0.5, 1.5, 120)
    late = [day for day, _ in marks(costs) if day >= 42]
    assert late == []
    costs[100] = 2500.0
    assert (100, Mark.HIGH) in marks(costs)


def test_a_workday_like_a_sunday_in_every_scope_is_a_holiday_and_in_one_an_outage() -> None:
    week = np.where(np.tile(WEEKEND, 10), 0.3, 1.0)
    costs = np.array([calm(70) * week * scale for scale in range(1, 21)])
    one = costs.copy()
    one[4, 65] = one[4, 62]
    assert np.argwhere(Forecast().detect(panel_of(one)).mark).tolist() == [[4, 65]]
    costs[:, 65] = costs[:, 62]
    assert not Forecast().detect(panel_of(costs)).mark.any()


@pytest.mark.parametrize("loaded", [0.5, 0.25])
def test_a_day_of_which_only_part_is_loaded_tells_no_falls_and_keeps_the_spike(loaded: float) -> None:
    rng = np.random.default_rng(2)
    costs = 100.0 * np.exp(0.03 * rng.standard_normal((40, 60)))
    costs[3, 59] *= 5
    costs[:, 59] *= loaded
    found = Forecast(last=1).detect(panel_of(costs)).mark
    assert np.argwhere(found).tolist() == [[3, 59]]
    assert found[3, 59] == Mark.HIGH


def test_a_day_on_which_half_of_the_scopes_have_no_rows_is_a_gap_and_no_fall() -> None:
    costs = np.array([calm(60) * scale for scale in range(1, 41)])
    costs[::2, 59] = 0.0
    assert not Forecast(last=1).detect(panel_of(costs)).mark.any()


def test_the_last_days_alone_have_the_verdicts_of_the_whole_replay() -> None:
    rng = np.random.default_rng(1)
    panel = panel_of(100 * np.exp(0.1 * rng.standard_normal((12, 80))) * rng.integers(1, 4, (12, 80)))
    whole, last = Forecast().detect(panel), Forecast(last=3).detect(panel)
    np.testing.assert_array_equal(last.mark[:, -3:], whole.mark[:, -3:])
    np.testing.assert_array_equal(last.expected[:, -3:], whole.expected[:, -3:])
    assert np.isnan(last.expected[:, :-3]).all()


def test_an_unsettled_day_can_only_rise() -> None:
    costs = calm(60)
    costs[59] = 10.0
    panel = panel_of(costs)
    unsettled = panel.settled.copy()
    unsettled[0, 59] = False
    assert Forecast().detect(panel).mark[0, 59] == Mark.LOW
    assert not Forecast().detect(replace(panel, settled=unsettled)).mark.any()


def test_a_higher_sensitivity_marks_no_less() -> None:
    rng = np.random.default_rng(9)
    panel = panel_of(100 * np.exp(0.2 * rng.standard_normal((50, 90))))
    low, medium, high = (
        int((Forecast(sensitivity=s).detect(panel).mark != 0).sum()) for s in ("low", 4.0, "high")
    )
    assert low <= medium < high


@pytest.mark.parametrize(("least", "refund"), [(0.0, 0.0), (5.0, 30.0)])
def test_no_least_impact_and_refunds_are_judged_without_a_warning(least: float, refund: float) -> None:
    rng = np.random.default_rng(1)
    costs = np.abs(rng.normal(100, 40, (200, 200))) * (rng.random((200, 200)) > 0.1) - refund
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Forecast(minimum_impact=least, first_spend=2 * least).detect(panel_of(costs)).mark.any()


def test_an_unknown_sensitivity_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="sensitivity"):
        Forecast(sensitivity="loud").detect(panel_of(calm(10)))


@pytest.mark.parametrize(("cost", "told_on"), [(200.0, 6), (40.0, 13)])
def test_work_left_running_is_told_the_sooner_the_dearer_it_is(cost: float, told_on: int) -> None:
    three_on_three_off = np.where(np.arange(78) % 6 < 3, cost, 0.0)
    costs = np.concatenate([three_on_three_off, np.full(20, cost)])
    assert marks(costs, second_look=False)[0] == (78 + told_on - 1, Mark.HIGH)


def test_dear_work_left_running_passes_the_second_look() -> None:
    costs = np.concatenate([np.where(np.arange(78) % 6 < 3, 200.0, 0.0), np.full(20, 200.0)])
    assert marks(costs)[0] == (83, Mark.HIGH)


def test_a_run_of_cheap_work_that_chance_makes_is_not_told() -> None:
    rng = np.random.default_rng(8)
    on = np.zeros((200, 160), dtype=bool)
    for day in range(1, 160):
        on[:, day] = rng.random(200) < np.where(on[:, day - 1], 0.7, 0.2)
    told = Forecast().detect(panel_of(np.where(on, 40.0, 0.0)))
    assert told.basis is not None
    judged = told.mark[:, 70:]
    assert ((told.basis[:, 70:] == Basis.LONG_RUN) & (judged != 0)).sum() <= 0.002 * judged.size
