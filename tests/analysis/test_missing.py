"""Gaps in small panels: what lacks charges that come every day, and what only looks so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.missing import LONGEST, missing_charges
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 6, 1)
ACCOUNTS, SERVICES, DAYS = 10, 3, 70
SCOPES = ACCOUNTS * SERVICES
LATE = 60
"""A day of the last month."""


def panel_of(costs: Floats) -> Panel:
    """Scopes of three services in turn, each in an account of its own beside the others'."""
    return Panel(
        scopes=tuple(
            Scope((("ServiceName", f"service {n % SERVICES}"), ("SubAccountId", f"{n // SERVICES:012d}")))
            for n in range(len(costs))
        ),
        period=Period(START, START + costs.shape[1] * ONE_DAY),
        costs=costs,
        settled=np.ones(costs.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


@pytest.fixture
def costs() -> Floats:
    return 50 * np.exp(0.05 * np.random.default_rng(3).standard_normal((SCOPES, DAYS)))


def found(panel: Panel, days: int = 30) -> tuple[Gap, ...]:
    return missing_charges(panel, Period.ending(panel.period.last_day, days))


def gap(first: int, missing: int, *, days: int = 1, of: int = SCOPES, service: str = "") -> Gap:
    start = START + timedelta(days=first)
    return Gap(Period(start, start + timedelta(days=days)), missing, of, service)


def test_a_bill_without_gaps_has_none(costs: Floats) -> None:
    assert found(panel_of(costs)) == ()


@pytest.mark.parametrize("day", [DAYS - 20, LATE, DAYS - 1], ids=["the middle", "later", "the last day"])
@pytest.mark.parametrize("missing", [11, 20, SCOPES])
def test_what_many_scopes_lack_on_a_settled_day_is_a_gap(costs: Floats, day: int, missing: int) -> None:
    costs[:missing, day] = 0
    panel = panel_of(costs)
    assert found(panel) == (gap(day, missing),)
    assert not (Forecast().detect(panel).mark[:, day] == Mark.LOW).any(), (
        "and the verdicts tell no fall of it"
    )


def test_what_few_lack_is_none_and_its_falls_are_told(costs: Floats) -> None:
    costs[:9, LATE] = 0
    panel = panel_of(costs)
    assert found(panel) == ()
    assert (Forecast().detect(panel).mark[:9, LATE] == Mark.LOW).all()


def test_days_in_a_row_are_one_gap_and_two_apart_are_two(costs: Floats) -> None:
    costs[:20, 50:53] = 0
    costs[:12, 51] = 3.0
    costs[20:, 51] = 0
    costs[:15, LATE] = 0
    assert found(panel_of(costs)) == (gap(50, 20, days=3), gap(LATE, 15))


def test_only_the_days_in_question_are_told(costs: Floats) -> None:
    costs[:, 30] = costs[:, LATE] = 0
    assert found(panel_of(costs)) == (gap(LATE, SCOPES),)
    assert found(panel_of(costs), 50) == (gap(30, SCOPES), gap(LATE, SCOPES))


def test_an_unsettled_day_has_none(costs: Floats) -> None:
    costs[:20, -1] = np.nan
    panel = panel_of(costs)
    settled = panel.settled.copy()
    settled[:, -1] = False
    assert found(replace(panel, settled=settled)) == ()


def test_a_day_between_others_that_nobody_delivered_is_one(costs: Floats) -> None:
    costs[:, LATE] = np.nan
    costs[:, -1] = np.nan
    panel = panel_of(costs)
    assert found(replace(panel, settled=~np.isnan(costs))) == (gap(LATE, SCOPES),)


def test_a_service_that_is_silent_in_all_its_accounts_has_one(costs: Floats) -> None:
    costs[1::SERVICES, LATE : LATE + 2] = 0
    assert found(panel_of(costs)) == (gap(LATE, ACCOUNTS, days=2, of=ACCOUNTS, service="service 1"),)
    costs[1, LATE : LATE + 2] = 50
    assert found(panel_of(costs)) == (), "one account that has it was billed: so the others were turned off"


def test_what_does_not_come_every_day_lacks_nothing(costs: Floats) -> None:
    weekend = np.array([(START + timedelta(days=day)).weekday() >= 5 for day in range(DAYS)])
    costs[:15, weekend] = 0
    holiday = int(np.flatnonzero(~weekend)[-3])
    costs[:15, holiday] = 0
    costs[15:, holiday] *= 0.5
    assert found(panel_of(costs)) == (), "offices that close on a weekend close on a holiday"


def test_scopes_of_cents_may_begin_anew_each_month(costs: Floats) -> None:
    costs[:20] *= 0.01
    costs[:20, LATE] = 0
    assert found(panel_of(costs)) == ()


def test_what_stays_away_is_how_things_are_in_the_end(costs: Floats) -> None:
    costs[:20, 30:] = 0
    assert found(panel_of(costs), 60) == (gap(30, 20, days=LONGEST),)


def test_a_week_of_history_is_enough_and_a_few_scopes_are_not(costs: Floats) -> None:
    short = costs[:, :12].copy()
    short[:, 9] = 0
    assert found(panel_of(short)) == (gap(9, SCOPES),)
    assert found(panel_of(short[:7])) == ()
    assert found(panel_of(np.empty((0, 12)))) == ()


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (gap(0, 11), "2026-06-01: no charges of 11 of 30 scopes: the data has a gap, and falls of that day"),
        (gap(0, 30, days=2), "2026-06-01..2026-06-02: no charges of 30 of 30 scopes: the data has a gap"),
        (gap(0, 9, of=9, service="AWS Glue"), "2026-06-01: no charges of AWS Glue in any of its 9 accounts:"),
    ],
)
def test_a_gap_is_a_sentence(one: Gap, says: str) -> None:
    assert one.sentence.startswith(says)
