"""The labels of the world of organizations say what its costs do."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.accuracy.labelled import Event, LabelledBill
from benchmarks.accuracy.worlds.organizations import organizations


def on_regular_series(bill: LabelledBill, kind: str) -> list[Event]:
    return [event for event in bill.events if event.kind == kind and bill.regular[event.series]]


def moved(bill: LabelledBill, event: Event) -> float:
    costs = bill.costs[event.series]
    return float(costs[event.start : event.end + 1].mean() - np.median(costs[event.start - 14 : event.start]))


def test_the_same_seed_gives_the_same_bill_and_another_seed_another() -> None:
    one, two, other = organizations(3, 80), organizations(3, 80), organizations(4, 80)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert (one.events, one.families, one.first_day) == (two.events, two.families, two.first_day)
    assert one.families != other.families


@pytest.mark.parametrize("n_days", [90, 180])
def test_labels_lie_inside_the_bill_and_their_days_count_neither_way(n_days: int) -> None:
    bill = organizations(0, 400, n_days)
    assert bill.costs.shape == bill.quiet.shape == (400, n_days)
    assert bill.events
    for event in bill.events:
        assert 20 <= event.start <= event.end < n_days
        assert bill.quiet[event.series, event.start : event.end + 8].all()
        assert event.impact > 0
        assert event.ratio > 0


def test_no_cost_is_negative_or_unknown() -> None:
    costs = organizations(1, 400).costs
    assert np.isfinite(costs).all()
    assert (costs >= 0).all()


@pytest.mark.parametrize(
    ("kind", "sign"), [("spike", 1), ("step_up", 1), ("drift_up", 1), ("drop", -1), ("step_down", -1)]
)
def test_an_event_moves_the_costs_in_its_direction(kind: str, sign: int) -> None:
    bill = organizations(0, 1000)
    right = [sign * moved(bill, event) > 0 for event in on_regular_series(bill, kind)]
    assert len(right) >= 10
    # A rise on a Saturday of an account that rests at weekends may stay below its workdays.
    assert np.mean(right) > 0.95


def test_what_is_gone_costs_next_to_nothing_and_what_is_new_cost_nothing() -> None:
    bill = organizations(0, 1000)
    gone = on_regular_series(bill, "gone")
    new = [event for event in bill.events if event.kind == "new"]
    assert gone
    assert new
    for event in gone:
        costs = bill.costs[event.series]
        assert costs[event.start + 1 : event.end].max() < 0.05 * np.median(costs[: event.start])
    for event in new:
        costs = bill.costs[event.series]
        assert costs[: event.start - 3].max() == 0
        assert costs[event.start] >= 5


def test_two_events_of_a_series_are_five_weeks_apart() -> None:
    bill = organizations(2, 600)
    ends: dict[int, int] = {}
    for event in bill.events:
        assert event.start >= ends.get(event.series, -35) + 35
        ends[event.series] = event.end
    assert len(ends) < len(bill.events)


def test_a_regular_series_is_billed_every_day_until_something_happens_to_it() -> None:
    bill = organizations(2, 600)
    touched = {event.series for event in bill.events}
    calm = [n for n in np.flatnonzero(bill.regular) if n not in touched]
    assert (bill.costs[calm] > 0).all()
