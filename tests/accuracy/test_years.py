"""What the labels of the world of years promise about its costs, and that its first months are history."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from benchmarks.accuracy.__main__ import joined
from benchmarks.accuracy.labelled import INCREASES, Event, LabelledBill
from benchmarks.accuracy.scoring import score
from benchmarks.accuracy.worlds.years import years
from benchmarks.accuracy.worlds.years.almanac import Almanac
from benchmarks.accuracy.worlds.years.families import FAMILIES
from benchmarks.accuracy.worlds.years.holidays import days_off
from benchmarks.accuracy.worlds.years.judgement import stands_out
from benchmarks.accuracy.worlds.years.mishap import Mishap
from benchmarks.accuracy.worlds.years.planting import KINDS
from benchmarks.accuracy.worlds.years.scene import Backdrop, Scene
from benchmarks.accuracy.worlds.years.world import JUDGED_FROM

EVERY_KIND = {"spike", "drop", "step_up", "step_down", "drift_up", "new", "gone", "missing"}


@pytest.fixture(scope="module")
def large() -> LabelledBill:
    return years(0, 2000)


def scene_of(seed: int, n_days: int = 400) -> Scene:
    rng = np.random.default_rng(seed)
    return Scene(rng, Backdrop.of(rng, Almanac.of(date(2023, 9, 1), n_days)))


def of_family(bill: LabelledBill, family: str) -> list[int]:
    return [number for number, name in enumerate(bill.families) if name == family]


def days_alike(bill: LabelledBill, event: Event) -> tuple[float, float]:
    """Mean cost of an event's days, and of the same weekdays of the four weeks before."""
    costs = bill.costs[event.series]
    days = range(event.start, event.end + 1)
    before = [np.median(costs[event.start - 28 + (day - event.start) % 7 : event.start : 7]) for day in days]
    return float(costs[event.start : event.end + 1].mean()), float(np.mean(before))


def test_the_same_seed_gives_the_same_bill_and_another_seed_another() -> None:
    one, two, other = years(3, 80), years(3, 80), years(4, 80)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert (one.events, one.families, one.first_day) == (two.events, two.families, two.first_day)
    assert one.families != other.families


def test_a_series_is_the_same_however_many_come_after_it() -> None:
    few, many = years(5, 20), years(5, 60)
    np.testing.assert_array_equal(few.costs, many.costs[:20])
    np.testing.assert_array_equal(few.quiet, many.quiet[:20])
    assert few.events == tuple(event for event in many.events if event.series < 20)


@pytest.mark.parametrize("n_days", [150, 400, 500])
def test_labels_lie_in_what_is_judged_and_their_days_count_neither_way(n_days: int) -> None:
    bill = years(0, 300, n_days)
    assert bill.costs.shape == bill.quiet.shape == (300, n_days)
    assert bill.events
    assert np.isfinite(bill.costs).all()
    assert (bill.costs >= 0).all()
    for event in bill.events:
        assert JUDGED_FROM <= event.start <= event.end < n_days
        assert bill.quiet[event.series, event.start : event.end + 8].all()
    assert not bill.quiet[:, :JUDGED_FROM].any()


def test_a_bill_is_longer_than_its_history() -> None:
    with pytest.raises(ValueError, match="at least 150 days"):
        years(1, 60, 149)


def test_its_history_is_not_judged() -> None:
    bill = years(1, 40)
    assert bill.judged_from == joined([bill, bill]).judged_from == JUDGED_FROM
    calm = next(number for number in range(40) if not bill.quiet[number].any())
    marks = np.zeros(bill.costs.shape, dtype=np.int8)
    marks[calm, 30] = 1
    assert score(bill, marks).false_starts == ()
    assert score(bill, marks, burn_in=14).false_starts == ()
    marks[calm, JUDGED_FROM] = 1
    assert score(bill, marks).false_starts == ((calm, JUDGED_FROM),)
    assert score(bill, marks, burn_in=JUDGED_FROM + 1).false_starts == ()
    assert score(bill, marks).normal_days == int((~bill.quiet[:, JUDGED_FROM:]).sum())


def test_every_family_is_drawn_and_names_only_kinds_there_are(large: LabelledBill) -> None:
    assert len(FAMILIES) == 86
    assert set(large.families) == {family.name for family in FAMILIES}
    for seed, family in enumerate(FAMILIES):
        assert family.shape(scene_of(seed)).costs.shape == (400,)
        assert set(family.kinds) <= set(KINDS)
    assert {kind for family in FAMILIES for kind in family.kinds} == set(KINDS)


def test_every_kind_of_event_is_there_and_a_series_has_two_at_most(large: LabelledBill) -> None:
    assert {event.kind for event in large.events} == EVERY_KIND
    starts: dict[int, list[int]] = {}
    for event in large.events:
        starts.setdefault(event.series, []).append(event.start)
    twice = [days for days in starts.values() if len(days) > 1]
    assert 0.4 < len(starts) / len(large.families) < 0.6
    assert twice
    assert all(len(days) == 2 and abs(days[0] - days[1]) > 40 for days in twice)


def test_a_label_is_worth_ten_dollars(large: LabelledBill) -> None:
    for event in large.events:
        assert event.impact >= 10
        # A ramp of a quarter at its end is less on the mean of its days.
        assert event.ratio > 0.05


def test_an_event_moves_the_costs_in_its_direction(large: LabelledBill) -> None:
    for kind in EVERY_KIND - {"missing"}:
        seen = [days_alike(large, event) for event in large.events if event.kind == kind]
        right = [(now > usual) == (kind in INCREASES) for now, usual in seen]
        assert len(right) >= 20
        # A season, a holiday or a month's end may hide one.
        assert np.mean(right) > 0.94


def test_what_is_gone_costs_next_to_nothing_and_what_is_missing_came_before(large: LabelledBill) -> None:
    for event in large.events:
        costs = large.costs[event.series]
        if event.kind == "gone":
            assert costs[event.start : event.end + 1].max() <= 0.031 * costs[: event.start].max()
        if event.kind == "missing":
            lost = event.impact
            assert np.count_nonzero(costs[: event.start] > 0.4 * lost) >= 3
            assert costs[event.start] < 0.5 * lost


def test_a_change_stands_out_of_the_twelve_weeks_before_or_is_no_label() -> None:
    rng = np.random.default_rng(1)
    before = 100 * np.exp(rng.normal(0, 0.05, 200))
    off = np.zeros(200, dtype=bool)

    def rise(days: slice, times: float) -> Mishap:
        after = before.copy()
        after[days] *= times
        return Mishap("step_up", days.start, days.stop - 1, before, after)

    assert stands_out(rise(slice(150, 151), 1.8), off, record=1.12)
    assert not stands_out(rise(slice(150, 151), 1.12), off, record=1.12)
    assert stands_out(rise(slice(150, 163), 1.4), off, record=None)
    assert not stands_out(rise(slice(150, 163), 1.08), off, record=None)


def test_old_trouble_is_in_some_series_and_not_labelled(large: LabelledBill) -> None:
    even = ("rds_flat", "ebs_volumes", "s3_slow_growth", "prorated_monthly", "price_change", "aurora_io")
    past = large.costs[[number for family in even for number in of_family(large, family)], :100]
    troubled = past.max(axis=1) / np.median(past, axis=1) > 1.8
    assert 0.01 < troubled.mean() < 0.1


def test_what_comes_each_quarter_and_year_comes_again_and_is_no_event(large: LabelledBill) -> None:
    yearly, quarterly = of_family(large, "annual_renewal"), of_family(large, "quarterly_renewal")
    assert yearly
    assert quarterly
    for number in yearly:
        first, again = np.flatnonzero(large.costs[number] > 100)
        assert again - first in {365, 366}
    for number in quarterly:
        days = [large.days[day] for day in np.flatnonzero(large.costs[number] > 100)]
        assert all((day.day, day.month % 3) == (1, 1) for day in days)
        assert len(days) >= 4
    assert not {event.series for event in large.events} & {*yearly, *quarterly}


def test_a_regular_series_is_billed_every_day_until_something_happens_to_it(large: LabelledBill) -> None:
    calm = [number for number in np.flatnonzero(large.regular) if not large.quiet[number].any()]
    assert len(calm) > 300
    assert (large.costs[calm] > 0).all()


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("US", date(2024, 1, 15)),
        ("US", date(2024, 11, 28)),
        ("US", date(2024, 11, 29)),
        ("GB", date(2025, 8, 25)),
        ("DE", date(2024, 5, 9)),  # Ascension
        ("FR", date(2025, 4, 21)),  # Easter Monday
        ("JP", date(2024, 9, 16)),
        ("IN", date(2025, 10, 21)),  # the day after Diwali
        ("BR", date(2025, 3, 4)),
    ],
)
def test_feasts_fall_where_they_fell(country: str, day: date) -> None:
    assert day in days_off(country, day.year)


def test_the_almanac_knows_how_far_it_is_to_the_great_days() -> None:
    almanac = Almanac.of(date(2024, 2, 29), 400)
    assert almanac.first_day.toordinal() + almanac.year_after(0) == date(2025, 2, 28).toordinal()
    christmas, sales = (date(2024, month, day) - date(2024, 2, 29) for month, day in ((12, 27), (11, 29)))
    assert almanac.since_christmas[christmas.days] == almanac.since_black_friday[sales.days] == 0
    assert almanac.since_christmas[christmas.days + 6] == 6
    assert almanac.n_months == 15
    assert set(almanac.days_in_month) == {28, 29, 30, 31}
