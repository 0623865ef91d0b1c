"""What the labels of the world of businesses promise about its costs, and how usage becomes dollars there."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from benchmarks.accuracy.__main__ import WORLDS, joined
from benchmarks.accuracy.labelled import INCREASES, LabelledBill
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY
from benchmarks.accuracy.worlds.businesses import businesses
from benchmarks.accuracy.worlds.businesses.events import KINDS
from benchmarks.accuracy.worlds.businesses.families import FAMILIES
from benchmarks.accuracy.worlds.businesses.holidays import COUNTRIES, KNOWN_YEARS, clock_changes, rests
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.judgement import Past, verdict_on
from benchmarks.accuracy.worlds.businesses.line import Line
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM, DailyLuck
from benchmarks.accuracy.worlds.businesses.organization import TRADES, Organization
from benchmarks.accuracy.worlds.businesses.prices import beyond_free, tiered
from benchmarks.accuracy.worlds.businesses.sales import TRADES as CROWDED
from benchmarks.accuracy.worlds.businesses.scene import Scene
from benchmarks.accuracy.worlds.businesses.series import Series, at
from benchmarks.accuracy.worlds.businesses.surprises import surprises
from benchmarks.accuracy.worlds.businesses.world import N_DAYS
from benchmarks.accuracy.worlds.years.almanac import Almanac

EVERY_KIND = {"spike", "drop", "step_up", "step_down", "drift_up", "new", "gone", "missing"}
ALMANAC = Almanac.of(date(2023, 9, 1), N_DAYS)
CALM = Past(np.zeros(N_DAYS, dtype=bool), ALMANAC.weekday)


@pytest.fixture(scope="module")
def large() -> LabelledBill:
    return businesses(0, 1500)


def business_in(country: str, trade: str = "saas", seed: int = 0) -> Organization:
    return Organization.of(
        DailyLuck(np.random.default_rng(seed), N_DAYS), ALMANAC, trade=trade, country=country
    )


def day_of(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - ALMANAC.first_day).days


def test_the_same_seed_gives_the_same_bill_and_another_seed_another() -> None:
    one, two, other = businesses(3, 80), businesses(3, 80), businesses(4, 80)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert (one.events, one.families, one.first_day) == (two.events, two.families, two.first_day)
    assert one.families != other.families


def test_a_series_is_the_same_however_many_come_after_it() -> None:
    few, many = businesses(5, 20), businesses(5, 60)
    np.testing.assert_array_equal(few.costs, many.costs[:20])
    np.testing.assert_array_equal(few.quiet, many.quiet[:20])
    assert few.events == tuple(event for event in many.events if event.series < 20)


@pytest.mark.parametrize("seed", range(6))
def test_labels_lie_in_what_is_judged_and_their_days_count_neither_way(seed: int) -> None:
    bill = businesses(seed, 250)
    assert bill.costs.shape == bill.quiet.shape == (250, N_DAYS)
    assert bill.judged_from == joined([bill, bill]).judged_from == JUDGED_FROM
    assert bill.events
    assert np.isfinite(bill.costs).all()
    assert (bill.costs >= 0).all()
    for event in bill.events:
        assert JUDGED_FROM <= event.start <= event.end < N_DAYS
        assert bill.quiet[event.series, event.start : event.end + 8].all()


def test_it_is_a_world_of_the_benchmark() -> None:
    assert WORLDS["businesses"] is businesses
    assert businesses(0, 1).world == "businesses"


def test_every_family_is_drawn_and_names_only_kinds_there_are(large: LabelledBill) -> None:
    assert len(FAMILIES) == 89
    assert set(large.families) == {family.name for family in FAMILIES}
    assert {kind for family in FAMILIES for kind in family.odds} == set(KINDS)
    assert {trade for family in FAMILIES for trade in family.trades} <= set(TRADES)
    assert set(CROWDED) <= set(TRADES)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_costs_something_on_every_seed(family) -> None:
    for seed in range(3):
        scene = Scene(np.random.default_rng(seed), N_DAYS, business_in(COUNTRIES[seed * 9], seed=seed))
        for series in family.series(scene):
            costs = series.price(series.usage)
            assert costs.shape == series.is_lump.shape == (N_DAYS,)
            assert np.isfinite(costs).all()
            assert costs.max() > 0 or series.disputed


def test_every_kind_of_event_is_there_and_few_series_have_more_than_two(large: LabelledBill) -> None:
    assert {event.kind for event in large.events} == EVERY_KIND
    number = np.bincount([event.series for event in large.events], minlength=len(large.families))
    assert 0.25 < (number > 0).mean() < 0.4
    assert (number > 2).mean() < 0.01


def test_a_label_is_worth_ten_dollars_a_day_and_a_quarter_of_what_was_usual(large: LabelledBill) -> None:
    for event in large.events:
        days = min(event.end - event.start + 1, 7)
        assert event.impact >= 10 * days - 1e-9
        assert event.ratio > 0.1
    shares = [event.ratio for event in large.events]
    assert np.mean(np.array(shares) >= 0.25) > 0.95


def test_an_event_moves_the_costs_in_its_direction(large: LabelledBill) -> None:
    for kind in EVERY_KIND:
        right = []
        for event in (some for some in large.events if some.kind == kind):
            costs = large.costs[event.series]
            usual = np.median(costs[event.start - 28 : event.start])
            right.append((costs[event.start : event.end + 1].mean() > usual) == (kind in INCREASES))
        assert len(right) >= 10
        # A season, a holiday or a night's work may hide one.
        assert np.mean(right) > 0.9


def test_what_is_missing_is_not_billed_and_what_is_gone_hardly(large: LabelledBill) -> None:
    for event in large.events:
        costs = large.costs[event.series]
        if event.kind == "missing":
            assert costs[event.start : event.end + 1].max() == 0
        if event.kind == "gone":
            # A migration takes up to two weeks.
            assert costs[-1] <= 0.04 * costs[: event.start].max() or N_DAYS - event.start < 15


def test_what_is_open_to_dispute_counts_neither_way_and_is_little(large: LabelledBill) -> None:
    labelled = np.zeros(large.costs.shape, dtype=bool)
    for event in large.events:
        labelled[event.series, event.start : event.end + 8] = True
    disputed = (large.quiet & ~labelled).mean()
    assert 0.005 < disputed < 0.02


def test_a_regular_series_is_billed_every_day_until_something_happens_to_it(large: LabelledBill) -> None:
    calm = [number for number in np.flatnonzero(large.regular) if not large.quiet[number].any()]
    assert len(calm) > 300
    assert np.mean((large.costs[calm] > 0).all(axis=1)) > 0.98  # Some are less than a cent.


def test_an_incident_of_usage_passes_through_the_price() -> None:
    """What is paid for anyway hides what is used: a commitment of 2 units, and 1 of them used."""
    series = Series(np.ones(N_DAYS), lambda usage: 5 * np.maximum(usage, 2))
    line = Line.of(series, discount=np.full(N_DAYS, 0.9))
    doubled, tripled = (line.after(Incident("step_up", 100, 299, times=np.full(N_DAYS, n))) for n in (2, 3))
    np.testing.assert_allclose(doubled.costs, line.costs)
    np.testing.assert_allclose(tripled.costs, 1.5 * line.costs)
    unbilled = line.after(Incident("missing", 100, 100, times=np.zeros(N_DAYS), on_bill=True))
    assert unbilled.costs.max() == 0


def test_what_is_added_is_in_units_of_what_was_usual_or_of_the_series() -> None:
    line = Line.of(Series(np.full(N_DAYS, 4.0), at(10)), discount=np.ones(N_DAYS))
    assert line.after(Incident("spike", 50, 50, added=np.ones(N_DAYS))).costs[50] == 80
    assert line.after(Incident("spike", 50, 50, added=np.ones(N_DAYS), in_units=True)).costs[50] == 50


@pytest.mark.parametrize(
    ("times", "outcome"), [(1.05, None), (1.2, "disputed"), (1.4, "label"), (0.5, "label"), (0.8, "disputed")]
)
def test_a_change_is_a_label_open_to_dispute_or_nothing_by_its_size(
    times: float, outcome: str | None
) -> None:
    before = np.full(N_DAYS, 50.0)
    after = np.where(np.arange(N_DAYS) >= 100, before * times, before)
    incident = Incident("step_up" if times > 1 else "step_down", 100, 299)
    found = verdict_on(incident, CALM, before=before, after=after)
    if outcome is None:
        assert found is None
    else:
        assert found is not None
        assert (found.is_clear, found.first) == (outcome == "label", 100)
        assert found.dollars == pytest.approx(50 * abs(times - 1))


def test_what_a_series_does_anyway_is_no_event() -> None:
    usual = 50 + 100.0 * (np.arange(N_DAYS) % 11 == 0)
    after = usual.copy()
    after[103] = 110
    assert verdict_on(Incident("spike", 103, 103), CALM, before=usual, after=after) is None
    after[103] = 200
    found = verdict_on(Incident("spike", 103, 103), CALM, before=usual, after=after)
    assert found is not None
    assert found.is_clear


def test_days_far_beyond_ten_weeks_are_open_to_dispute_but_for_days_of_the_calendar() -> None:
    costs = np.random.default_rng(0).normal(100, 3, N_DAYS)
    busy, holiday = np.zeros(N_DAYS, dtype=bool), np.zeros(N_DAYS, dtype=bool)
    assert surprises(costs, CALM, busy=busy) == []
    costs[150] += 80
    holiday[150] = True
    assert surprises(costs, CALM, busy=busy) == [(150, 153)]
    assert surprises(costs, CALM, busy=holiday) == []
    assert surprises(costs, Past(holiday, ALMANAC.weekday), busy=busy) == []


def test_months_begin_anew_with_what_is_free_and_with_the_dear_tier() -> None:
    usage = np.ones(N_DAYS)
    beyond = beyond_free(ALMANAC, usage, 10)
    np.testing.assert_allclose(beyond, ALMANAC.day_of_month > 10)
    costs = tiered(ALMANAC, usage, limits=np.array([10.0, 20.0]), prices=(3, 2, 1))
    np.testing.assert_allclose(costs, 3 - (ALMANAC.day_of_month > 10) - (ALMANAC.day_of_month > 20))


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("US", date(2023, 11, 23)),
        ("GB", date(2024, 5, 27)),
        ("DE", date(2024, 4, 1)),  # Easter Monday
        ("SE", date(2024, 6, 21)),  # before midsummer
        ("BR", date(2024, 2, 12)),
        ("JP", date(2023, 9, 18)),
        ("CN", date(2024, 2, 10)),
        ("KR", date(2023, 9, 29)),
        ("IN", date(2023, 11, 12)),
        ("ID", date(2024, 4, 10)),
        ("SA", date(2024, 6, 16)),
        ("IL", date(2023, 9, 16)),
    ],
)
def test_offices_are_empty_on_feasts(country: str, day: date) -> None:
    at_day = (day - ALMANAC.first_day).days
    business = business_in(country)
    assert business.closed[at_day]
    assert business.work[at_day] <= 0.3


def test_every_country_has_its_holidays_in_every_year_that_is_known() -> None:
    for country in set(COUNTRIES):
        for year in KNOWN_YEARS:
            assert sum(rest.n_days for rest in rests(country, year) if rest.busy < 0.5) >= 3
    assert len(set(COUNTRIES)) == 18


def test_weekends_are_where_they_are() -> None:
    assert set(ALMANAC.weekday[business_in("SA").weekend]) == {4, 5}
    assert set(ALMANAC.weekday[business_in("AE").weekend]) == {5, 6}


def test_shops_are_crowded_on_black_friday_or_before_the_end_of_the_fast() -> None:
    western, muslim = business_in("US", "retail"), business_in("TR", "retail")
    assert western.crowd.argmax() == day_of(2023, 11, 24)
    assert western.rare[day_of(2023, 11, 24)]
    assert muslim.crowd[day_of(2024, 4, 5)] > 1.2
    assert business_in("US", "saas").crowd.max() == 1


def test_clocks_change_on_sundays() -> None:
    spring, autumn = clock_changes("DE", 2024) or (date.max, date.max)
    assert (spring, autumn) == (date(2024, 3, 31), date(2024, 10, 27))
    assert clock_changes("US", 2024) == (date(2024, 3, 10), date(2024, 11, 3))
    assert clock_changes("JP", 2024) is None
    lengths = {float(hours) for seed in range(8) for hours in business_in("DE", seed=seed).hours}
    assert lengths == {23, 24, 25}


def test_a_bill_begins_near_one_of_six_days_so_that_all_feasts_come_into_some() -> None:
    months = {bill.first_day.month for bill in (businesses(seed, 1) for seed in range(6))}
    assert len(months) >= 4
    last = max(businesses(seed, 1).first_day for seed in range(12)) + N_DAYS * ONE_DAY
    assert last.year in KNOWN_YEARS


def test_a_shorter_bill_is_the_beginning_of_the_whole() -> None:
    whole, short = businesses(3, 60), businesses(3, 60, 150)
    np.testing.assert_array_equal(short.costs, whole.costs[:, :150])
    np.testing.assert_array_equal(short.quiet, whole.quiet[:, :150])
    assert [e.start for e in short.events] == [e.start for e in whole.events if e.start < 150]
    assert max(e.end for e in short.events) < 150
