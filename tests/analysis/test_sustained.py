"""What several days say together, measured by how the past strays."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.order_statistics import Days, centred_median
from aws_cost_anomalies.analysis.sustained import Weekless, is_sustained, shift

ZERO = np.zeros(1, dtype=np.float32)


def calm() -> Days:
    """Seventy days that do not stray at all: (70, 1)."""
    return np.zeros((70, 1), dtype=np.float32)


def wandering(step: float = 1.0) -> Days:
    """A level that goes up and down by a step every nine days."""
    return (step * (np.arange(70) // 9 % 2)).astype(np.float32)[:, None]


def series(past: Days, *days: float) -> Weekless:
    """The past with its last days replaced, the judged one added; σ of a day is 1."""
    whole = np.vstack([past, past[-1:]])
    whole[-len(days) :, 0] = days
    return Weekless(whole, centred_median(whole[:-1]), ZERO + 1)


def told(*days: float, sign: int = 1, past: Days | None = None, edge: float = 0.0) -> bool:
    """Whether the last of some days tells a move."""
    looked_at = series(calm() if past is None else past, *days)
    return bool(is_sustained(looked_at, ZERO + edge, sign=sign, least=4.0)[0])


@pytest.mark.parametrize("days", [(2.9, 2.9), (2.4, 2.4, 2.4), (2.1, 2.1, 2.1, 2.1)])
def test_days_together_need_less_each(days: tuple[float, ...]) -> None:
    assert told(*days)
    assert told(*(-day for day in days), sign=-1)
    assert not told(*(0.9 * day for day in days))


def test_one_large_day_carries_no_others() -> None:
    assert not told(0.0, 12.0)
    assert not told(1.0, 9.0)


def test_the_direction_counts() -> None:
    assert not told(5.0, 5.0, sign=-1)


def test_the_edge_of_the_hull_is_what_counts() -> None:
    assert not told(5.0, 5.0, edge=4.0)


def test_a_level_that_wanders_must_move_farther_than_it_strays() -> None:
    """Days of one level that comes and goes are no independent witnesses."""
    assert told(2.9, 2.9, past=wandering(0.1))
    assert not told(2.9, 2.9, past=wandering())
    assert told(6.5, 6.5, past=wandering())


def test_doubt_is_what_independent_days_would_leave_at_least() -> None:
    assert series(calm(), 0.0).doubt(4)[0] == pytest.approx(0.5)


def test_doubt_is_how_far_means_stray_from_the_week_before_them() -> None:
    """Normal days of σ 2: the mean of four strays by 1.0, the median of seven by 0.9, together 1.4."""
    rng = np.random.default_rng(3)
    past = rng.normal(0, 2, (70, 2_000)).astype(np.float32)
    looked_at = Weekless(np.vstack([past, past[:1]]), centred_median(past), np.full(2_000, 2.0, np.float32))
    assert np.median(looked_at.doubt(4)) == pytest.approx(1.35, abs=0.1)


def shifted(*week: float, sign: int = 1, past: Days | None = None) -> bool:
    """Whether the last week is on a new level."""
    return bool(shift(series(calm() if past is None else past, *week), sign=sign, least=4.0)[0][0])


def test_a_week_tells_what_no_day_of_it_does() -> None:
    """Half of 4 · σ ÷ √7 is 0.76."""
    assert shifted(*[0.8] * 7)
    assert shifted(*[-0.8] * 7, sign=-1)
    assert not shifted(*[0.7] * 7)
    assert not shifted(*[0.8] * 7, sign=-1)


def test_one_day_of_the_week_may_be_as_it_was() -> None:
    assert shifted(*[1.0] * 6, 0.0)
    assert not shifted(*[1.2] * 5, 0.0, 0.0)


def test_a_level_that_was_there_in_the_eight_weeks_before_is_not_new() -> None:
    """A machine that ran for a fortnight and is off again: nothing fell."""
    past = calm()
    past[-22:-7] = 5.0
    assert not shifted(*[0.0] * 7, sign=-1, past=past)
    assert not shifted(*[5.0] * 7, past=past)


def test_the_edge_is_that_of_nine_days_in_ten_and_the_middle_their_median() -> None:
    past = np.arange(70, dtype=np.float32)[:, None] % 10
    _, edge, middle = shift(series(past, *[20.0] * 7), sign=1, least=4.0)
    assert (edge[0], middle[0]) == (9.0, 4.0)
