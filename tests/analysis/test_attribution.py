"""Contributions add up to the impact, to the cent, and name who carries it."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.analysis.attribution import (
    attribute,
    attribute_each,
    during,
    learned_from,
    usual_spend,
    whole_cents,
)
from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.marks import combine
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.explanation import Breakdown
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 3, 2)


def panel_of(costs: Floats, names: str = "account") -> Panel:
    array = np.atleast_2d(costs)
    scopes = tuple(Scope(((names, str(n)),)) for n in range(len(array))) if names else (Scope(),)
    return Panel(
        scopes=scopes,
        period=Period(MONDAY, MONDAY + array.shape[1] * ONE_DAY),
        costs=array,
        settled=~np.isnan(array),
        metric="EffectiveCost",
        currency="USD",
        data_source="cur",
    )


def the_anomaly(children: Floats) -> Anomaly:
    parent = panel_of(np.nansum(children, axis=0), names="")
    flags = combine(Mad().detect(parent), TheilSen().detect(parent))
    (anomaly,) = episodes(parent, flags, rules=EpisodeRules())
    return anomaly


def split(children: Floats, top: int = 10) -> tuple[Anomaly, Breakdown]:
    anomaly = the_anomaly(children)
    return anomaly, attribute(anomaly, panel_of(children), dimension="account", top=top)


def in_cents(breakdown: Breakdown) -> int:
    return sum(round(100 * c.contribution) for c in breakdown.causes) + round(100 * breakdown.other)


def amounts(breakdown: Breakdown) -> dict[str, float]:
    return {str(cause.scope): cause.contribution for cause in breakdown.causes}


def test_the_child_that_moved_carries_it() -> None:
    costs = np.full((3, 60), 100.0)
    costs[1, 57:] = 350.0
    anomaly, breakdown = split(costs)
    assert anomaly.impact.total_impact == 750.0
    assert (amounts(breakdown), breakdown.other) == ({"1": 750.0}, 0.0)


def test_moves_in_opposite_directions_are_both_shown() -> None:
    costs = np.full((2, 60), 300.0)
    costs[0, 59], costs[1, 59] = 800.0, 100.0
    assert amounts(split(costs)[1]) == {"0": 500.0, "1": -200.0}


def test_children_that_are_not_named_are_other() -> None:
    costs = np.full((5, 60), 100.0)
    costs[:, 59] = [900.0, 150.0, 130.0, 110.0, 100.0]
    _, breakdown = split(costs, top=2)
    assert amounts(breakdown) == {"0": 800.0, "1": 50.0}
    assert breakdown.other == 40.0


def test_a_new_child_carries_what_it_cost() -> None:
    costs = np.zeros((2, 60))
    costs[0, 55:] = 70.0
    anomaly, breakdown = split(costs)
    assert anomaly.kind is Kind.NEW
    assert amounts(breakdown) == {"0": 350.0}


def test_the_weekdays_of_the_children_are_known() -> None:
    week = np.where(np.arange(62) % 7 < 5, 100.0, 30.0)
    costs = np.stack((week, np.full(62, 50.0)))
    costs[1, 61] = 250.0
    assert amounts(split(costs)[1]) == {"1": 200.0}


def test_a_drift_is_measured_against_its_first_week() -> None:
    leak = 100.0 * 1.012 ** np.clip(np.arange(90) - 60, 0, None)
    anomaly, breakdown = split(np.stack((leak, np.full(90, 40.0))))
    assert anomaly.kind is Kind.DRIFT_UP
    assert amounts(breakdown)["0"] == pytest.approx(anomaly.impact.total_impact, rel=0.25)
    assert in_cents(breakdown) == round(100 * anomaly.impact.total_impact)


def test_a_child_without_a_charge_yet_breaks_nothing() -> None:
    costs = np.full((2, 60), 100.0)
    costs[0, 59], costs[1, 59] = 900.0, np.nan
    assert amounts(split(costs)[1]) == {"0": 800.0, "1": -100.0}


def test_children_that_do_not_reach_back_leave_it_to_other() -> None:
    anomaly = the_anomaly(np.concatenate((np.full(59, 100.0), [400.0]))[None])
    late = panel_of(np.zeros((1, 0)))
    breakdown = attribute(anomaly, late, dimension="account")
    assert (breakdown.causes, breakdown.other) == ((), 300.0)


@pytest.mark.parametrize("seed", range(20))
def test_contributions_add_up_to_the_cent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    costs = rng.lognormal(3, 1, size=(12, 1)) * np.exp(0.02 * rng.normal(size=(12, 60)))
    costs[rng.integers(12), 60 - rng.integers(1, 8) :] += 500.0 + 1000.0 * rng.random()
    anomaly, breakdown = split(costs, top=int(rng.integers(1, 12)))
    assert in_cents(breakdown) == round(100 * anomaly.impact.total_impact)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_whole_cents_add_up_and_lie_next_to_their_amounts(parts: list[float]) -> None:
    total = round(100 * sum(parts))
    cents = whole_cents(parts, total)
    assert sum(cents) == total
    assert all(abs(cent - 100 * part) <= 1.000001 for cent, part in zip(cents, parts, strict=True))


@pytest.mark.parametrize("at_once", [1, 4, 5_000])
def test_several_anomalies_are_split_as_each_alone(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aws_cost_anomalies.analysis.attribution.ROWS_AT_ONCE", at_once)
    rise, leak, stop = (np.full((n, 60), 100.0) for n in (2, 3, 1))
    rise[1, 50:54] = 350.0
    leak[0] *= np.where(np.arange(60) < 25, 1.0, 1.03 ** (np.arange(60) - 25.0))
    stop[0, 58:] = 0.0
    found = [(the_anomaly(costs), panel_of(costs)) for costs in (rise, leak, stop)]
    assert found[1][0].kind is Kind.DRIFT_UP
    alone = [attribute(anomaly, children, dimension="account") for anomaly, children in found]
    assert attribute_each(found, dimension="account") == alone
    assert attribute_each([], dimension="account") == []
    many = np.stack([np.r_[np.full(59, 10.0), 20.0 + n] for n in range(12)])
    (breakdown,) = attribute_each([(the_anomaly(many), panel_of(many))], dimension="account")
    assert len(breakdown.causes) == 10


@pytest.mark.parametrize(
    ("amounts", "total", "cents"),
    [
        ([0.001, 0.009], 1, [0, 1]),
        ([5.001, 0.009], 501, [500, 1]),
        ([0.125, 0.125], 25, [13, 12]),
        ([-0.125, -0.125], -25, [-12, -13]),
        ([1.0, 1.0], 199, [99, 100]),
        ([0.0, 0.0], 3, [2, 1]),
        ([1.25], 125, [125]),
    ],
)
def test_the_cents_that_lack_go_to_those_that_lost_most_the_first_first(
    amounts: list[float], total: int, cents: list[int]
) -> None:
    assert whole_cents(amounts, total) == cents


def of_days(first: int, last: int, *, expected: float = 200.0, kind: Kind = Kind.SPIKE) -> Anomaly:
    """An anomaly of these days of a panel, counted from its first."""
    anomaly = the_anomaly(np.concatenate((np.full(59, 100.0), [400.0]))[None])
    return replace(
        anomaly,
        kind=kind,
        start_date=MONDAY + timedelta(days=first),
        end_date=MONDAY + timedelta(days=last),
        impact=replace(anomaly.impact, total_expected_spend=expected),
    )


@pytest.mark.parametrize(
    ("expected", "usual"),
    [(220.0, 110.0), (180.0, 90.0), (250.0, 125.0), (900.0, 125.0), (160.0, 80.0), (10.0, 80.0)]
    + [(0.0, 100.0), (-5.0, 100.0), (200.0, 100.0)],
)
def test_what_is_usual_is_scaled_to_the_parent_by_a_quarter_at_most(expected: float, usual: float) -> None:
    children = panel_of(np.full((2, 60), 100.0))
    assert usual_spend(of_days(59, 59, expected=expected), children).tolist() == pytest.approx([usual] * 2)


def test_what_costs_nothing_as_a_rule_is_not_scaled() -> None:
    assert usual_spend(of_days(59, 59), panel_of(np.zeros((1, 60)))).tolist() == [0.0]


@pytest.mark.parametrize(
    ("first", "last", "sum_of_days"),
    [(2, 4, 9.0), (0, 0, 0.0), (8, 9, 17.0), (8, 20, 17.0), (-3, 1, 1.0), (20, 30, 0.0)],
)
def test_what_it_cost_meanwhile_is_of_the_days_that_are_there(
    first: int, last: int, sum_of_days: float
) -> None:
    assert during(of_days(first, last), panel_of(np.arange(10.0))).tolist() == [sum_of_days]


@pytest.mark.parametrize(
    ("kind", "first", "days"),
    [
        (Kind.SPIKE, 50, (22, 50)),
        (Kind.SPIKE, 10, (0, 10)),
        (Kind.SPIKE, 90, (32, 60)),
        (Kind.SPIKE, -5, (0, 0)),
        (Kind.DRIFT_UP, 50, (23, 30)),
        (Kind.DRIFT_DOWN, 50, (23, 30)),
        (Kind.DRIFT_UP, 25, (0, 5)),
    ],
)
def test_what_is_usual_is_learned_from_the_days_before(kind: Kind, first: int, days: tuple[int, int]) -> None:
    wanted = Period(*(MONDAY + timedelta(days=day) for day in days))
    assert learned_from(of_days(first, first, kind=kind), Period(MONDAY, MONDAY + 60 * ONE_DAY)) == wanted
