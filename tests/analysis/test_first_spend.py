"""Series in their first week: told from the dollar rule on, once, and not for what may be a fee."""

from __future__ import annotations

import numpy as np
import pytest

from aws_cost_anomalies.analysis.first_spend import Infant, judge_first_spend
from aws_cost_anomalies.analysis.verdict import Limits, Verdict
from aws_cost_anomalies.model.anomaly import Basis, Mark

LIMITS = Limits(score=4.0, dollars=5.0, share=0.25, first_spend=10.0)
NO_FEE_DAY, FEE_DAY = 20, 1
MONDAY, TUESDAY, WEDNESDAY, SUNDAY = 0, 1, 2, 6


def judged(  # noqa: PLR0913 - one for each fact of a series
    before: list[float],
    today: float,
    *,
    birth: int,
    day: int = 50,
    born_on: int = NO_FEE_DAY,
    weekday: int = WEDNESDAY,
) -> Verdict:
    """The verdict on one series."""
    infant = Infant(
        before=np.array(before, dtype=np.float32)[:, None],
        today=np.array([today], dtype=np.float32),
        birth=np.array([birth]),
        day=day,
        born_on=np.array([born_on]),
        weekday=weekday,
    )
    return judge_first_spend(infant, LIMITS)


def mark(before: list[float], today: float, **more: int) -> Mark:
    """What it says."""
    return Mark(int(judged(before, today, **more).mark[0]))


@pytest.mark.parametrize(
    ("before", "today", "said"),
    [
        ([0.0] * 7, 10.0, Mark.FIRST_SPEND),
        ([0.0] * 7, 9.99, Mark.NONE),
        ([0.0] * 6 + [9.99], 10.0, Mark.FIRST_SPEND),
        ([0.0] * 6 + [10.0], 11.0, Mark.NONE),
        ([0.0] * 6 + [10.0], 30.0, Mark.HIGH),
        ([0.0] * 5 + [30.0, 10.0], 35.0, Mark.NONE),
        ([], 10.0, Mark.FIRST_SPEND),
    ],
)
def test_the_dollar_rule_decides(before: list[float], today: float, said: Mark) -> None:
    assert mark(before, today, birth=49) is said


@pytest.mark.parametrize(("birth", "said"), [(0, Mark.NONE), (6, Mark.NONE), (7, Mark.FIRST_SPEND)])
def test_what_may_be_older_than_the_bill_is_not_new(birth: int, said: Mark) -> None:
    assert mark([0.0] * 7, 500.0, birth=birth, day=12) is said


@pytest.mark.parametrize(
    ("birth", "day", "born_on", "said"),
    [
        (31, 31, FEE_DAY, Mark.NONE),
        (32, 32, FEE_DAY, Mark.FIRST_SPEND),
        (31, 31, NO_FEE_DAY, Mark.FIRST_SPEND),
        (30, 31, FEE_DAY, Mark.FIRST_SPEND),
    ],
)
def test_in_the_first_month_a_fee_day_tells_nothing(birth: int, day: int, born_on: int, said: Mark) -> None:
    before = [0.0] * 6 + [500.0 if birth == day - 1 else 0.0]
    assert mark(before, 500.0, birth=birth, day=day, born_on=born_on) is said


@pytest.mark.parametrize(
    ("largest", "today", "said"),
    [(10.0, 19.1, Mark.HIGH), (10.0, 18.9, Mark.NONE), (400.0, 800.0, Mark.HIGH), (400.0, 700.0, Mark.NONE)],
)
def test_far_above_the_largest_day_since_is_high(largest: float, today: float, said: Mark) -> None:
    assert mark([0.0] * 6 + [largest], today, birth=49) is said


def test_the_band_is_what_was_seen_and_the_rule_before() -> None:
    seen, unseen = judged([0.0] * 6 + [30.0], 31.0, birth=49), judged([0.0] * 7, 3.0, birth=50)
    for verdict, band in ((seen, (30.0, 0.0, 30.0)), (unseen, (0.0, 0.0, 10.0))):
        assert (verdict.expected[0], verdict.lower[0], verdict.upper[0]) == band
        assert verdict.basis[0] == Basis.NEVER_SEEN


def test_the_score_is_the_distance_in_logs() -> None:
    (score,) = judged([0.0] * 6 + [29.0], 59.0, birth=49).score
    assert score == pytest.approx(np.log(60 / 30) / 0.15, rel=1e-5)
    (negative,) = judged([0.0] * 6 + [29.0], -5.0, birth=49).score
    assert negative == pytest.approx(np.log(1 / 30) / 0.15, rel=1e-5)


@pytest.mark.parametrize(
    ("before", "today", "weekday", "birth", "said"),
    [
        ([18.0, 18.0], 60.0, MONDAY, 48, Mark.NONE),
        ([18.0, 60.0], 120.0, TUESDAY, 48, Mark.HIGH),
        ([18.0, 18.0, 60.0], 65.0, TUESDAY, 47, Mark.NONE),
        ([18.0], 60.0, SUNDAY, 49, Mark.HIGH),
        ([18.0] * 4, 60.0, MONDAY, 46, Mark.HIGH),
    ],
)
def test_a_first_workday_is_not_held_against_a_weekend(
    before: list[float], today: float, weekday: int, birth: int, said: Mark
) -> None:
    padded = [0.0] * (7 - len(before)) + before
    assert mark(padded, today, birth=birth, weekday=weekday) is said
