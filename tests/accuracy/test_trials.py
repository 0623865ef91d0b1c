"""What the labels of the world of trials promise about its costs."""

from datetime import date

import numpy as np
import pytest

from benchmarks.accuracy.labelled import Event, LabelledBill
from benchmarks.accuracy.worlds.trials import trials
from benchmarks.accuracy.worlds.trials.almanac import american_holidays, easter_sunday
from benchmarks.accuracy.worlds.trials.world import FAMILIES

SPARSE = {"intermittent", "batch", "fee_only", "dev_onoff"}


def around(bill: LabelledBill, event: Event) -> tuple[float, float]:
    """Median of the two weeks before an event, and mean of its days."""
    costs = bill.costs[event.series]
    before, during = costs[event.start - 14 : event.start], costs[event.start : event.end + 1]
    return float(np.median(before)), float(during.mean())


def daily(bill: LabelledBill, kind: str) -> list[Event]:
    """The events of a kind on series that are billed day by day."""
    return [e for e in bill.events if e.kind == kind and bill.families[e.series] not in SPARSE]


def test_the_same_seed_makes_the_same_bill_and_another_one_another() -> None:
    one, two, other = trials(3, 90), trials(3, 90), trials(4, 90)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert one.events == two.events
    assert (one.first_day, one.families) == (two.first_day, two.families)
    assert not np.array_equal(one.costs, other.costs)


def test_labels_lie_inside_the_bill_and_their_days_and_aftermath_are_quiet() -> None:
    bill = trials(5, 360)
    assert bill.events
    for event in bill.events:
        assert 0 <= event.start <= event.end < bill.costs.shape[1]
        assert bill.quiet[event.series, event.start : event.end + 8].all()
        assert event.impact > 0
        assert event.ratio > 0
    assert 0.02 < bill.quiet.mean() < 0.2


def test_events_of_a_series_do_not_crowd_each_other() -> None:
    bill = trials(6, 720)
    for one, two in zip(bill.events, bill.events[1:], strict=False):
        assert one.series < two.series or two.start - one.start >= 35


def test_a_spike_lies_above_the_two_weeks_before_it() -> None:
    bill = trials(7, 540)
    spikes = daily(bill, "spike")
    assert len(spikes) > 50
    rises = [during - before for before, during in (around(bill, e) for e in spikes)]
    # A weekend may hold the spike of a series that is used on working days.
    assert sum(rise > 0 for rise in rises) >= 0.9 * len(rises)


def test_what_is_gone_costs_nothing_any_more_and_what_is_new_cost_nothing_before() -> None:
    bill = trials(8, 720)
    ended = [e for e in bill.events if e.kind == "gone"]
    begun = [e for e in bill.events if e.kind == "new"]
    assert ended
    assert begun
    for event in ended:
        assert (bill.costs[event.series, event.start :] == 0).all()
        assert bill.costs[event.series, : event.start].max() >= 5
    for event in begun:
        assert (bill.costs[event.series, : event.start] == 0).all()
        assert bill.costs[event.series, event.start : event.start + 7].mean() >= 10
    assert all(during < before for before, during in (around(bill, e) for e in daily(bill, "gone")))


@pytest.mark.parametrize(("kind", "sign"), [("step_up", 1), ("drift_up", 1), ("step_down", -1)])
def test_a_lasting_change_moves_the_level_in_its_direction(kind: str, sign: int) -> None:
    bill = trials(9, 1440)
    moves = [sign * (during - before) for before, during in (around(bill, e) for e in daily(bill, kind))]
    assert len(moves) > 20
    assert sum(move > 0 for move in moves) >= 0.85 * len(moves)


def test_every_family_has_its_share_and_no_cost_is_negative() -> None:
    bill = trials(10, 180)
    assert bill.costs.shape == (180, 150)
    assert (bill.costs >= 0).all()
    assert {bill.families.count(family.__name__) for family in FAMILIES} == {10}
    regular = {family for family, is_so in zip(bill.families, bill.regular, strict=True) if is_so}
    assert regular.isdisjoint(SPARSE)
    assert {"flat", "weekly", "holiday", "young"} <= regular


def test_a_bill_is_at_least_sixty_days_long() -> None:
    assert trials(1, 36, 60).costs.shape == (36, 60)
    with pytest.raises(ValueError, match="at least 60 days"):
        trials(1, 36, 59)


def test_feasts_fall_where_they_fell() -> None:
    easters = [date(1954, 4, 18), date(1981, 4, 19), date(2019, 4, 21), date(2024, 3, 31), date(2038, 4, 25)]
    assert [easter_sunday(day.year) for day in easters] == easters
    holidays = american_holidays(2024)
    assert {date(2024, 1, 15), date(2024, 5, 27), date(2024, 9, 2), date(2024, 11, 28)} <= holidays
