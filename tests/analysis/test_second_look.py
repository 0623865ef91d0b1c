"""What the second look withholds, and what it never may."""

import json
from pathlib import Path

import numpy as np
import pytest

from aws_cost_anomalies.analysis.second_look import (
    LARGE,
    learned,
    least_log_odds,
    may_be_withheld,
    with_second_look,
)
from aws_cost_anomalies.analysis.traits import Marked, traits
from aws_cost_anomalies.analysis.trees import Trees
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Basis, Flags, Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import panel_of

LIMITS = Limits()
EVERY = slice(0, 100)
LAST = 99


def marked(mark: Mark, basis: Basis, *, beyond: float = 50.0, scopes: int = 1) -> tuple[Flags, Floats]:
    """Scopes of a hundred a day, the last day of the first of them marked."""
    costs = np.full((scopes, 100), 100.0)
    costs[0, LAST] += beyond
    shape = costs.shape
    flags = Flags(
        expected=np.full(shape, 100.0),
        lower=np.full(shape, 80.0),
        upper=np.full(shape, 120.0),
        score=np.full(shape, 5.0),
        mark=np.zeros(shape, dtype=np.int8),
        basis=np.full(shape, Basis.WEEK, dtype=np.int8),
    )
    flags.mark[0, LAST] = mark
    assert flags.basis is not None
    flags.basis[0, LAST] = basis
    return flags, costs


def trees_that_say(log_odds: float, tmp_path: Path) -> Trees:
    path = tmp_path / "trees.json"
    path.write_text(json.dumps({"traits": ["surprise"], "start": log_odds, "trees": [[[0.0]]]}))
    return Trees.read(path)


@pytest.mark.parametrize("basis", [Basis.WEEK, Basis.FORTNIGHT, Basis.MONTH, Basis.CALENDAR])
@pytest.mark.parametrize("mark", [Mark.HIGH, Mark.LOW])
def test_rises_and_falls_beside_a_level_may_be_withheld(mark: Mark, basis: Basis, tmp_path: Path) -> None:
    flags, costs = marked(mark, basis)
    found = with_second_look(flags, costs, LIMITS, judged=EVERY, trees=trees_that_say(-2.0, tmp_path))
    assert not found.mark.any()


@pytest.mark.parametrize(
    ("mark", "basis"),
    [
        (Mark.FIRST_SPEND, Basis.NEVER_SEEN),
        (Mark.DRIFT_UP, Basis.EARLIER_LEVEL),
        (Mark.DRIFT_DOWN, Basis.EARLIER_LEVEL),
        (Mark.LOW, Basis.RECURRING),
        (Mark.HIGH, Basis.EIGHT_WEEKS),
        (Mark.HIGH, Basis.ACTIVE_DAYS),
        (Mark.HIGH, Basis.LONG_RUN),
    ],
)
def test_what_no_bill_teaches_is_told_whatever_the_trees_say(mark: Mark, basis: Basis) -> None:
    flags, costs = marked(mark, basis)
    assert not may_be_withheld(flags, costs, LIMITS, judged=EVERY).any()


def test_large_money_is_told_whatever_the_trees_say() -> None:
    for impacts, may in ((LARGE - 1, True), (LARGE, False)):
        flags, costs = marked(Mark.HIGH, Basis.WEEK, beyond=impacts * LIMITS.dollars)
        assert may_be_withheld(flags, costs, LIMITS, judged=EVERY).any() == may


def test_a_machine_forgotten_in_a_batch_account_is_told() -> None:
    """One day alone of a run is marked; each was withheld up to 100 a day, a machine of 3,000 a month."""
    rng = np.random.default_rng(5)
    for dollars in (20.0, 60.0):
        costs = np.full((12, 114), 0.2)
        at_work = rng.random((12, 100)) < 0.15
        costs[:, :100][at_work] = dollars * np.exp(0.2 * rng.standard_normal(at_work.sum()))
        costs[:, 100:] = dollars
        told = Forecast(last=14).detect(panel_of(costs)).mark[:, 100:] == Mark.HIGH
        assert told.any(axis=1).mean() > 0.6


@pytest.mark.parametrize("level", [1.5, 2.0, 3.0])
def test_a_level_that_comes_again_is_told_though_a_fortnight_went_as_far_before(level: float) -> None:
    rng = np.random.default_rng(1)
    costs = 100 * np.exp(0.02 * rng.standard_normal((1, 160)))
    costs[0, 60:74] *= level
    costs[0, 110:] *= level
    assert Forecast().detect(panel_of(costs)).mark[0, 110] == Mark.HIGH


def test_a_day_that_is_not_all_billed_is_not_looked_at_again() -> None:
    flags, costs = marked(Mark.HIGH, Basis.WEEK, scopes=20)
    assert may_be_withheld(flags, costs, LIMITS, judged=EVERY)[0, LAST]
    costs[1:, LAST] = 40.0
    assert not may_be_withheld(flags, costs, LIMITS, judged=EVERY).any()


def test_only_judged_days_are_looked_at_again(tmp_path: Path) -> None:
    never = trees_that_say(-9.0, tmp_path)
    for judged, told in ((slice(90, 99), True), (slice(90, 100), False)):
        flags, costs = marked(Mark.HIGH, Basis.WEEK)
        with_second_look(flags, costs, LIMITS, judged=judged, trees=never)
        assert flags.mark.any() == told


@pytest.mark.parametrize(("score", "odds"), [(2.5, 1 / 3), (4.0, 2 / 3), (6.0, 6 / 5)])
def test_a_closer_look_asks_for_less(score: float, odds: float, tmp_path: Path) -> None:
    assert np.exp(least_log_odds(score)) == pytest.approx(odds, rel=0.03)
    for more, told in ((0.01, True), (-0.01, False)):
        flags, costs = marked(Mark.HIGH, Basis.WEEK)
        trees = trees_that_say(least_log_odds(score) + more, tmp_path)
        assert with_second_look(flags, costs, Limits(score), judged=EVERY, trees=trees).mark.any() == told


def test_what_was_learned_is_of_traits_that_there_are() -> None:
    flags, costs = marked(Mark.HIGH, Basis.WEEK)
    found = traits(Marked(costs, flags, np.array([0]), np.array([LAST])), LIMITS)
    assert set(learned().traits) == set(found)


def test_a_clear_spike_was_learned_to_be_worth_telling_and_a_habit_not() -> None:
    rng = np.random.default_rng(4)
    costs = 100 * np.exp(0.05 * rng.standard_normal((2, 300)))
    costs[0, -1] = 300.0
    costs[1, -1] = 160.0
    costs[1, np.arange(9, 299, 23)] = 155.0
    shape = costs.shape
    wide = Flags(
        *(np.full(shape, level) for level in (100.0, 80.0, 120.0, 5.0)),
        np.full(shape, Mark.HIGH, dtype=np.int8),
        np.full(shape, Basis.WEEK, dtype=np.int8),
    )
    last = Marked(costs, wide, np.arange(2), np.full(2, 299))
    spike, habit = learned().log_odds(traits(last, LIMITS))
    assert spike > least_log_odds(4.0) > habit
