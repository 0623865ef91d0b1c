"""Scores countable by hand."""

from datetime import date

import numpy as np
import pytest

from benchmarks.accuracy.labelled import Event, LabelledBill
from benchmarks.accuracy.scoring import score
from benchmarks.accuracy.worlds.archetypes import archetypes
from benchmarks.accuracy.worlds.fleet import fleet
from benchmarks.accuracy.worlds.stochastic import stochastic


def bill() -> LabelledBill:
    quiet = np.zeros((2, 60), dtype=bool)
    quiet[0, 30:40] = True
    events = (Event(0, "spike", 30, 32, 100.0, 2.0), Event(1, "drop", 20, 21, 300.0, 1.0))
    regular = np.ones(2, dtype=bool)
    return LabelledBill("hand", date(2026, 1, 1), np.ones((2, 60)), ("a", "b"), events, regular, quiet)


def test_a_found_event_a_missed_one_and_a_false_incident() -> None:
    marks = np.zeros((2, 60), dtype=np.int8)
    marks[0, 31] = 1
    marks[1, 50:53] = 1
    found = score(bill(), marks)
    assert (found.precision, found.recall, found.dollar_recall) == (0.5, 0.5, 0.25)
    assert found.false_starts == ((1, 50),)
    assert found.delay["spike"] == 1.0
    assert found.false_per_1000 == pytest.approx(1000 / (2 * 46 - 10))


def test_a_rise_does_not_find_a_drop_and_an_aftermath_counts_neither_way() -> None:
    marks = np.zeros((2, 60), dtype=np.int8)
    marks[1, 20] = 1
    marks[0, 38] = 2
    found = score(bill(), marks)
    assert found.recall == 0.0
    assert found.false_starts == ((1, 20),)


@pytest.mark.parametrize("world", [archetypes, fleet, stochastic])
def test_a_world_is_the_same_for_the_same_seed_and_holds_labels_that_fit(world: object) -> None:
    one, two = world(3, 60, 120), world(3, 60, 120)  # type: ignore[operator]
    np.testing.assert_array_equal(one.costs, two.costs)
    assert one.events == two.events
    assert one.events
    for event in one.events:
        assert 0 <= event.start <= event.end < one.costs.shape[1]
        assert one.quiet[event.series, event.start]
    assert (one.costs >= 0).all()
