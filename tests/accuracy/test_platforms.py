"""What the labels of the world of platforms promise about its costs."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.accuracy.labelled import INCREASES, LabelledBill
from benchmarks.accuracy.worlds.platforms import platforms
from benchmarks.accuracy.worlds.platforms.almanac import Almanac
from benchmarks.accuracy.worlds.platforms.judgement import SHARE, WORTH, event_of
from benchmarks.accuracy.worlds.platforms.mishaps import MISHAPS
from benchmarks.accuracy.worlds.platforms.scene import Case
from benchmarks.accuracy.worlds.platforms.world import FAMILIES, FIRST_YEAR, JUDGED_FROM

KINDS = {"spike", "drop", "step_up", "step_down", "drift_up", "drift_down", "new", "gone", "missing"}
LONG = slice(150, 250)


@pytest.fixture(scope="module")
def large() -> LabelledBill:
    return platforms(0, 1500)


def case_of(kind: str, times: float, days: slice) -> Case:
    rng = np.random.default_rng(1)
    before = 100 * np.exp(rng.normal(0, 0.03, 270))
    after = before.copy()
    after[days] *= times
    almanac = Almanac.of("US", np.datetime64(f"{FIRST_YEAR}-03-05").item(), 270)
    return Case(kind, before, after, days.start, days.stop - 1, days.start, almanac)


def test_a_seed_gives_the_same_bill_and_another_seed_another() -> None:
    one, two, other = platforms(3, 60), platforms(3, 60), platforms(4, 60)
    np.testing.assert_array_equal(one.costs, two.costs)
    np.testing.assert_array_equal(one.quiet, two.quiet)
    assert (one.events, one.families, one.first_day) == (two.events, two.families, two.first_day)
    assert one.families != other.families
    assert one.first_day != other.first_day


def test_a_series_is_the_same_however_many_come_after_it() -> None:
    few, many = platforms(5, 20), platforms(5, 60)
    np.testing.assert_array_equal(few.costs, many.costs[:20])
    np.testing.assert_array_equal(few.quiet, many.quiet[:20])
    assert few.events == tuple(event for event in many.events if event.series < 20)


def test_labels_lie_within_the_bill_and_are_worth_telling(large: LabelledBill) -> None:
    assert np.isfinite(large.costs).all()
    assert (large.costs >= 0).all()
    for event in large.events:
        assert JUDGED_FROM <= event.start <= event.end < large.costs.shape[1]
        assert large.quiet[event.series, event.start : event.end + 1].all()
        assert (event.impact >= WORTH, event.ratio >= SHARE) == (True, True)
    with pytest.raises(ValueError, match="at least 150 days"):
        platforms(0, 1, 149)


@pytest.mark.parametrize(("kind", "sign"), [("spike", 1), ("step_up", 1), ("drop", -1), ("step_down", -1)])
def test_what_is_labelled_differs_from_the_counterfactual_by_the_rule(kind: str, sign: int) -> None:
    days = slice(150, 154) if kind in {"spike", "drop"} else LONG
    event = event_of(case_of(kind, 1 + sign * 0.4, days))
    assert event is not None
    assert (event.kind, event.start) == (kind, 150)
    assert event.ratio == pytest.approx(0.4, abs=0.05)
    assert event.end == min(163, days.stop - 1)
    assert event_of(case_of(kind, 1 + sign * 0.15, days)) is None


def test_every_family_is_drawn_and_every_kind_occurs(large: LabelledBill) -> None:
    assert len({family.name for family in FAMILIES}) == len(FAMILIES) >= 60
    assert set(large.families) == {family.name for family in FAMILIES}
    assert all(set(family.mishaps.split()) <= set(MISHAPS) for family in FAMILIES)
    kinds = Counter(event.kind for event in large.events)
    assert set(kinds) == KINDS
    down = sum(count for kind, count in kinds.items() if kind not in INCREASES) / len(large.events)
    assert 0.3 < down < 0.45
    assert 0.5 < len(large.events) / len(large.families) < 0.8


def test_ordinary_days_are_plentiful_and_sizes_are_those_of_platforms(large: LabelledBill) -> None:
    assert large.quiet[:, JUDGED_FROM:].mean() < 0.2
    assert 0.3 < np.mean(~np.isin(np.arange(1500), [event.series for event in large.events])) < 0.5
    low, middle, high = np.quantile(large.costs.mean(axis=1), [0.1, 0.5, 0.95])
    assert (low > 10, 60 < middle < 300, 500 < high < 5000) == (True, True, True)
