"""How long a move lasts, where weekends are cheap and days not settled; START is a Saturday."""

import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules
from aws_cost_anomalies.model.anomaly import Mark, Status
from tests.analysis.test_episodes import FIRST, HIGH, LOW, seen

RULES = EpisodeRules(monitor="m")


def week(workday: float, weekend: float, *, weeks: int) -> list[float]:
    """From a Saturday on."""
    return [*[weekend] * 2, *[workday] * 5] * weeks


@pytest.mark.parametrize("weekend", [0.0, 20.0, 50.0])
@pytest.mark.parametrize("factor", [0.5, 1.5, 2.0])
@pytest.mark.parametrize("first", [9, 11, 13])
def test_a_step_is_not_over_on_its_weekends(weekend: float, factor: float, first: int) -> None:
    usual = week(100.0, weekend, weeks=4)
    costs = [cost * (factor if day >= first else 1.0) for day, cost in enumerate(usual)]
    mark = HIGH if factor > 1 else LOW
    for seen_on in range(first + 2, len(costs)):
        (one,) = seen(costs[: seen_on + 1], {first: mark, first + 1: mark}, usual=usual[: seen_on + 1])
        assert one.status is not Status.RESOLVED, seen_on


def test_it_is_over_on_the_first_workday_that_is_as_usual() -> None:
    usual = week(100.0, 40.0, weeks=4)
    costs = usual.copy()
    costs[9:14] = [200.0] * 5
    marks = dict.fromkeys(range(9, 14), HIGH)
    on_sunday = seen(costs[:16], marks, usual=usual[:16])[0]
    on_monday = seen(costs[:17], marks, usual=usual[:17])[0]
    assert (on_sunday.status, on_monday.status) == (Status.ONGOING, Status.RESOLVED)
    assert on_monday.end_date.day == 14
    assert on_monday.impact.total_impact == 500.0


def test_a_spike_of_a_friday_is_over_on_a_saturday_that_costs_something() -> None:
    usual = week(100.0, 40.0, weeks=3)
    costs = usual.copy()
    costs[13] = 300.0
    assert seen(costs[:15], {13: HIGH}, usual=usual[:15])[0].status is Status.RESOLVED
    idle = week(100.0, 0.0, weeks=3)
    costs = idle.copy()
    costs[13] = 300.0
    assert seen(costs[:16], {13: HIGH}, usual=idle[:16])[0].status is not Status.RESOLVED
    assert seen(costs[:17], {13: HIGH}, usual=idle[:17])[0].status is Status.RESOLVED


def test_new_spend_may_rest_on_weekends() -> None:
    costs = [0.0] * 12 + [80.0, 85.0, 5.0, 4.0, 82.0]
    for end in (14, 15, 16, 17):
        (one,) = seen(costs[:end], {12: FIRST}, usual=0.0)
        assert one.status is not Status.RESOLVED
    assert one.end_date.day == 17


def test_an_unsettled_day_makes_no_drop_larger_and_a_rise_only_where_it_is_high_already() -> None:
    drop = seen([100] * 5 + [30, 40], {5: LOW}, unsettled=1)[0]
    assert (drop.end_date.day, drop.impact.total_impact, drop.status) == (6, -70.0, Status.OPEN)
    rise = seen([100] * 5 + [200, 190], {5: HIGH}, unsettled=1)[0]
    assert (rise.end_date.day, rise.status) == (7, Status.ONGOING)
    short = seen([100] * 5 + [200, 30], {5: HIGH}, unsettled=1)[0]
    assert (short.end_date.day, short.status) == (6, Status.OPEN)


@pytest.mark.parametrize("days", range(1, 8))
def test_a_step_ends_where_a_larger_one_that_lasts_a_week_begins(days: int) -> None:
    marks: dict[int, Mark] = {3: HIGH, 4: HIGH, 11: HIGH, 12: HIGH}
    costs = [100.0] * 3 + [200.0] * 8 + [900.0] * days
    marks = {day: mark for day, mark in marks.items() if day < len(costs)}
    first, second = sorted(seen(costs, marks, rules=RULES), key=lambda one: one.start_date)
    assert second.start_date.day == 12
    assert (first.status, first.end_date.day) == (
        (Status.RESOLVED, 11) if days == 7 else (Status.ONGOING, 11 + days)
    )


def test_a_step_outlasts_a_spike_that_comes_in_it() -> None:
    costs = [100.0] * 3 + [200.0] * 8 + [600.0] + [200.0] * 10
    for end in range(12, len(costs) + 1):
        step, spike = sorted(
            seen(costs[:end], {3: HIGH, 4: HIGH, 5: HIGH, 11: HIGH}), key=lambda one: one.start_date
        )
        assert (step.status, step.end_date.day) == (Status.ONGOING, end)
        assert spike.start_date.day == 12


def test_what_is_a_move_of_its_own_stays_one() -> None:
    costs = [100.0] * 3 + [200.0] * 8 + [262.0, 235.0, 240.0, 238.0, 241.0]
    marks = dict.fromkeys((3, 4, 11, 12, 13, 14), HIGH)
    for end in range(12, 17):
        found = seen(costs[:end], {day: mark for day, mark in marks.items() if day < end})
        assert sorted(one.start_date.day for one in found) == [4, 12]


@pytest.mark.parametrize("rest", [(4, 5), (5, 6), (4, 5, 6), (6,)])
@pytest.mark.parametrize("factor", [0.0, 0.5, 2.0])
def test_any_weekday_may_be_one_of_rest(rest: tuple[int, ...], factor: float) -> None:
    usual = [0.0 if day % 7 in rest else 100.0 for day in range(35)]
    costs = [cost * (factor if day >= 14 else 1.0) for day, cost in enumerate(usual)]
    first = next(day for day in range(14, 35) if usual[day])
    mark = HIGH if factor > 1 else LOW
    seen_as = [
        seen(costs[: end + 1], {first: mark}, usual=usual[: end + 1])[0].status for end in range(first, 35)
    ]
    assert Status.RESOLVED not in seen_as


def test_one_quiet_day_does_not_end_what_lasted_three() -> None:
    costs = [100.0] * 5 + [200.0] * 6 + [110.0, 205.0, 110.0, 100.0, 100.0]
    marks = {5: HIGH, 6: HIGH}
    statuses = [seen(costs[:end], marks)[0].status for end in range(11, 17)]
    assert statuses == [Status.ONGOING] * 5 + [Status.RESOLVED]
