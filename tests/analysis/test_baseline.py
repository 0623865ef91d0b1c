"""The parts of a baseline, each on series small enough to check by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.analysis.history import first_spend, is_new, settled_costs
from aws_cost_anomalies.analysis.medians import count, deviation, median
from aws_cost_anomalies.analysis.monthly import months_before, recurring_excess
from aws_cost_anomalies.analysis.weekly import rhythm, week_shares, weekly_levels
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

NAN = float("nan")
MONDAY = date(2026, 3, 2)
WEEK = np.array([100.0, 100, 100, 100, 100, 40, 10])


def panel_of(costs: Floats, settled: Floats | None = None) -> Panel:
    return Panel(
        scopes=tuple(Scope((("ServiceName", str(n)),)) for n in range(len(costs))),
        period=Period(MONDAY, MONDAY + costs.shape[1] * ONE_DAY),
        costs=costs,
        settled=np.ones(costs.shape, dtype=bool) if settled is None else settled.astype(bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


@given(st.lists(st.one_of(st.floats(-1e6, 1e6), st.just(NAN)), min_size=1, max_size=12))
def test_the_median_is_that_of_what_is_known(values: list[float]) -> None:
    known = [value for value in values if not np.isnan(value)]
    got = median(np.array([values]))[0]
    assert count(np.array([values]))[0] == len(known)
    if known:
        assert got == pytest.approx(float(np.median(known)))
    else:
        assert np.isnan(got)


def test_the_deviation_ignores_outliers() -> None:
    assert deviation(np.array([[8.0, 9, 10, 11, 12, 900, NAN]]))[0] == pytest.approx(1.4826 * 1.5)


def test_learned_are_settled_days_from_the_first_spend_on() -> None:
    costs = np.array([[0.0, 0.001, 5.0, 0.0, 7.0], [0.0] * 5])
    panel = panel_of(costs, np.array([[1, 1, 1, 1, 0], [1] * 5]))
    np.testing.assert_array_equal(settled_costs(panel), [[NAN, NAN, 5.0, 0.0, NAN], [NAN] * 5])
    assert first_spend(panel).tolist() == [2, 5]


def test_a_scope_is_new_for_a_week_if_it_was_seen_without_spend_for_one() -> None:
    costs = np.zeros((3, 20))
    costs[0, 9:], costs[1, 6:], costs[2, 9:] = 5.0, 5.0, 5.0
    costs[2, 3:6] = NAN
    new = is_new(panel_of(costs))
    assert np.flatnonzero(new[0]).tolist() == list(range(9, 16))
    assert not new[1:].any()


def test_a_week_has_the_level_of_its_median_or_of_its_mean_for_weekly_jobs() -> None:
    job = np.array([0.0, 0, 0, 0, 0, 0, 70])
    levels = weekly_levels(np.stack((np.tile(WEEK, 2), np.tile(job, 2))))
    assert np.isnan(levels[:, :6]).all()
    assert levels[:, 13].tolist() == [100.0, 10.0]
    assert np.isnan(weekly_levels(np.array([[NAN, NAN, NAN, 1, 1, 1, 1.0]]))).all()


def test_weekdays_are_learned_from_two_weeks() -> None:
    shares = week_shares(np.tile(WEEK, 5)[None])[:, -28:]
    found = rhythm(shares)
    assert found.multiples.tolist() == [[1, 1, 1, 1, 1, 0.4, 0.1]]
    one_week = np.concatenate((np.full(21, NAN), shares[0, -7:]))[None]
    assert rhythm(one_week).multiples.tolist() == [[1.0] * 7]
    assert (rhythm(one_week).is_learned.tolist(), found.is_learned.tolist()) == ([False], [True])


def test_noise_has_no_weekdays() -> None:
    noise = 100.0 + 10.0 * np.random.default_rng(4).normal(size=(300, 35))
    found = rhythm(week_shares(noise)[:, -28:])
    assert (found.multiples == 1.0).all(axis=1).mean() > 0.9


def test_one_odd_weekend_does_not_hide_the_week() -> None:
    costs = np.tile(WEEK, 5)
    costs[26:28] = 500.0
    multiples = rhythm(week_shares(costs[None])[:, -28:]).multiples[0]
    assert multiples[5] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 1, "2025-12-15"), ("2026-02-01", 2, "2025-12-01")],
)
def test_the_same_day_of_earlier_months(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


def test_a_fee_of_the_first_needs_one_month_and_another_two() -> None:
    period = Period(date(2026, 1, 1), date(2026, 3, 1))
    excess = np.zeros((1, 59))
    excess[0, [31, 45]] = 80.0, 80.0  # 1 and 15 February
    assert recurring_excess(excess, period, date(2026, 3, 1)).tolist() == [80.0]
    assert recurring_excess(excess, period, date(2026, 3, 15)).tolist() == [0.0]
    excess[0, 13] = 60.0  # 14 January, a day off
    assert recurring_excess(excess, period, date(2026, 3, 15)).tolist() == [60.0]
    assert np.isnan(recurring_excess(excess, Period(date(2026, 2, 1), date(2026, 3, 1)), date(2026, 3, 15)))[
        0
    ]
