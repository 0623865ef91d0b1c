"""Workdays that look like weekends: where the default detector takes them for holidays, and where not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Basis, Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import MONDAY, WEEKEND, calm, marks, panel_of

GOOD_FRIDAY, EASTER_MONDAY, MEMORIAL_DAY = date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 25)
WEDNESDAY = date(2026, 6, 10)


def position(day: date) -> int:
    return (day - MONDAY).days


def office(weeks: int, *, weekend: float = 0.3) -> Floats:
    """A scope of an office: 100 on workdays, 30 on weekends."""
    return calm(7 * weeks) * np.tile(np.where(WEEKEND, weekend, 1.0), weeks)


def offices(n: int, *, fall: int, lasting: bool = False) -> Floats:
    """So many scopes of an office, of which some fall to the level of a weekend on a Wednesday."""
    costs = np.array([office(16) * (1 + 0.1 * each) for each in range(n)])
    days = slice(position(WEDNESDAY), None if lasting else position(WEDNESDAY) + 1)
    costs[:fall, days] *= np.where(costs[0, days] > 50, 0.31, 1.0)
    return costs


def told(costs: Floats) -> set[int]:
    """Scopes that are marked on that Wednesday."""
    return set(np.flatnonzero(Forecast().detect(panel_of(costs)).mark[:, position(WEDNESDAY)]).tolist())


@pytest.mark.parametrize("holiday", [GOOD_FRIDAY, EASTER_MONDAY])
def test_one_scope_alone_keeps_a_holiday(holiday: date) -> None:
    costs = office(12)
    costs[position(holiday)] = 31.0
    assert marks(costs) == []


def test_one_scope_alone_that_rests_on_a_common_wednesday_is_told() -> None:
    costs = office(12)
    costs[position(date(2026, 4, 22))] = 31.0
    assert marks(costs, second_look=False) == [(position(date(2026, 4, 22)), Mark.LOW)]


def test_a_holiday_is_no_excuse_for_nothing_at_all() -> None:
    costs = office(12)
    costs[position(EASTER_MONDAY)] = 0.0
    assert marks(costs) == [(position(EASTER_MONDAY), Mark.LOW)]


def test_holidays_make_no_habit_of_outages() -> None:
    costs = office(18)
    for day in (date(2026, 5, 14), MEMORIAL_DAY, date(2026, 6, 4), date(2026, 6, 19)):
        costs[position(day)] = 31.0
    outage = position(date(2026, 6, 24))
    costs[outage] = 15.0
    assert marks(costs) == [(outage, Mark.LOW)]


def test_holidays_in_a_row_are_kept_in_any_scatter() -> None:
    start = date(2025, 9, 1)
    scatter = np.exp(0.12 * np.random.default_rng(5).standard_normal((40, 119)))
    costs = 100.0 * scatter * np.tile(np.where(WEEKEND, 0.55, 1.0), 17)
    closed = [(date(2025, 12, day) - start).days for day in (24, 25, 26)]
    costs[:2, closed] *= 0.55
    found = Forecast().detect(panel_of(costs, start=start)).mark
    assert not (found[:2, closed] == Mark.LOW).any()


def test_a_holiday_that_few_keep_is_an_outage() -> None:
    assert told(offices(20, fall=4)) == {0, 1, 2, 3}
    assert told(offices(20, fall=5)) == set()
    assert told(offices(200, fall=9)) == set(range(9))
    assert told(offices(200, fall=10)) == set()


def test_half_of_a_few_scopes_keep_a_holiday_together() -> None:
    assert told(offices(4, fall=1)) == {0}
    assert told(offices(4, fall=2)) == set()


def test_what_stays_low_is_told_on_the_second_workday() -> None:
    found = Forecast().detect(panel_of(offices(40, fall=6, lasting=True))).mark
    thursday = position(WEDNESDAY) + 1
    assert not found[:, :thursday].any()
    assert (found[:6, thursday] == Mark.LOW).all()


def test_holidays_of_other_places_may_be_long() -> None:
    costs = offices(40, fall=15, lasting=True)
    back = position(WEDNESDAY) + 3
    costs[:, back:] = offices(40, fall=0)[:, back:]
    assert not Forecast().detect(panel_of(costs)).mark.any()


def test_what_many_turn_off_is_told_on_the_fourth_workday() -> None:
    found = Forecast(second_look=False).detect(panel_of(offices(40, fall=16, lasting=True))).mark
    monday = position(date(2026, 6, 15))
    assert not found[:, :monday].any()
    assert (found[:16, monday] == Mark.LOW).all()


def test_a_few_scopes_that_all_rest_may_rest_for_long() -> None:
    costs = offices(4, fall=4)
    costs[:, position(WEDNESDAY) + 1] = costs[:, position(WEDNESDAY)]
    assert not Forecast().detect(panel_of(costs)).mark.any()


@pytest.mark.parametrize("tuesday", [0.45, 1.0, 3.0])
def test_the_workday_before_is_held_against_its_own_weekday(tuesday: float) -> None:
    week = np.tile([1.0, tuesday, 1.0, 1.0, 1.0, 1.0, 1.0], 16)
    costs = offices(40, fall=0) * week
    costs[:5, position(WEDNESDAY)] *= 0.31
    assert told(costs) == set()


def test_scopes_of_which_the_day_is_not_known_keep_no_holiday() -> None:
    panel, day = panel_of(offices(20, fall=5)), position(WEDNESDAY)
    settled = panel.settled.copy()
    settled[1:5, day] = False
    found = Forecast().detect(replace(panel, settled=settled)).mark
    assert np.flatnonzero(found[:, day]).tolist() == [0]
    panel.costs[1:5, day] = np.nan
    assert np.flatnonzero(Forecast().detect(panel).mark[:, day]).tolist() == [0]


def test_a_workday_well_below_the_weekends_is_no_holiday() -> None:
    costs = office(14)
    costs[position(MEMORIAL_DAY)] = 20.0
    assert marks(costs) == [(position(MEMORIAL_DAY), Mark.LOW)]
    costs[position(MEMORIAL_DAY)] = 31.0
    assert marks(costs) == []


def test_a_scope_that_rests_on_wednesdays_keeps_no_holiday() -> None:
    costs = calm(98) * np.tile([1.0, 1.0, 0.3, 1.0, 1.0, 1.0, 1.0], 14)
    costs[position(MEMORIAL_DAY)] = 31.0
    assert marks(costs) == [(position(MEMORIAL_DAY), Mark.LOW)]


def test_a_fee_that_does_not_come_on_a_holiday_is_missed() -> None:
    start = date(2026, 2, 2)
    march, april, may = ((date(2026, month, 1) - start).days for month in (3, 4, 5))
    costs = office(16)
    costs[[march, april]] += 500.0
    costs[may] = 31.0
    found = Forecast().detect(panel_of(costs, start=start))
    assert found.mark[0, may] == Mark.LOW
    assert found.basis[0, may] == Basis.RECURRING


@pytest.mark.parametrize("fee", [40.0, 70.0, 500.0])
def test_a_fee_that_comes_on_a_holiday_is_not_missed(fee: float) -> None:
    start = date(2026, 2, 2)
    first_days = [(date(2026, month, 1) - start).days for month in (3, 4, 5)]
    costs = office(16)
    costs[first_days[2]] = 31.0
    costs[first_days] += fee
    assert Forecast().detect(panel_of(costs, start=start)).mark[0, first_days[2]] == Mark.NONE


def test_falls_on_the_edge_of_a_month_are_no_missing_data() -> None:
    rng = np.random.default_rng(6)
    costs = 100.0 * np.exp(0.03 * rng.standard_normal((30, 98)))
    firsts = [position(date(2026, month, 1)) for month in (4, 5, 6)]
    costs[np.ix_(range(20), firsts)] *= 3.0
    second = position(date(2026, 6, 2))
    costs[25:, second] = 20.0
    assert np.flatnonzero(Forecast().detect(panel_of(costs)).mark[:, second]).tolist() == [25, 26, 27, 28, 29]
