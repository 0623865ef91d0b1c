"""The three numbers of an impact, by hand: the example of docs/EXPLANATIONS.md and its edges."""

from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.impact import impact_of

DAYS = [400.0, 400.0, 700.0, 400.0]
AUGUST_28 = date(2026, 8, 28)


def test_so_far_the_rest_of_the_month_and_thirty_days() -> None:
    impact = impact_of(np.array(DAYS), np.full(4, 100.0), last_day=AUGUST_28, is_going_on=True)
    assert impact.total_impact == 300.0 + 300.0 + 600.0 + 300.0
    assert impact.rest_of_month == 300.0 * 3
    assert impact.monthly_run_rate == 300.0 * 30
    assert impact.total_impact_percentage == 100.0 * 1500.0 / 400.0


def test_what_is_over_costs_nothing_more() -> None:
    impact = impact_of(np.array(DAYS), np.full(4, 100.0), last_day=AUGUST_28, is_going_on=False)
    assert (impact.total_impact, impact.rest_of_month, impact.monthly_run_rate) == (1500.0, 0.0, 0.0)


def test_only_the_last_seven_days_say_how_it_goes_on() -> None:
    days = np.concatenate((np.full(7, 900.0), np.full(7, 200.0)))
    impact = impact_of(days, np.full(14, 100.0), last_day=AUGUST_28, is_going_on=True)
    assert (impact.total_impact, impact.monthly_run_rate) == (7 * 800.0 + 7 * 100.0, 100.0 * 30)


def test_unknown_days_are_left_out_and_the_last_of_a_month_leaves_none() -> None:
    days = np.array([400.0, np.nan, 300.0])
    impact = impact_of(days, np.full(3, 100.0), last_day=date(2026, 8, 31), is_going_on=True)
    assert (impact.total_impact, impact.rest_of_month, impact.monthly_run_rate) == (500.0, 0.0, 250.0 * 30)
