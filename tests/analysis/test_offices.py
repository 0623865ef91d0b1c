"""Offices: series that rest on some weekdays, told from jobs and from what is billed every day."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.offices import Offices

DAYS = np.arange(-35, 0) % 7
"""Weekdays of the past, as days after the judged one."""


def offices(*weeks: list[float]) -> Offices:
    """Of series with these weeks, the judged weekday first."""
    past = np.array([[week[day] for week in weeks] for day in DAYS], dtype=np.float32)
    return Offices.among(past, np.arange(len(weeks)))


@pytest.mark.parametrize(
    ("week", "is_office"),
    [
        ([100, 100, 100, 100, 100, 0, 0], True),
        ([0, 0, 100, 100, 100, 100, 100], True),
        ([100, 100, 100, 100, 0, 0, 0], True),
        ([100, 100, 100, 100, 100, 100, 9], True),
        ([100, 100, 100, 100, 100, 11, 11], False),
        ([100, 100, 100, 0, 0, 0, 0], False),
        ([100, 0, 0, 0, 0, 0, 0], False),
        ([100] * 7, False),
    ],
)
def test_four_to_six_days_of_seven_make_an_office(week: list[float], *, is_office: bool) -> None:
    assert offices(week).where.size == is_office


def test_weekdays_are_alike_that_are_idle_or_not_as_the_judged_one_is() -> None:
    found = offices([100, 100, 100, 100, 100, 0, 0], [5] * 7, [0, 100, 100, 100, 100, 100, 0])
    assert found.where.tolist() == [0, 2]
    assert found.alike.T.tolist() == [[True] * 5 + [False] * 2, [True] + [False] * 5 + [True]]
    assert found.columns(6).tolist() == [0, 2, 3, 5]


def test_days_of_another_kind_hold_the_last_of_the_same() -> None:
    found = offices([100, 100, 100, 100, 100, 0, 0])
    days = np.arange(35, dtype=np.float32)[:, None]
    values, own = found.filled(np.hstack([days, 2 * days]))
    workdays = DAYS < 5
    assert own.tolist() == np.stack([workdays, workdays], axis=1).tolist()
    expected = [
        day if worked else day - 1 - (weekday == 6)
        for day, worked, weekday in zip(range(35), workdays, DAYS, strict=True)
    ]
    assert values[:, 0].tolist() == expected
    assert values[:, 1].tolist() == [2 * day for day in expected]


def test_the_first_days_hold_the_first_of_the_same_kind() -> None:
    found = offices([0, 0, 100, 100, 100, 100, 100])
    values, own = found.filled(np.arange(35, dtype=np.float32)[:, None])
    assert own[:3, 0].tolist() == [True, True, False]
    found = offices([100, 100, 100, 100, 0, 0, 100])
    past = np.arange(34, dtype=np.float32)[:, None]
    values, own = found.filled(past)
    assert not own[3, 0]
    assert values[:6, 0].tolist() == [0.0, 1.0, 2.0, 2.0, 2.0, 5.0]


def test_there_may_be_none() -> None:
    none = Offices.among(np.ones((3, 4), dtype=np.float32), np.array([], dtype=np.intp))
    assert none.where.size == 0


@pytest.mark.parametrize(("near", "is_office"), [(17, False), (18, True)])
def test_what_is_asked_for_now_and_then_is_no_office(near: int, *, is_office: bool) -> None:
    past = np.where(DAYS < 5, 100.0, 0.0).astype(np.float32)
    far = np.flatnonzero(DAYS < 5)[: 25 - near]
    past[far] = np.where(np.arange(far.size) % 2, 200.0, 40.0)
    found = Offices.among(past[:, None], np.array([0]))
    assert bool(found.where.size) is is_office
