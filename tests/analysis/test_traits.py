"""Traits of marked days, worked out by hand on series of round numbers."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.traits import Column, Marked, traits
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.model.anomaly import Basis, Flags, Mark
from aws_cost_anomalies.model.panel import Floats

LIMITS = Limits()
"""Least impact 5.00: logarithms are of cost ÷ 1.00 + 1."""


def of_last_day(series: Floats, *, mark: Mark = Mark.HIGH, expected: float = 99.0) -> dict[str, float]:
    return {name: float(column[0]) for name, column in of_last_days(series[None], mark, expected).items()}


def of_last_days(costs: Floats, mark: Mark, expected: float = 99.0) -> dict[str, Column]:
    shape = costs.shape
    flags = Flags(
        expected=np.full(shape, expected),
        lower=np.full(shape, 49.0),
        upper=np.full(shape, 199.0),
        score=np.full(shape, 8.0),
        mark=np.full(shape, mark, dtype=np.int8),
        basis=np.full(shape, Basis.WEEK, dtype=np.int8),
    )
    rows = np.arange(shape[0])
    return traits(Marked(costs, flags, rows, np.full(rows.size, shape[1] - 1)), LIMITS)


def flat(days: int = 120, *, last: float) -> Floats:
    return np.append(np.full(days, 99.0), last)


def test_what_the_first_look_said() -> None:
    said = of_last_day(flat(last=399.0))
    assert said["surprise"] == 2.0
    assert (said["mark"], said["basis"]) == (Mark.HIGH, Basis.WEEK)
    assert said["departure"] == pytest.approx(np.log(4))
    assert said["beyond"] == pytest.approx(np.log(2))


def test_a_fall_is_measured_downwards_from_the_lower_edge_and_the_cheapest_day() -> None:
    series = flat(last=24.0)
    series[60] = 49.0
    said = of_last_day(series, mark=Mark.LOW)
    assert said["beyond"] == pytest.approx(np.log(2))
    assert said["record"] == pytest.approx(np.log(2))
    assert said["over_month"] == said["over_week"] == pytest.approx(np.log(4))


def test_the_levels_and_the_tail_of_ten_weeks() -> None:
    series = flat(last=799.0)
    series[-8:-1] = 199.0
    said = of_last_day(series)
    assert said["over_week"] == pytest.approx(np.log(4))
    assert said["over_month"] == said["over_tail"] == pytest.approx(np.log(8))
    assert said["record"] == pytest.approx(np.log(4))
    assert said["going"] == 0


def test_days_with_two_between_are_one_time() -> None:
    series = flat(last=399.0)
    series[60:65] = 399.0
    series[[67, 68]] = 399.0
    once = of_last_day(series)
    assert (once["half_as_far"], once["times"]) == (7, 1)
    series[90] = 399.0
    assert of_last_day(series)["times"] == 2


def test_days_of_the_last_week_that_went_half_as_far_are_going_on() -> None:
    series = flat(last=399.0)
    series[-4:-1] = 399.0
    assert of_last_day(series)["going"] == 3


def test_a_weekly_job_is_no_departure_from_its_weekday() -> None:
    series = flat(119, last=799.0)
    series[np.arange(119, -1, -7)] = 799.0
    said = of_last_day(series)
    assert said["over_weekday"] == pytest.approx(0)
    assert said["scatter"] == said["tail"] == 0


def test_precedents_are_counted_in_ten_weeks_and_before_them() -> None:
    series = flat(400, last=399.0)
    for back in (30, 50):
        series[-1 - back] = 399.0
    series[-1 - 60] = 209.0
    series[-1 - 200] = 399.0
    said = of_last_day(series)
    assert (said["as_far"], said["half_as_far"]) == (2, 3)
    assert said["days_since"] == 30
    assert said["as_far_earlier"] == pytest.approx(1 / (378 - 70))


def test_days_that_lead_up_to_the_day_are_not_those_it_follows() -> None:
    series = flat(400, last=399.0)
    series[-4:-1] = 399.0
    assert of_last_day(series)["days_since"] == -1
    series[-31] = 399.0
    assert of_last_day(series)["days_since"] == 30


def test_active_days_are_those_above_a_twentieth_of_the_dear_ones() -> None:
    series = np.where(np.arange(71) % 2, 200.0, 0.0)
    assert of_last_day(series)["active"] == pytest.approx(0.5)


def test_what_is_unknown_stays_finite() -> None:
    series = np.full(30, np.nan)
    series[-1] = 50.0
    assert np.isfinite(list(of_last_day(series).values())).all()


def test_many_days_are_looked_at_in_parts_alike() -> None:
    rng = np.random.default_rng(1)
    costs = 100 * np.exp(0.2 * rng.standard_normal((1500, 120)))
    whole, few = of_last_days(costs, Mark.HIGH), of_last_days(costs[1200:1210], Mark.HIGH)
    for name, column in few.items():
        np.testing.assert_array_equal(whole[name][1200:1210], column, err_msg=name)


def test_dollars_do_not_count_where_the_least_impact_grows_with_them() -> None:
    costs = flat(last=399.0)[None]
    shape = costs.shape
    arrays = [np.full(shape, value) for value in (99.0, 49.0, 199.0)]
    marks = np.full(shape, Mark.HIGH, dtype=np.int8), np.full(shape, Basis.WEEK, dtype=np.int8)
    for factor in (1.0, 150.0):
        flags = Flags(*(factor * array for array in arrays), np.full(shape, 8.0), *marks)
        marked = Marked(factor * costs, flags, np.array([0]), np.array([120]))
        found = traits(marked, Limits(dollars=5.0 * factor))
        if factor == 1.0:
            first = found
    for name, column in found.items():
        assert column == pytest.approx(first[name], abs=1e-6), name
