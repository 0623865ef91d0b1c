"""Mistakes seen in other tools, each by its name; the classical detectors as they run by default."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Mark, Severity, Status
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 3, 2)


def panel_of(costs: Floats, *, unsettled: int = 0) -> Panel:
    array = np.atleast_2d(costs)
    settled = np.ones(array.shape, dtype=bool)
    settled[:, array.shape[1] - unsettled :] = False
    return Panel(
        scopes=tuple(Scope((("ServiceName", f"service {n}"),)) for n in range(len(array))),
        period=Period(MONDAY, MONDAY + array.shape[1] * ONE_DAY),
        costs=array,
        settled=settled,
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def found(costs: Floats, *, unsettled: int = 0) -> tuple[Anomaly, ...]:
    panel = panel_of(costs, unsettled=unsettled)
    flags = combine(Mad().detect(panel), TheilSen().detect(panel))
    return episodes(panel, flags, rules=EpisodeRules())


def day(index: int) -> date:
    return MONDAY + index * ONE_DAY


def test_1_cost_that_falls_to_zero_is_told() -> None:
    costs = np.full(60, 300.0)
    costs[57:] = 0.0
    (gone,) = found(costs)
    assert (gone.kind, gone.start_date, gone.status) == (Kind.GONE, day(57), Status.ONGOING)
    assert gone.impact.total_impact == -900.0


def test_1_a_new_service_of_5000_is_told_on_day_one() -> None:
    costs = np.zeros(60)
    costs[59] = 5000.0
    (new,) = found(costs)
    assert (new.kind, new.detected_on, new.severity) == (Kind.NEW, day(59), Severity.CRITICAL)
    assert new.impact.total_impact == 5000.0


def test_2_weekends_are_no_drops_from_the_first_one_on() -> None:
    rng = np.random.default_rng(2)
    week = np.where(np.arange(120) % 7 < 5, 100.0, 40.0)
    assert found(week) == ()
    costs = week * np.exp(0.04 * rng.normal(size=(50, 120)))
    assert found(costs) == ()


def test_3_a_cent_more_on_a_flat_cost_is_nothing() -> None:
    costs = np.full(60, 100.0)
    costs[59] = 101.01
    assert found(costs) == ()
    panel = panel_of(costs)
    assert not Mad(sensitivity="high").detect(panel).mark.any()


def test_4_a_half_finished_day_is_no_drop_and_can_still_be_a_spike() -> None:
    costs = np.full(60, 100.0)
    costs[59] = 45.0
    assert found(costs, unsettled=1) == ()
    costs[59] = 400.0
    assert [a.kind for a in found(costs, unsettled=1)] == [Kind.SPIKE]
    costs[59] = np.nan
    assert found(costs, unsettled=1) == ()


def test_4_an_old_spike_keeps_its_date_and_is_over() -> None:
    costs = np.full(60, 100.0)
    costs[50] = 900.0
    (spike,) = found(costs)
    assert (spike.start_date, spike.end_date, spike.detected_on) == (day(50), day(50), day(50))
    assert spike.status is Status.RESOLVED
    assert spike.impact.monthly_run_rate == 0.0


def test_6_slow_drift_is_found_and_noise_is_not_drift() -> None:
    rng = np.random.default_rng(6)
    flat = 100.0 * np.exp(0.07 * rng.normal(size=(200, 100)))
    marks = TheilSen().detect(panel_of(flat)).mark[:, 28:]
    assert np.count_nonzero(marks) / marks.size < 0.01
    leak = flat * 1.01 ** np.clip(np.arange(100) - 69, 0, 28)
    told = TheilSen().detect(panel_of(leak)).mark[:, 70:98] == Mark.DRIFT_UP
    assert told.any(axis=1).mean() > 0.8


def test_9_a_missing_day_shifts_nothing() -> None:
    week = np.where(np.arange(84) % 7 < 5, 100.0, 40.0)
    week[[45, 52, 53, 60]] = np.nan
    assert found(week) == ()
    week[75] = 400.0
    (spike,) = found(week)
    assert spike.start_date == day(75)


@pytest.mark.parametrize("days", [1, 3, 7])
def test_10_the_monthly_figures_follow_their_formula(days: int) -> None:
    costs = np.full(60, 100.0)
    costs[60 - days :] = 150.0 + 10.0 * np.arange(days)
    (anomaly,) = found(costs)
    last = day(59)
    assert last == date(2026, 4, 30)
    excess = np.median(costs[60 - days :] - 100.0)
    assert anomaly.impact.monthly_run_rate == pytest.approx(30 * excess)
    assert anomaly.impact.rest_of_month == 0.0
    assert anomaly.impact.total_impact == pytest.approx(costs[60 - days :].sum() - 100.0 * days)
