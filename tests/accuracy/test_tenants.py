"""What the world of tenants promises: chances by series, labels by one rule, plenty of ordinary days."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.accuracy.bills import WORLDS
from benchmarks.accuracy.labelled import LabelledBill
from benchmarks.accuracy.worlds.tenants import tenants
from benchmarks.accuracy.worlds.tenants.judgement import Case, weight
from benchmarks.accuracy.worlds.tenants.planting import JUDGED_FROM
from benchmarks.accuracy.worlds.tenants.stories import SETS, STORIES, UP
from benchmarks.accuracy.worlds.tenants.world import FAMILIES


@pytest.fixture(scope="module")
def large() -> LabelledBill:
    return tenants(0, 1500)


def test_a_seed_gives_one_bill_and_a_series_is_the_same_however_many_follow() -> None:
    few, many, other = tenants(3, 20), tenants(3, 60), tenants(4, 20)
    np.testing.assert_array_equal(few.costs, many.costs[:20])
    np.testing.assert_array_equal(few.quiet, many.quiet[:20])
    assert few.events == tuple(event for event in many.events if event.series < 20)
    assert few.first_day == many.first_day != other.first_day
    assert few.families != other.families
    assert WORLDS["tenants"] is tenants


@pytest.mark.parametrize("n_days", [100, 270, 400])
def test_labels_lie_in_what_is_judged_and_their_days_count_neither_way(n_days: int) -> None:
    bill = tenants(1, 200, n_days)
    assert bill.costs.shape == (200, n_days)
    assert np.isfinite(bill.costs).all()
    assert bill.judged_from == JUDGED_FROM
    assert not bill.quiet[:, :JUDGED_FROM].any()
    for event in bill.events:
        assert JUDGED_FROM <= event.start <= event.end < n_days
        assert bill.quiet[event.series, event.start : event.end + 8].all()


def test_a_bill_is_longer_than_its_history() -> None:
    with pytest.raises(ValueError, match="at least 100 days"):
        tenants(1, 5, 99)


def test_every_family_and_every_kind_occurs_in_the_shares_promised(large: LabelledBill) -> None:
    assert len(FAMILIES) == len({family.name for family in FAMILIES}) >= 60
    assert set(large.families) == {family.name for family in FAMILIES}
    assert {name for names in SETS.values() for name in names.split()} == set(STORIES)
    counts = Counter(event.kind for event in large.events)
    assert set(counts) == {story.kind for story in STORIES.values()} | {"new"}
    assert min(counts.values()) >= 20
    assert 0.5 < counts.total() / 1500 < 0.8
    assert 0.28 < sum(count for kind, count in counts.items() if kind not in UP) / counts.total() < 0.42


def test_ordinary_days_and_small_money_are_plentiful(large: LabelledBill) -> None:
    assert large.quiet[:, JUDGED_FROM:].mean() < 0.16
    means = large.costs[:, JUDGED_FROM:].mean(axis=1)
    assert np.mean((means > 3) & (means < 300)) > 0.5
    assert 0.1 < (large.costs[:, :14].sum(axis=1) == 0).mean() < 0.4


def test_what_is_labelled_differs_from_what_was_before_in_its_direction(large: LabelledBill) -> None:
    right = []
    for event in large.events:
        before = large.costs[event.series, max(event.start - 35, 0) : event.start]
        now = large.costs[event.series, event.start : event.end + 1]
        assert event.impact >= 10
        assert event.ratio > 0.1
        right.append((now.mean() > before.mean()) == (event.kind in UP))
    assert np.mean(right) > 0.93


@pytest.mark.parametrize(
    ("times", "days", "told"), [(1.15, 14, False), (1.6, 14, True), (3, 1, True), (0.5, 7, True)]
)
def test_told_is_what_is_worth_it_and_outside_the_habits(times: float, days: int, *, told: bool) -> None:
    past = 100 * np.exp(np.random.default_rng(1).normal(0, 0.05, 70))
    sign = 1 if times > 1 else -1
    usual = np.full(days, 100.0)
    assert (weight(Case(past, usual, usual * times, sign)) >= 1) == told
    assert weight(Case(past / 20, usual / 20, usual * times / 20, sign)) < 1 or times == 3
    past[[5, 40]] *= 4
    assert days > 1 or weight(Case(past, usual, usual * times, sign)) < 1
