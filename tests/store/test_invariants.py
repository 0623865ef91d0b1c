"""Line items = daily charges = load record, whatever is delivered in whatever order."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from daily_bills import APRIL, EXACT, MARCH, Charge, charge, load, month_bill, range_bill
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.store import Store

pytestmark = pytest.mark.slow

AS_OF, SPRING = date(2026, 6, 1), Period(MARCH, date(2026, 5, 1))
AMOUNTS = st.decimals(-(10**9), 10**9, places=12, allow_nan=False)

Delivery = tuple[RawBill, list[Charge]]


@st.composite
def deliveries(draw: st.DrawFn) -> Delivery:
    bill = draw(
        st.one_of(
            st.builds(
                month_bill,
                st.sampled_from([MARCH, APRIL]),
                source=st.sampled_from(["cur", "focus"]),
                export=st.sampled_from(["a", "b"]),
            ),
            st.builds(range_bill, st.builds(period, st.integers(0, 50), st.integers(1, 10))),
        )
    )
    charges = st.builds(
        charge,
        st.integers(0, bill.period.days - 1).map(lambda n: bill.period.start + timedelta(days=n)),
        AMOUNTS,
        st.sampled_from(["S3", "EC2", None]),
        # Two exports of one source share no account: they would count twice, and are refused.
        account=st.sampled_from(["3", "4"] if bill.export == "b" else ["1", "2"]),
        currency=st.sampled_from(["USD", "EUR"]),
        blended=st.none() | AMOUNTS,
        line_items=st.integers(1, 1000),
    )
    return bill, draw(st.lists(charges, max_size=12))


def period(start: int, days: int) -> Period:
    first = MARCH + timedelta(days=start)
    return Period(first, first + timedelta(days=days))


def replaced(held: list[tuple[RawBill, Charge]], bill: RawBill) -> list[tuple[RawBill, Charge]]:
    """What the bill leaves of what is held."""
    is_month = len(bill.billing_period) == len("2026-03")
    return [
        (old, c)
        for old, c in held
        if (old.data_source, old.export) != (bill.data_source, bill.export)
        or (old.billing_period != bill.billing_period if is_month else c.day not in bill.period)
    ]


def sums(charges: list[Charge]) -> dict[str, dict[str, Decimal]]:
    """Currency → metric → exact sum."""
    totals: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for c in charges:
        amounts = {"BilledCost": c.cost, "EffectiveCost": c.cost, "x_BlendedCost": c.blended}
        for metric, amount in amounts.items():
            if amount is not None:
                totals[c.currency][metric] = EXACT.add(totals[c.currency].get(metric, Decimal()), amount)
    return dict(totals)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(deliveries(), min_size=1, max_size=4))
def test_the_store_holds_exactly_what_was_delivered_last(delivered: list[Delivery]) -> None:
    held: list[tuple[RawBill, Charge]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "costs.duckdb")
        for bill, charges in delivered:
            record = load(store, bill, charges)
            assert record.totals == sums(charges)
            assert (record.rows, record.line_items) == (len(charges), sum(c.line_items for c in charges))
            held = [*replaced(held, bill), *((bill, c) for c in charges)]
        assert_panels_hold(store, held)


def assert_panels_hold(store: Store, held: list[tuple[RawBill, Charge]]) -> None:
    """Every day of every service of every source and currency, against a sum made by hand."""
    by_source: dict[tuple[str, str], list[Charge]] = defaultdict(list)
    for bill, c in held:
        by_source[bill.data_source, c.currency].append(c)
    assert {c.data_source: set(c.currencies) for c in store.coverage(AS_OF)} == {
        source: {currency for other, currency in by_source if other == source} for source, _ in by_source
    }
    for (source, currency), charges in by_source.items():
        query = PanelQuery(SPRING, source, Dimension.parse("service"), currency=currency)
        panel = store.panel(query, as_of=AS_OF)
        cells: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
        for c in charges:
            key = (c.service or "(none)", c.day)
            cells[key] = EXACT.add(cells[key], c.cost)
        assert {scope.values[0][1] for scope in panel.scopes} == {service for service, _ in cells}
        for scope, costs in zip(panel.scopes, panel.costs.tolist(), strict=True):
            for day, cost in zip(SPRING, costs, strict=True):
                cell = cells.get((scope.values[0][1], day))
                assert cost == float(cell) if cell is not None else cost == 0.0 or cost != cost
