"""How high chance reaches in a panel, and what is left of its marks."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.chance import Chance, _are_records, _earlier
from aws_cost_anomalies.model.anomaly import Flags, Mark

CHANCE = Chance(score=4.0, dollars=5.0)
SCOPES, DAYS = 5000, 60


def scores(scale: float) -> np.ndarray:
    """Scores that thin out e-fold each `scale`, the same every day."""
    day = np.random.default_rng(1).exponential(scale, SCOPES)
    return np.repeat(day[:, None], DAYS, axis=1)


def no_marks() -> np.ndarray:
    """A calm panel."""
    return np.zeros((SCOPES, DAYS), dtype=np.int8)


def flags(score: float, mark: Mark) -> Flags:
    """A panel of heavy tails whose last day of the first scope is marked; usual is 90 to 110."""
    size = np.where(scores(1.0) < 4, scores(1.0), 0)
    marks = no_marks()
    size[0, -1], marks[0, -1] = score, mark
    edges = [np.full(size.shape, value) for value in (100.0, 90.0, 110.0)]
    return Flags(*edges, size, marks)


def told(score: float, cost: float, mark: Mark = Mark.HIGH, *, dearest: float = 400.0, ago: int = 40) -> bool:
    """Whether the mark on the last day is kept, where one day before it was the dearest."""
    costs = np.full((SCOPES, DAYS), 100.0)
    costs[0, -1 - ago], costs[0, -1] = dearest, cost
    return CHANCE.without(flags(score, mark), costs, judged=slice(0, DAYS)).mark[0, -1] != Mark.NONE


def test_a_threshold_that_chance_hardly_reaches_stays() -> None:
    assert np.all(CHANCE.thresholds(scores(0.4), no_marks()) == 4.0)


def test_a_threshold_rises_until_chance_reaches_it_once_a_day() -> None:
    found = CHANCE.thresholds(scores(0.65), no_marks())[-1]
    assert found == pytest.approx(0.65 * np.log(SCOPES), abs=0.5)


def test_fewer_series_need_no_higher_threshold() -> None:
    assert CHANCE.thresholds(scores(0.8)[:100], no_marks()[:100])[-1] == 4.0


def test_two_weeks_of_verdicts_are_needed() -> None:
    found = CHANCE.thresholds(scores(1.0), no_marks())
    assert np.all(found[:14] == 4.0)
    assert found[14] == 6.0


def test_only_the_days_before_count() -> None:
    later = scores(0.4)
    later[:, 30:] = scores(1.0)[:, 30:]
    assert CHANCE.thresholds(later, no_marks())[30] == 4.0


def test_marked_days_are_no_calm_ones() -> None:
    marks = no_marks()
    marks[:] = Mark.HIGH
    assert np.all(CHANCE.thresholds(scores(1.0), marks) == 4.0)


def test_a_small_borderline_rise_is_chance() -> None:
    assert not told(4.5, 130.0)
    assert not told(-4.5, 70.0, Mark.LOW)


def test_what_no_chance_reaches_is_told() -> None:
    assert told(9.0, 130.0)


def test_large_money_is_always_told() -> None:
    assert told(4.5, 110.0 + 20 * 5.0)


@pytest.mark.parametrize(("cost", "kept"), [(168.0, False), (168.1, True)])
def test_a_day_dearer_than_any_before_is_no_chance(cost: float, *, kept: bool) -> None:
    assert bool(told(4.5, cost, dearest=120.0)) is kept
    assert not told(4.5, cost, dearest=200.0, ago=1)


def test_ten_weeks_back_is_far_enough_and_four_are_needed() -> None:
    costs = np.full((1, 100), 100.0)
    costs[0, [10, 27, 28, 85]] = 300.0, 190.0, 290.0, 190.0
    found = _are_records(costs, np.zeros(4, np.intp), np.array([27, 28, 80, 85]))
    assert found.tolist() == [False, False, False, False]
    costs[0, 28] = 100.0
    assert _are_records(costs, np.array([0]), np.array([85])).tolist() == [False]
    costs[0, 27] = 100.0
    assert _are_records(costs, np.array([0]), np.array([85])).tolist() == [True]
    costs[0, :58] = 0.0
    assert _are_records(costs, np.array([0]), np.array([85])).tolist() == [False]
    costs[0, 57] = 10.0
    assert _are_records(costs, np.array([0]), np.array([85])).tolist() == [True]


def test_what_rests_on_several_days_is_told() -> None:
    assert told(4.0, 130.0)


@pytest.mark.parametrize("mark", [Mark.FIRST_SPEND, Mark.DRIFT_UP, Mark.DRIFT_DOWN])
def test_other_kinds_are_left_alone(mark: Mark) -> None:
    assert told(4.5, 130.0, mark)


def counted(third: int, last: int, *more: float) -> float:
    """The threshold of the last day where each day has so many scores of 2.5, of 3.5, and these."""
    day = np.array([2.5] * third + [3.5] * last + list(more))
    size = np.repeat(day[:, None], 40, axis=1)
    return float(CHANCE.thresholds(size, np.zeros(size.shape, dtype=np.int8))[-1])


def by_hand(third: int, last: int) -> float:
    """As the docstring has it."""
    ratio = (28 * last + 1) / (28 * third + 1)
    return float(4.0 + 1.0 * np.log(1 / (last * ratio / (1 - ratio))) / np.log(ratio))


def test_the_threshold_by_hand() -> None:
    assert counted(40, 10) == pytest.approx(by_hand(40, 10))
    assert 4.8 < counted(40, 10) < 4.9
    assert counted(40, 4) == 4.0
    assert counted(40, 20) == counted(5, 50) == 6.0


@pytest.mark.parametrize(
    ("score", "third", "last"),
    [
        (1.99, 0, 0), (2.0, 1, 0), (2.99, 1, 0), (3.0, 0, 1), (3.99, 0, 1), (4.0, 0, 0),
        (-2.0, 1, 0), (-3.99, 0, 1), (np.nan, 0, 0),
    ],
)  # fmt: skip
def test_a_score_counts_in_its_quarter(score: float, third: int, last: int) -> None:
    assert counted(39, 9, score) == pytest.approx(by_hand(39 + third, 9 + last))


def test_how_scores_thin_out_is_bounded() -> None:
    assert counted(4000, 30) == pytest.approx(4 + np.log(1 / (30 * 0.05 / 0.95)) / np.log(0.05))
    assert counted(200, 1) == 4.0


def test_the_sum_of_the_28_days_before() -> None:
    counts = np.arange(1, 41)
    found = _earlier(counts)
    assert found[:3].tolist() == [0, 1, 3]
    assert found[28] == counts[:28].sum()
    assert found[39] == counts[11:39].sum()


@pytest.mark.parametrize(
    ("score", "cost", "mark", "kept"),
    [
        (4.5, 209.9, Mark.HIGH, False),
        (4.5, 210.0, Mark.HIGH, True),
        (-4.5, -9.9, Mark.LOW, False),
        (-4.5, -10.0, Mark.LOW, True),
        (-4.0, 70.0, Mark.LOW, True),
    ],
)
def test_money_beyond_the_band_is_told_from_its_limit_on(
    score: float, cost: float, mark: Mark, *, kept: bool
) -> None:
    assert bool(told(score, cost, mark)) is kept
