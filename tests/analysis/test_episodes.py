"""Episodes: marked days → anomalies, on panels small enough to check by hand."""

from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.rules import Match
from aws_cost_anomalies.model.anomaly import Anomaly, Flags, Kind, Mark, Severity, Status
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 8, 1)
HIGH, LOW, UP, FIRST = Mark.HIGH, Mark.LOW, Mark.DRIFT_UP, Mark.FIRST_SPEND


def seen(
    costs: list[float],
    marks: dict[int, Mark],
    *,
    usual: float | list[float] = 100.0,
    unsettled: int = 0,
    rules: EpisodeRules | None = None,
) -> tuple[Anomaly, ...]:
    """Anomalies of one scope that costs `usual` ± 10, a day or always; the last `unsettled` days are open."""
    array = np.array([costs])
    settled = np.ones_like(array, dtype=bool)
    settled[:, len(costs) - unsettled :] = False
    panel = Panel(
        scopes=(Scope((("ServiceName", "Amazon EC2"),)),),
        period=Period(START, START + len(costs) * ONE_DAY),
        costs=array,
        settled=settled,
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )
    mark = np.zeros(array.shape, dtype=np.int8)
    for day, code in marks.items():
        mark[0, day] = code
    expected = np.full_like(array, usual)
    score = np.where(mark > 0, 8.0 * np.sign(array - usual), 0.0)
    flags = Flags(expected, expected - 10.0, expected + 10.0, score, mark)
    return episodes(panel, flags, rules=rules or EpisodeRules(monitor="m"))


def test_no_marks_give_no_anomaly() -> None:
    assert seen([100.0] * 10, {}) == ()


def test_a_spike_that_returned_is_resolved_and_has_no_run_rate() -> None:
    (spike,) = seen([100, 100, 350, 100, 100, 100], {2: HIGH})
    assert (spike.kind, spike.status) == (Kind.SPIKE, Status.RESOLVED)
    assert spike.start_date == spike.end_date == spike.detected_on == date(2026, 8, 3)
    assert spike.impact.total_impact == 250.0
    assert spike.impact.total_impact_percentage == 250.0
    assert (spike.impact.rest_of_month, spike.impact.monthly_run_rate) == (0.0, 0.0)


def test_a_spike_on_the_last_day_is_open_and_its_run_rate_follows_the_formula() -> None:
    (spike,) = seen([100] * 9 + [150], {9: HIGH})
    assert spike.status is Status.OPEN
    assert spike.impact.rest_of_month == 50.0 * 21  # 11 to 31 August
    assert spike.impact.monthly_run_rate == 50.0 * 30


def test_recent_daily_excess_is_the_median_of_the_last_seven_days() -> None:
    costs = [100.0] * 5 + [900.0] * 3 + [200, 210, 220, 230, 240, 250, 260]
    (step,) = seen(costs, dict.fromkeys(range(5, 15), HIGH))
    assert step.status is Status.ONGOING
    assert step.impact.monthly_run_rate == 130.0 * 30
    assert step.impact.max_impact == 800.0


def test_days_with_a_small_gap_are_one_anomaly_with_the_gap_in_its_money() -> None:
    (one,) = seen([100, 200, 110, 120, 200, 100], {1: HIGH, 4: HIGH})
    assert (one.start_date.day, one.end_date.day) == (2, 5)
    assert one.impact.total_impact == 100 + 10 + 20 + 100


def test_a_larger_gap_or_another_direction_makes_two() -> None:
    assert len(seen([100, 200, 100, 100, 100, 200, 100], {1: HIGH, 5: HIGH})) == 2
    assert len(seen([100, 200, 20, 100], {1: HIGH, 2: LOW})) == 2


def test_a_new_level_lasts_beyond_its_marks_and_is_the_usual_one_after_four_weeks() -> None:
    (young,) = seen([100] * 10 + [150] * 20, {10: HIGH, 11: HIGH})
    assert (young.kind, young.status) == (Kind.STEP_UP, Status.ONGOING)
    assert young.impact.total_impact == 20 * 50.0
    assert young.impact.monthly_run_rate == 30 * 50.0
    (old,) = seen([100] * 10 + [150] * 50, {10: HIGH, 11: HIGH})
    assert (old.status, old.impact.total_impact) == (Status.RESOLVED, 28 * 50.0)
    assert (old.stays, old.impact.monthly_run_rate, old.impact.rest_of_month) == (True, 30 * 50.0, 0.0)
    (back,) = seen([100] * 10 + [150] * 40 + [100] * 10, {10: HIGH, 11: HIGH})
    assert (back.status, back.stays, back.impact.monthly_run_rate) == (Status.RESOLVED, False, 0.0)
    at_marks = EpisodeRules(absorb_days=0)
    assert seen([100] * 10 + [150] * 20, {10: HIGH}, rules=at_marks)[0].impact.total_impact == 50.0


def test_a_move_lasts_while_half_of_its_excess_stays() -> None:
    assert seen([100] * 9 + [200, 160, 150, 149, 149, 149], {9: HIGH})[0].end_date.day == 12
    paused = [100] * 9 + [200] * 3 + [100, 100, 200, 200] + [100] * 3
    assert seen(paused, {9: HIGH})[0].end_date.day == 16
    assert seen([*paused[:14], 100, 200], {9: HIGH})[0].end_date.day == 12


def test_a_smaller_move_while_it_lasts_is_part_of_it_and_a_larger_one_is_not() -> None:
    costs = [100] * 10 + [300] * 12
    assert len(seen([*costs[:18], 410, *costs[19:]], {10: HIGH, 11: HIGH})) == 1
    marks = {10: HIGH, 11: HIGH, 18: HIGH}
    (one,) = seen([*costs[:18], 295, *costs[19:]], marks)
    assert one.start_date.day == 11
    first, second = sorted(seen([*costs[:18], 900, 300, 300, 300], marks), key=lambda a: a.start_date)
    assert (first.end_date.day, first.status) == (22, Status.ONGOING)
    assert (second.start_date.day, second.end_date.day, second.status) == (19, 19, Status.RESOLVED)


def test_days_of_two_scopes_never_join() -> None:
    panel = Panel(
        scopes=(Scope((("a", "1"),)), Scope((("a", "2"),))),
        period=Period(START, START + 2 * ONE_DAY),
        costs=np.array([[100.0, 300.0], [300.0, 100.0]]),
        settled=np.ones((2, 2), dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )
    usual = np.full((2, 2), 100.0)
    mark = np.array([[0, HIGH], [HIGH, 0]], dtype=np.int8)
    flags = Flags(usual, usual - 1, usual + 1, np.full((2, 2), 9.0), mark)
    found = episodes(panel, flags, rules=EpisodeRules())
    assert {(str(a.scope), a.start_date.day) for a in found} == {("1", 2), ("2", 1)}


def test_a_week_of_excess_is_a_step_and_so_is_a_level_that_stays() -> None:
    assert seen([100] * 3 + [150] * 7, dict.fromkeys(range(3, 10), HIGH))[0].kind is Kind.STEP_UP
    assert seen([100] * 3 + [150] * 7, {3: HIGH, 4: HIGH})[0].kind is Kind.STEP_UP
    assert seen([100] * 3 + [50] * 7, {3: LOW, 4: LOW})[0].kind is Kind.STEP_DOWN
    assert seen([100] * 3 + [50] * 2 + [100] * 4, {3: LOW, 4: LOW})[0].kind is Kind.DROP


def test_spend_that_stops_is_gone_and_spend_that_comes_back_was_a_drop() -> None:
    gone = seen([100] * 3 + [0] * 4, {3: LOW, 4: LOW, 5: LOW, 6: LOW})[0]
    assert (gone.kind, gone.impact.total_impact) == (Kind.GONE, -400.0)
    assert seen([100] * 3 + [0] * 2 + [100] * 2, {3: LOW, 4: LOW})[0].kind is Kind.DROP


def test_first_spend_is_new_and_has_no_percentage() -> None:
    (new,) = seen([0, 0, 5000], {2: FIRST}, usual=0.0)
    assert new.kind is Kind.NEW
    assert new.impact.total_impact_percentage is None


def test_mostly_drift_marks_are_a_drift() -> None:
    costs = [100 + 5 * day for day in range(10)]
    marks = dict.fromkeys(range(4, 10), UP) | {4: HIGH}
    assert seen(costs, marks)[0].kind is Kind.DRIFT_UP


def test_pennies_and_small_percentages_are_not_told_and_any_tells_them() -> None:
    assert seen([1, 1, 4], {2: HIGH}, usual=1.0) == ()
    assert seen([1000, 1100], {1: HIGH}, usual=1000.0) == ()
    either = EpisodeRules(match=Match.ANY)
    assert len(seen([1000, 1100], {1: HIGH}, usual=1000.0, rules=either)) == 1


def test_it_is_told_on_the_day_its_money_so_far_is_enough() -> None:
    (leak,) = seen([2, 4, 4, 4, 4], dict.fromkeys(range(1, 5), HIGH), usual=2.0)
    assert (leak.start_date.day, leak.detected_on.day, leak.end_date.day) == (2, 4, 5)
    assert leak.status is Status.ONGOING


def test_the_return_of_a_step_is_no_drop() -> None:
    costs = [100] * 3 + [200] * 9 + [102] * 4
    marks = dict.fromkeys(range(3, 10), HIGH) | dict.fromkeys(range(12, 16), LOW)
    (step,) = seen(costs, marks)
    assert step.kind is Kind.STEP_UP
    fallen_further = [100] * 3 + [200] * 9 + [40] * 4
    assert len(seen(fallen_further, marks)) == 2


def test_the_return_of_a_step_is_no_drop_from_its_level_either() -> None:
    costs = [100.0] * 3 + [200.0] * 9 + [100.0] * 4
    marks = dict.fromkeys(range(3, 10), HIGH) | dict.fromkeys(range(12, 16), LOW)
    (step,) = seen(costs, marks, usual=[100.0] * 10 + [200.0] * 6)
    assert (step.start_date.day, step.end_date.day) == (4, 12)


def test_a_return_may_be_to_what_that_weekday_cost_before() -> None:
    first_of_month = [300.0] + [100.0] * 6
    costs = [*first_of_month, *[250.0] * 7, 300.0]
    marks = {7: HIGH, 8: HIGH, 9: HIGH, 14: LOW}
    usual = [*first_of_month, *[100.0] * 3, *[250.0] * 4, 600.0]
    (step,) = seen(costs, marks, usual=usual)
    assert step.start_date.day == 8


def test_a_smaller_move_that_begins_within_the_gap_after_one_is_part_of_it() -> None:
    costs = [100.0] * 3 + [300.0] * 7 + [100.0] * 2 + [150.0, 100.0, 100.0, 100.0]
    marks = dict.fromkeys((3, 4, 5, 12), HIGH)
    (one,) = seen(costs, marks)
    assert (one.start_date.day, one.end_date.day) == (4, 13)
    later = [*costs[:12], 100.0, *costs[12:]]
    assert len(seen(later, dict.fromkeys((3, 4, 5, 13), HIGH))) == 2


def test_an_unsettled_day_without_a_mark_does_not_end_an_anomaly() -> None:
    costs = [100] * 5 + [200, 200, 30]
    marks = {5: HIGH, 6: HIGH}
    assert seen(costs, marks, unsettled=1)[0].status is Status.ONGOING
    assert seen(costs, marks)[0].status is Status.RESOLVED


def test_unknown_days_are_left_out_of_the_money() -> None:
    (one,) = seen([100, 200, float("nan"), 200], {1: HIGH, 3: HIGH})
    assert one.impact.total_impact == 200.0
    assert one.impact.total_expected_spend == 200.0


@pytest.mark.parametrize(
    ("cost", "severity"), [(150, Severity.INFO), (400, Severity.WARNING), (2000, Severity.CRITICAL)]
)
def test_severity_grows_with_money(cost: float, severity: Severity) -> None:
    assert seen([100, 100, cost], {2: HIGH})[0].severity is severity


def test_severity_needs_surprise_too() -> None:
    grades = EpisodeRules().grades
    assert grades.severity(2000, 4.0) is Severity.WARNING
    assert grades.severity(-2000, 6.0) is Severity.CRITICAL
    assert grades.severity(500, 4.0) is Severity.INFO
    assert grades.severity(50, 99.0) is Severity.INFO


def test_the_id_stays_while_the_anomaly_grows() -> None:
    young = seen([100, 100, 300], {2: HIGH})[0]
    old = seen([100, 100, 300, 300, 300], {2: HIGH, 3: HIGH, 4: HIGH})[0]
    assert young.anomaly_id == old.anomaly_id


def test_the_largest_money_comes_first() -> None:
    found = seen([100, 200, 100, 100, 100, 900, 100, 100, 100, 0], {1: HIGH, 5: HIGH, 9: LOW})
    assert [a.impact.total_impact for a in found] == [800.0, 100.0, -100.0]


def test_a_drift_that_goes_on_after_a_pause_is_the_same_anomaly() -> None:
    costs = [100.0] * 10 + [115.0] * 5 + [118.0] * 20
    pause = {day: UP for day in (*range(10, 15), *range(25, 30))}
    (one,) = seen(costs, pause)
    assert (one.kind, one.start_date) == (Kind.DRIFT_UP, date(2026, 8, 11))
    assert one.end_date == date(2026, 9, 4), "the last day of what went on"
    assert one.status is Status.ONGOING
    later = {day: UP for day in (*range(10, 15), *range(40, 45))}
    two = seen([*costs, *[118.0] * 10], later, rules=EpisodeRules(monitor="m", absorb_days=5, quiet_days=3))
    assert len(two) == 2


def test_a_drift_is_not_the_usual_level_while_it_grows() -> None:
    # 1 % a day for nine weeks, of which a detector marks two.
    costs = [100.0] * 10 + [100.0 * 1.01**day for day in range(1, 64)]
    marks = dict.fromkeys(range(20, 34), UP)
    (growing,) = seen(costs, marks)
    assert (growing.status, growing.end_date) == (Status.ONGOING, START + 72 * ONE_DAY)
    (settled,) = seen([*costs, *[costs[-1]] * 28], marks)
    assert settled.status is Status.RESOLVED
    assert START + 72 * ONE_DAY <= settled.end_date < START + 90 * ONE_DAY, "a fortnight or so later"
    assert settled.stays, "it never came back"
    (back,) = seen([*costs, *[100.0] * 5], marks)
    assert (back.status, back.end_date, back.stays) == (Status.RESOLVED, START + 72 * ONE_DAY, False)


def test_a_drift_that_was_back_for_days_ends_when_what_went_on_ends() -> None:
    costs = [100.0] * 10 + [115.0] * 3 + [100.0] * 3 + [115.0] * 3
    (one,) = seen(costs, {day: UP for day in (*range(10, 13), *range(16, 19))})
    assert (one.start_date, one.end_date) == (date(2026, 8, 11), date(2026, 8, 19))


def test_a_drift_is_told_from_half_of_the_least_percentage_on() -> None:
    costs = [100.0] * 10 + [112.0] * 10
    (drift,) = seen(costs, dict.fromkeys(range(10, 20), UP))
    assert drift.detected_on == date(2026, 8, 11)
    assert seen(costs, dict.fromkeys(range(10, 20), HIGH)) == ()
    assert seen(costs, dict.fromkeys(range(10, 20), UP), rules=EpisodeRules(minimum_percent=30.0)) == ()


def test_an_odd_day_of_a_weekly_habit_has_not_become_usual() -> None:
    # One day a week costs 50, the others 2: one copy is missed, the later ones come.
    usual = ([2.0] * 6 + [50.0]) * 8
    missed = [*usual[:34], 2.0, *usual[35:]]
    (one,) = seen(missed, {34: LOW}, usual=usual)
    assert (one.status, one.stays, one.impact.monthly_run_rate) == (Status.RESOLVED, False, 0.0)


def test_an_odd_day_of_an_idle_weekend_has_not_become_usual() -> None:
    # Workdays cost 100, weekends 10: a Saturday at 100 is no new level though the Monday after costs as much.
    usual = ([10.0] * 2 + [100.0] * 5) * 5
    (one,) = seen([*usual[:28], 100.0, *usual[29:]], {28: HIGH}, usual=usual)
    assert (one.status, one.stays) == (Status.RESOLVED, False)
