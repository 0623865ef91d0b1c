"""What the labels of the world of accounts promise about its costs."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from benchmarks.accuracy.labelled import Event, LabelledBill
from benchmarks.accuracy.worlds.accounts import accounts
from benchmarks.accuracy.worlds.accounts.account import Account
from benchmarks.accuracy.worlds.accounts.almanac import COUNTRIES, Almanac
from benchmarks.accuracy.worlds.accounts.events import KINDS
from benchmarks.accuracy.worlds.accounts.families import FAMILIES
from benchmarks.accuracy.worlds.accounts.holidays import black_friday, easter_sunday, holidays
from benchmarks.accuracy.worlds.accounts.scene import Scene

REGULAR = {family.name for family in FAMILIES if family.regular}


def on_regular_series(bill: LabelledBill, kind: str) -> list[Event]:
    return [event for event in bill.events if event.kind == kind and bill.regular[event.series]]


def moved(bill: LabelledBill, event: Event) -> float:
    """Dollars a day the days of an event lie above the same weekdays of the four weeks before."""
    costs = bill.costs[event.series]
    days = range(event.start, event.end + 1)
    before = [np.median(costs[event.start - 28 + (day - event.start) % 7 : event.start : 7]) for day in days]
    return float(np.mean(costs[event.start : event.end + 1] - before))


def scene_of(seed: int) -> Scene:
    rng = np.random.default_rng(seed)
    almanac = Almanac.of(date(2023, 1, 1), 180)
    return Scene(rng, almanac, Account.of(rng, almanac))


def test_the_same_seed_gives_the_same_bill_and_another_seed_another() -> None:
    one, two, other = accounts(3, 80), accounts(3, 80), accounts(4, 80)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert (one.events, one.families, one.first_day) == (two.events, two.families, two.first_day)
    assert one.families != other.families


def test_a_series_is_the_same_however_many_come_after_it() -> None:
    few, many = accounts(5, 20), accounts(5, 60)
    np.testing.assert_array_equal(few.costs, many.costs[:20])
    np.testing.assert_array_equal(few.quiet, many.quiet[:20])
    assert few.events == tuple(event for event in many.events if event.series < 20)


@pytest.mark.parametrize("n_days", [90, 180, 400])
def test_labels_lie_inside_the_bill_and_their_days_count_neither_way(n_days: int) -> None:
    bill = accounts(0, 300, n_days)
    assert bill.costs.shape == bill.quiet.shape == (300, n_days)
    assert bill.events
    for event in bill.events:
        assert 20 <= event.start <= event.end < n_days
        assert bill.quiet[event.series, event.start : event.end + 8].all()
    assert 0.03 < bill.quiet.mean() < 0.2


def test_a_label_is_worth_five_dollars_a_day_and_a_fifth_of_what_was_usual() -> None:
    for event in accounts(1, 600).events:
        assert event.impact / (event.end - event.start + 1) >= 5
        assert 0.2 <= event.ratio <= 100


def test_no_cost_is_negative_or_unknown() -> None:
    costs = accounts(1, 400).costs
    assert np.isfinite(costs).all()
    assert (costs >= 0).all()


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("spike", 1), ("step_up", 1), ("drift_up", 1), ("drop", -1), ("step_down", -1), ("gone", -1)],
)
def test_an_event_moves_the_costs_in_its_direction(kind: str, sign: int) -> None:
    bill = accounts(0, 1500)
    right = [sign * moved(bill, event) > 0 for event in on_regular_series(bill, kind)]
    assert len(right) >= 15
    # A holiday in the weeks before, or in the event, may hide one.
    assert np.mean(right) > 0.95


def test_what_is_gone_costs_next_to_nothing_and_what_is_new_cost_nothing() -> None:
    bill = accounts(0, 1000)
    gone = on_regular_series(bill, "gone")
    new = [e for e in bill.events if e.kind == "new" and bill.families[e.series] == "first_seen_service"]
    assert gone
    assert new
    for event in gone:
        costs = bill.costs[event.series]
        assert costs[event.start + 1 : event.end].max(initial=0) < 0.1 * np.median(costs[: event.start])
    for event in new:
        costs = bill.costs[event.series]
        assert costs[: event.start].max() == 0
        assert np.median(costs[event.start : event.start + 14]) >= 5


def test_what_is_missing_came_three_times_before() -> None:
    bill = accounts(2, 1500)
    missing = [event for event in bill.events if event.kind == "missing"]
    assert missing
    for event in missing:
        costs = bill.costs[event.series]
        lost = event.impact / (event.end - event.start + 1)
        assert np.count_nonzero(costs[: event.start] > 0.5 * lost) >= 3
        assert costs[event.start] <= 0.67 * lost + 0.01


def test_two_events_of_a_series_are_two_weeks_apart() -> None:
    bill = accounts(2, 300, 400)
    ends: dict[int, int] = {}
    for event in bill.events:
        assert event.start >= ends.get(event.series, -13) + 13
        ends[event.series] = event.end
    assert len(ends) < len(bill.events)


def test_a_regular_series_is_billed_every_day_until_something_happens_to_it() -> None:
    bill = accounts(2, 1000)
    families = {family for family, is_so in zip(bill.families, bill.regular, strict=True) if is_so}
    assert families == REGULAR
    # What is too faint or too small for a label is quiet, and so may be an end.
    calm = [n for n in np.flatnonzero(bill.regular) if not bill.quiet[n].any()]
    assert len(calm) > 100
    assert (bill.costs[calm] > 0).all()


def test_every_family_is_drawn_and_no_odds_name_an_event_that_is_not_there() -> None:
    assert len(FAMILIES) == 65
    assert set(accounts(0, 2000).families) == {family.name for family in FAMILIES}
    for seed, family in enumerate(FAMILIES):
        series = family.shape(scene_of(seed))
        assert series.usage.shape == (180,)
        assert set(series.odds) <= set(KINDS)


def test_an_account_rests_on_the_holidays_of_its_country() -> None:
    almanac = Almanac.of(date(2024, 1, 1), 60)
    republic_day = (date(2024, 1, 26) - date(2024, 1, 1)).days
    work: dict[str, list[float]] = {"IN": [], "BR": []}
    for seed in range(60):
        country = COUNTRIES[np.random.default_rng(seed).integers(len(COUNTRIES))]
        if country in work:
            work[country].append(Account.of(np.random.default_rng(seed), almanac).work[republic_day])
    assert max(work["IN"]) < 0.2 < 0.8 < min(work["BR"])


@pytest.mark.parametrize(
    ("country", "day", "share"),
    [
        ("US", date(2026, 7, 3), 1),  # the Fourth is a Saturday
        ("US", date(2024, 11, 28), 1),
        ("US", date(2024, 11, 29), 0.8),
        ("GB", date(2026, 12, 28), 1),  # Boxing Day is a Saturday
        ("GB", date(2025, 8, 25), 1),
        ("DE", date(2024, 10, 4), 0.45),  # the day after a Thursday
        ("DE", date(2024, 5, 20), 1),
        ("FR", date(2025, 11, 10), 0.4),  # the day before a Tuesday
        ("NL", date(2025, 4, 27), 1),
        ("SE", date(2025, 6, 20), 1),
        ("BR", date(2025, 3, 4), 1),
        ("IN", date(2025, 10, 20), 1),
        ("JP", date(2024, 8, 14), 0.5),
        ("IL", date(2024, 10, 12), 1),  # Yom Kippur
    ],
)
def test_feasts_fall_where_they_fell(country: str, day: date, share: float) -> None:
    assert holidays(country, day.year)[day] == share


def test_easter_and_black_friday() -> None:
    easters = [date(1954, 4, 18), date(1981, 4, 19), date(2019, 4, 21), date(2024, 3, 31), date(2038, 4, 25)]
    assert [easter_sunday(day.year) for day in easters] == easters
    assert [black_friday(year) for year in (2022, 2024)] == [date(2022, 11, 25), date(2024, 11, 29)]


def test_a_bill_is_longer_than_a_month() -> None:
    assert accounts(1, 60, 31).costs.shape == (60, 31)
    with pytest.raises(ValueError, match="more than 30 days"):
        accounts(1, 60, 30)
