"""Charges with regular gaps, by hand."""

import numpy as np

from aws_cost_anomalies.analysis.recurrence import recurrence

MONTHS = np.array([1 + day % 30 for day in range(120)])


def test_a_monthly_charge_is_due_on_its_day_of_the_month() -> None:
    found = recurrence(np.isin(np.arange(95), (4, 34, 64))[:, None], MONTHS[:95])
    assert found.is_monthly.all()
    assert found.is_due(5).all()
    assert not found.is_due(6).any()


def test_a_charge_every_ten_days_is_overdue_two_days_after_it_should_have_come() -> None:
    active = np.isin(np.arange(82), (40, 50, 60, 70))[:, None]
    assert recurrence(active, MONTHS[:82]).is_due(1).all()
    assert not recurrence(active[:81], MONTHS[:81]).is_due(1).any()


def test_a_charge_ahead_of_its_time_is_early() -> None:
    active = np.isin(np.arange(74), (40, 50, 60, 70))[:, None]
    assert recurrence(active, MONTHS[:74]).is_early().all()


def test_gaps_of_no_pattern_promise_nothing() -> None:
    active = np.isin(np.arange(82), (3, 20, 60, 70))[:, None]
    found = recurrence(active, MONTHS[:82])
    assert not (found.is_regular | found.is_monthly).any()
