"""When a day is odd enough: score, dollars and share must all say so, each from its limit on."""

from __future__ import annotations

import numpy as np
import pytest

from aws_cost_anomalies.analysis.verdict import Case, Limits, Verdict, gate
from aws_cost_anomalies.model.anomaly import Basis, Mark

LIMITS = Limits(score=4.0, dollars=5.0, share=0.25)


def mark(
    today: float, score: float, *, low: float = 20.0, high: float = 40.0, limits: Limits = LIMITS
) -> Mark:
    """What the gate says of one day beside a band."""
    each = [np.array([value], dtype=np.float32) for value in (today, score, low, high)]
    return Mark(int(gate(each[0], each[1], hull=(each[2], each[3]), limits=limits)[0]))


@pytest.mark.parametrize(
    ("today", "score", "said"),
    [
        (50.0, 4.0, Mark.HIGH),
        (49.9, 4.0, Mark.NONE),
        (50.0, 3.9, Mark.NONE),
        (50.0, -9.0, Mark.NONE),
        (15.0, -4.0, Mark.LOW),
        (15.1, -4.0, Mark.NONE),
        (15.0, -3.9, Mark.NONE),
        (15.0, 9.0, Mark.NONE),
        (30.0, 9.0, Mark.NONE),
        (30.0, -9.0, Mark.NONE),
    ],
)
def test_each_side_has_its_limits(today: float, score: float, said: Mark) -> None:
    assert mark(today, score) is said


@pytest.mark.parametrize(
    ("today", "said"), [(13.0, Mark.HIGH), (12.9, Mark.NONE), (-3.0, Mark.LOW), (-2.9, Mark.NONE)]
)
def test_dollars_decide_where_the_share_is_small(today: float, said: Mark) -> None:
    assert mark(today, 9.0 if today > 0 else -9.0, low=2.0, high=8.0) is said


@pytest.mark.parametrize(
    ("today", "said"), [(500.0, Mark.HIGH), (499.0, Mark.NONE), (150.0, Mark.LOW), (151.0, Mark.NONE)]
)
def test_the_share_is_of_the_nearest_edge(today: float, said: Mark) -> None:
    assert mark(today, 9.0 if today > 300 else -9.0, low=200.0, high=400.0) is said


def test_the_usual_limits() -> None:
    usual = Limits()
    assert (usual.score, usual.dollars, usual.share, usual.first_spend) == (4.0, 5.0, 0.2, 10.0)
    assert usual.noticeable == np.float32(1.0)
    assert Limits(dollars=10.0).noticeable == np.float32(2.0)


def test_the_first_word_on_a_day_stands() -> None:
    verdict = Verdict.none(3)
    assert np.isnan(verdict.expected).all()
    assert np.isnan(verdict.score).all()
    verdict.say(np.array([True, True, False]), Mark.HIGH, basis=Basis.WEEK, score=5.0)
    scores = np.array([7.0, 8.0, 9.0], dtype=np.float32)
    verdict.say(np.array([False, True, True]), Mark.LOW, basis=Basis.MONTH, score=scores)
    assert verdict.mark.tolist() == [Mark.HIGH, Mark.HIGH, Mark.LOW]
    assert verdict.score.tolist() == [5.0, 5.0, 9.0]
    assert verdict.basis.tolist() == [Basis.WEEK, Basis.WEEK, Basis.MONTH]


def test_what_is_expected_lies_in_the_band() -> None:
    verdict = Verdict.none(3)
    verdict.lower[:], verdict.upper[:], verdict.expected[:] = 10.0, 20.0, 15.0
    verdict.expect(np.array([True, True, False]), np.array([5.0, 30.0, 99.0], dtype=np.float32))
    assert verdict.expected.tolist() == [5.0, 30.0, 15.0]
    assert verdict.lower.tolist() == [5.0, 10.0, 10.0]
    assert verdict.upper.tolist() == [20.0, 30.0, 20.0]


def test_verdicts_of_some_are_put_among_those_of_all() -> None:
    verdict, other = Verdict.none(3), Verdict.none(1)
    other.say(np.array([True]), Mark.HIGH, basis=Basis.MONTH, score=5.0)
    other.expect(np.array([True]), np.array([2.0], dtype=np.float32))
    verdict.put(np.array([1]), other)
    assert verdict.mark.tolist() == [Mark.NONE, Mark.HIGH, Mark.NONE]
    assert verdict.score[1] == 5.0
    assert verdict.expected[1] == 2.0


def case() -> Case:
    """Three series over four days."""
    past = np.arange(12, dtype=np.float32).reshape(4, 3)
    row = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    active = past > 4
    return Case(
        past=past, today=row, typical=row * 2, smallest=row, largest=row * 3,
        known=np.array([4, 4, 4]), active=active, busy=active.sum(axis=0), like=None,  # type: ignore[arg-type]
    )  # fmt: skip


def test_some_of_the_series_are_a_case_too() -> None:
    whole = case()
    assert whole.only(np.array([0, 1, 2])) is whole
    some = whole.only(np.array([2, 0]))
    assert some.today.tolist() == [3.0, 1.0]
    assert some.typical.tolist() == [6.0, 2.0]
    assert some.smallest.tolist() == [3.0, 1.0]
    assert some.largest.tolist() == [9.0, 3.0]
    assert some.past.tolist() == [[2.0, 0.0], [5.0, 3.0], [8.0, 6.0], [11.0, 9.0]]
    assert some.active.tolist() == [[False, False], [True, False], [True, True], [True, True]]
    assert some.busy.tolist() == [3, 2]


def test_daily_is_more_than_a_share_of_the_days() -> None:
    found = [case().is_daily(np.array([0, 2]), share=share).tolist() for share in (0.4, 0.5, 0.75)]
    assert found == [[True, True], [False, True], [False, False]]
