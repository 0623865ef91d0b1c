"""Usage, rate and mix: each by hand, and always the impact to the cent."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.analysis.effects import effects_of
from aws_cost_anomalies.analysis.impact import impact_of
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Severity, Status
from aws_cost_anomalies.model.explanation import Driver, Effects
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import NONE, Scope

MONDAY, DAYS, ODD = date(2026, 3, 2), 40, 2
BEFORE = DAYS - ODD
Line = tuple[str, str, float, float, float, float]
"""Usage type, unit, usual quantity and price a day, quantity and price of the odd days."""


def flat(before: float, after: float) -> Floats:
    return np.concatenate((np.full(BEFORE, before), np.full(ODD, after)))


def panel_of(rows: Floats, lines: list[Line], metric: str) -> Panel:
    scopes = tuple(Scope((("x_UsageType", line[0]), ("PricingUnit", line[1]))) for line in lines)
    period = Period(MONDAY, MONDAY + DAYS * ONE_DAY)
    return Panel(scopes, period, rows, np.ones(rows.shape, dtype=bool), metric, "USD", "cur")


def anomaly_of(costs: Floats, expected: float) -> Anomaly:
    start = MONDAY + BEFORE * ONE_DAY
    actual = costs[:, BEFORE:].sum(axis=0)
    impact = impact_of(actual, np.full(ODD, expected), last_day=start + (ODD - 1) * ONE_DAY, is_going_on=True)
    kind = Kind.SPIKE if impact.total_impact >= 0 else Kind.DROP
    last = start + (ODD - 1) * ONE_DAY
    return Anomaly(
        "0" * 12, "default", Scope(), kind, Severity.INFO, Status.ONGOING, 9.0, start, last, start, impact
    )


def told(lines: list[Line], *, expected: float | None = None, fees: Floats | None = None) -> Effects | None:
    costs = np.stack([flat(q0 * p0, q1 * p1) for _, _, q0, p0, q1, p1 in lines])
    if fees is not None:
        costs = costs + fees
    quantities = np.stack([flat(q0, q1) for _, _, q0, _, q1, _ in lines])
    usual = float(costs[:, 0].sum()) if expected is None else expected
    return effects_of(
        anomaly_of(costs, usual),
        costs=panel_of(costs, lines, "EffectiveCost"),
        quantities=panel_of(quantities, lines, "ConsumedQuantity"),
    )


def parts(effects: Effects | None) -> tuple[float, float, float, float, float]:
    assert effects is not None
    return effects.usage, effects.rate, effects.mix, effects.not_metered, effects.other


def test_twice_the_hours_at_the_same_price_is_usage() -> None:
    effects = told([("BoxUsage:m5.large", "Hrs", 100, 2.0, 200, 2.0)])
    assert parts(effects) == (400.0, 0.0, 0.0, 0.0, 0.0)
    assert effects is not None
    assert effects.driver is Driver.USAGE
    (meter,) = effects.meters
    assert (meter.quantity, meter.usual_quantity, meter.unit_price) == (400.0, 200.0, 2.0)
    assert (meter.usual_unit_price, meter.unit, meter.contribution) == (2.0, "Hrs", 400.0)


def test_the_same_hours_at_another_price_is_rate() -> None:
    effects = told([("BoxUsage:m5.large", "Hrs", 100, 2.0, 100, 3.5)])
    assert parts(effects) == (0.0, 300.0, 0.0, 0.0, 0.0)
    assert effects is not None
    assert effects.driver is Driver.RATE


def test_both_are_told_apart_usage_at_the_usual_price() -> None:
    # 50 more hours × 2.00 × 2 days; 150 hours × 1.00 dearer × 2 days
    assert parts(told([("BoxUsage:m5.large", "Hrs", 100, 2.0, 150, 3.0)])) == (200.0, 300.0, 0.0, 0.0, 0.0)


def test_hours_that_move_to_a_larger_size_are_mix() -> None:
    effects = told(
        [("BoxUsage:m5.large", "Hrs", 100, 1.0, 60, 1.0), ("BoxUsage:m5.2xlarge", "Hrs", 10, 4.0, 50, 4.0)]
    )
    # 40 hours × (4 − 1) × 2 days
    assert parts(effects) == (0.0, 0.0, 240.0, 0.0, 0.0)
    assert effects is not None
    assert effects.driver is Driver.MIX


def test_what_grows_beyond_what_moved_is_usage() -> None:
    effects = told(
        [("BoxUsage:m5.large", "Hrs", 100, 1.0, 90, 1.0), ("BoxUsage:m5.2xlarge", "Hrs", 10, 4.0, 40, 4.0)]
    )
    # moved: 10 hours × 3 × 2; beyond: 20 hours × 4 × 2
    assert parts(effects) == (160.0, 0.0, 60.0, 0.0, 0.0)


def test_other_things_are_not_exchanged_for_each_other() -> None:
    effects = told([("NatGateway-Bytes", "GB", 100, 1.0, 60, 1.0), ("NatGateway-Hours", "Hrs", 10, 4, 50, 4)])
    assert parts(effects) == (240.0, 0.0, 0.0, 0.0, 0.0)


def test_units_are_never_added_up_even_under_one_usage_type() -> None:
    effects = told([("Odd", "GB", 100, 1.0, 60, 1.0), ("Odd", "Hrs", 10, 4.0, 50, 4.0)])
    assert parts(effects) == (240.0, 0.0, 0.0, 0.0, 0.0)


def test_something_never_metered_before_is_usage_at_its_own_price() -> None:
    effects = told(
        [("BoxUsage:m5.large", "Hrs", 100, 1.0, 100, 1.0), ("BoxUsage:p5.48xlarge", "Hrs", 0, 0.0, 2, 98.0)]
    )
    assert parts(effects) == (392.0, 0.0, 0.0, 0.0, 0.0)
    assert effects is not None
    assert (effects.meters[0].usual_unit_price, effects.meters[0].unit_price) == (None, 98.0)


def test_what_was_free_and_costs_now_is_rate() -> None:
    lines: list[Line] = [("Lambda-GB-Second", "s", 100, 0.0, 100, 0.5), ("Request", "Requests", 5, 2.0, 5, 2)]
    assert parts(told(lines)) == (0.0, 100.0, 0.0, 0.0, 0.0)


def test_what_stopped_is_usage() -> None:
    effects = told([("A", "GB", 10, 5.0, 0, 0.0), ("B", "GB", 10, 5.0, 10, 5.0)])
    assert parts(effects) == (-100.0, 0.0, 0.0, 0.0, 0.0)
    assert effects is not None
    assert effects.driver is Driver.USAGE
    assert effects.meters[0].unit_price is None


@pytest.mark.parametrize("line", [("Fee", "", 0, 0.0, 0, 0.0), (NONE, "Hrs", 10, 0.0, 10, 0.0)])
def test_a_charge_without_a_quantity_is_not_metered(line: Line) -> None:
    fee = np.stack((flat(0, 0), flat(20, 90)))
    effects = told([("A", "GB", 10, 5.0, 12, 5.0), line], fees=fee)
    assert parts(effects) == (20.0, 0.0, 0.0, 140.0, 0.0)
    assert effects is not None
    assert effects.driver is None


def test_a_sum_over_several_units_says_nothing() -> None:
    assert told([("A", "N/A", 10, 5.0, 20, 5.0)]) is None


def test_nothing_metered_is_no_answer() -> None:
    assert told([("Fee", "", 0, 0.0, 0, 0.0)], fees=flat(10, 60)[np.newaxis]) is None


def test_what_the_parts_do_not_explain_is_other() -> None:
    # The parent expects 300 a day of 100: a quarter more is the most that parts are scaled by.
    assert parts(told([("A", "GB", 10, 10.0, 40, 10.0)], expected=300.0)) == (550.0, 0.0, 0.0, 0.0, -350.0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["BoxUsage:m5.large", "BoxUsage:m5.xlarge", "NatGateway-Bytes", NONE]),
            st.sampled_from(["Hrs", "GB", "N/A"]),
            *(st.floats(0, 1000).map(lambda x: round(x, 3)) for _ in range(4)),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda line: line[:2],
    )
)
def test_the_parts_always_add_up_to_the_impact_to_the_cent(lines: list[Line]) -> None:
    effects = told(lines)
    if effects is None:
        return
    impact = sum(2 * (q1 * p1 - q0 * p0) for _, _, q0, p0, q1, p1 in lines)
    in_cents = [round(100 * part) for part in parts(effects)]
    assert all(abs(100 * part - cents) < 1e-6 for part, cents in zip(parts(effects), in_cents, strict=True))
    assert abs(sum(in_cents) - 100 * impact) <= 0.5 + 1e-6 * abs(impact)


def test_quantities_may_come_in_another_order_and_lack_some() -> None:
    lines: list[Line] = [
        ("A", "GB", 10, 5.0, 14, 5.0),
        ("B", "GB", 10, 3.0, 30, 3.0),
        ("C", "GB", 1, 2.0, 5, 2.0),
    ]
    costs = np.stack([flat(q0 * p0, q1 * p1) for _, _, q0, p0, q1, p1 in lines])
    quantities = np.stack([flat(q0, q1) for _, _, q0, _, q1, _ in lines])
    other: list[Line] = [lines[1], ("D", "GB", 9, 9.0, 9, 9.0), lines[0]]
    effects = effects_of(
        anomaly_of(costs, float(costs[:, 0].sum())),
        costs=panel_of(costs, lines, "EffectiveCost"),
        quantities=panel_of(np.stack((quantities[1], flat(9, 9), quantities[0])), other, "ConsumedQuantity"),
    )
    assert parts(effects) == (160.0, 0.0, 0.0, 16.0, 0.0)
    assert effects is not None
    assert [(str(meter.scope), meter.quantity) for meter in effects.meters] == [("B", 60.0), ("A", 28.0)]


def test_a_price_of_longer_ago_is_better_than_none() -> None:
    cost, quantity = np.zeros((1, DAYS)), np.zeros((1, DAYS))
    cost[0, 0], quantity[0, 0] = 20.0, 10.0
    cost[0, BEFORE:], quantity[0, BEFORE:] = 30.0, 10.0
    lines: list[Line] = [("A", "GB", 0, 0.0, 10, 3.0)]
    effects = effects_of(
        anomaly_of(cost, 0.0),
        costs=panel_of(cost, lines, "EffectiveCost"),
        quantities=panel_of(quantity, lines, "ConsumedQuantity"),
    )
    assert parts(effects) == (40.0, 20.0, 0.0, 0.0, 0.0)
    assert effects is not None
    assert effects.meters[0].usual_unit_price == 2.0


def test_the_price_is_that_of_the_last_four_weeks_where_there_is_one() -> None:
    cost, quantity = np.full((1, DAYS), 20.0), np.full((1, DAYS), 10.0)
    cost[0, : BEFORE - 28] = 90.0
    cost[0, BEFORE:] = 30.0
    lines: list[Line] = [("A", "GB", 10, 2.0, 10, 3.0)]
    effects = effects_of(
        anomaly_of(cost, 20.0),
        costs=panel_of(cost, lines, "EffectiveCost"),
        quantities=panel_of(quantity, lines, "ConsumedQuantity"),
    )
    assert parts(effects) == (0.0, 20.0, 0.0, 0.0, 0.0)


def test_the_largest_meters_are_named_with_their_use_and_nothing_below_a_twentieth() -> None:
    lines: list[Line] = [
        ("A", "GB", 10, 1.0, 40, 1.0),
        ("B", "GB", 10, 1.0, 60, 1.0),
        ("C", "GB", 10, 1.0, 50, 1.0),
        ("D", "GB", 10, 1.0, 20, 1.0),
    ]
    effects = told(lines)
    assert effects is not None
    assert [str(meter.scope) for meter in effects.meters] == ["B", "C", "A"]
    assert {len(meter.scope.values) for meter in effects.meters} == {1}
    edge = told([("A", "GB", 100, 1.0, 195, 1.0), ("B", "GB", 10, 1.0, 15, 1.0)])
    below = told([("A", "GB", 100, 1.0, 196, 1.0), ("B", "GB", 10, 1.0, 15, 1.0)])
    assert edge is not None
    assert below is not None
    assert [[str(meter.scope) for meter in each.meters] for each in (edge, below)] == [["A", "B"], ["A"]]


def test_what_costs_something_for_no_quantity_has_no_price() -> None:
    lines: list[Line] = [("A", "GB", 10, 5.0, 12, 5.0), ("B", "GB", 10, 5.0, 0, 0.0)]
    still = np.stack((flat(0, 0), flat(0, 40)))
    assert parts(told(lines, fees=still)) == (20.0, 0.0, 0.0, -20.0, 0.0)
