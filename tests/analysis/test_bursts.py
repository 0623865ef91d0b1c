"""Which earlier excursions count as habit or precedent, by hand."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.billing_calendar import analogues
from aws_cost_anomalies.analysis.bursts import (
    _without_dates,
    _without_going_on,
    count_runs,
    with_gaps,
)
from aws_cost_anomalies.analysis.regular import _is_record_low
from aws_cost_anomalies.analysis.verdict import Case, Limits

TENTH_OF_JUNE = date(2026, 6, 10)


def days(*back: int, n: int = 70) -> NDArray[np.bool_]:
    """One series, true on the days so many before the judged one."""
    found = np.zeros((n, 1), dtype=bool)
    found[[n - each for each in back]] = True
    return found


def back(found: NDArray[np.bool_]) -> list[int]:
    return sorted((found.shape[0] - np.flatnonzero(found[:, 0])).tolist())


def test_what_goes_on_is_no_habit_of_a_young_series() -> None:
    assert back(_without_going_on(days(1, 2, 3, 9), np.array([20]))) == [9]
    assert back(_without_going_on(days(1, 2, 3, 9), np.array([56]))) == [1, 2, 3, 9]
    assert back(_without_going_on(days(2, 3, 9), np.array([20]))) == [2, 3, 9]


def test_a_week_in_a_row_is_no_longer_what_goes_on() -> None:
    assert back(_without_going_on(days(1, 2, 3, 4, 5, 6), np.array([20]))) == []
    assert back(_without_going_on(days(1, 2, 3, 4, 5, 6, 7), np.array([20]))) == [1, 2, 3, 4, 5, 6, 7]


def test_days_before_a_series_was_there_say_nothing() -> None:
    assert back(_without_going_on(days(9, 20, 21, 40), np.array([20]))) == [9, 20]


def test_two_days_between_are_one_place_and_three_are_two() -> None:
    assert count_runs(with_gaps(days(20, 23))).tolist() == [1]
    assert count_runs(with_gaps(days(20, 24))).tolist() == [2]


def test_what_comes_at_the_ends_of_months_is_by_date() -> None:
    ends = analogues(TENTH_OF_JUNE).ends
    assert ends[:6] == (10, 11, 12, 41, 42, 43)
    both = _without_dates(days(10, 11, 41), ends, known=np.array([70]))
    assert back(both) == []
    one = _without_dates(days(10, 11), ends, known=np.array([70]))
    assert back(one) == [10, 11]


def test_a_month_that_a_series_was_not_there_for_need_not_agree() -> None:
    ends = analogues(TENTH_OF_JUNE).ends
    assert back(_without_dates(days(10, 11), ends, known=np.array([61]))) == []
    assert back(_without_dates(days(10, 11), ends, known=np.array([62]))) == [10, 11]


def test_what_comes_as_often_elsewhere_is_not_by_date() -> None:
    ends = analogues(TENTH_OF_JUNE).ends
    often = days(10, 20, 25, 30, 41, 50)
    assert back(_without_dates(often, ends, known=np.array([70]))) == [20, 25, 30, 50]
    oftener = days(10, 20, 25, 30, 41, 50, 55)
    assert back(_without_dates(oftener, ends, known=np.array([70]))) == back(oftener)


def test_a_record_low_is_a_fifth_of_the_least_of_a_series_that_was_never_near_nothing() -> None:
    today = np.array([4.9, 5.1, 4.9, 4.9], dtype=np.float32)
    smallest = np.array([25.0, 25.0, 25.0, 25.0], dtype=np.float32)
    typical = np.array([99.0, 99.0, 101.0, 99.0], dtype=np.float32)
    case = Case(
        past=np.ones((1, 4), np.float32), today=today, typical=typical, smallest=smallest, largest=typical,
        known=np.array([28, 28, 28, 27]), active=np.ones((1, 4), bool), busy=np.ones(4, np.intp),
        like=analogues(TENTH_OF_JUNE),
    )  # fmt: skip
    assert _is_record_low(case, Limits()).tolist() == [True, False, False, False]
