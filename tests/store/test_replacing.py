"""A bill takes the place of its earlier version, and of nothing else."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from daily_bills import (
    APRIL,
    LATER,
    MARCH,
    charge,
    days_of,
    load,
    month_bill,
    range_bill,
    rolled_up,
)

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import ANY_DAY, FocusMapping, RawBill, RawFormat
from aws_cost_anomalies.model.load import Restatement
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.store import Store

SUMMER = date(2026, 7, 1)
SPRING = Period(MARCH, date(2026, 6, 1))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


def total(store: Store, source: str = "cur", period: Period = SPRING) -> float:
    panel = store.panel(PanelQuery(period, source), as_of=SUMMER)
    return float(panel.costs[panel.settled].sum())


def services(store: Store, source: str = "cur") -> list[str]:
    query = PanelQuery(SPRING, source, Dimension.parse("service"))
    return [scope.values[0][1] for scope in store.panel(query, as_of=SUMMER).scopes]


def test_loading_twice_is_loading_once(store: Store) -> None:
    for version in ("1", "2"):
        load(store, month_bill(MARCH, version=version), days_of(MARCH, ["1.50"] * 31))
    (kept,) = store.loads()
    assert total(store) == 46.5
    assert (kept.version, kept.rows, kept.line_items) == ("2", 31, 31)
    assert kept.totals["USD"]["BilledCost"] == Decimal("46.5")


def test_a_service_that_vanished_from_the_bill_vanishes_from_the_store(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31) + days_of(MARCH, ["9"] * 31, "Amazon EC2"))
    load(store, month_bill(MARCH, version="2"), days_of(MARCH, ["1"] * 31))
    assert services(store) == ["Amazon S3"]


def test_an_empty_delivery_empties_the_month(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    load(store, month_bill(APRIL), days_of(APRIL, ["2"] * 30))
    load(store, month_bill(MARCH, version="2"), [])
    march, april = store.loads()
    assert (march.rows, march.covered, march.totals) == (0, None, {})
    assert (april.rows, total(store, period=april.period)) == (30, 60.0)


def test_other_months_exports_and_data_sources_stay(store: Store) -> None:
    days = ["1"] * 28
    for bill in (
        month_bill(MARCH),
        month_bill(MARCH, export="other payer"),
        month_bill(MARCH, source="focus"),
        month_bill(APRIL),
    ):
        load(store, bill, days_of(bill.period.start, days, account=bill.export))
    load(store, month_bill(MARCH, version="2"), days_of(MARCH, ["100"]))
    assert total(store, "cur", Period(MARCH, APRIL)) == 128.0
    assert total(store, "cur", Period(APRIL, SPRING.end)) == 28.0
    assert total(store, "focus") == 28.0


def test_a_bill_of_plain_days_replaces_exactly_its_days(store: Store) -> None:
    first, second = Period(MARCH, date(2026, 3, 15)), Period(date(2026, 3, 8), date(2026, 3, 22))
    load(
        store, range_bill(first), days_of(first.start, ["1"] * 14) + days_of(first.start, ["5"] * 14, "Gone")
    )
    load(store, range_bill(second), days_of(second.start, ["2"] * 14))
    query = PanelQuery(Period(MARCH, second.end), "cost_explorer", Dimension.parse("service"))
    panel = store.panel(query, as_of=SUMMER)
    assert panel.row(Scope((("ServiceName", "Amazon S3"),))).tolist() == [1.0] * 7 + [2.0] * 14
    assert panel.row(Scope((("ServiceName", "Gone"),))).tolist() == [5.0] * 7 + [0.0] * 14
    assert [bill.billing_period for bill in store.loads()] == [str(first), str(second)]


def test_a_bill_that_names_no_month_is_replaced_whole(store: Store) -> None:
    bill = RawBill("cur", "plain", ANY_DAY, "all", "1", (), RawFormat.CSV, FocusMapping("made", "", ()))
    load(store, bill, days_of(MARCH, ["1"] * 40))
    load(store, month_bill(MARCH), days_of(MARCH, ["100"] * 31, account="222222222222"))
    kept = load(store, bill, days_of(MARCH, ["1"] * 9 + ["3"] * 9))
    assert kept.period == Period(MARCH, date(2026, 3, 19))
    assert total(store) == 3136.0
    moved = [(r.day, r.change) for r in kept.restated]
    assert moved[0] == (date(2026, 3, 10), Decimal(2))
    assert moved[-1] == (date(2026, 4, 9), Decimal(-1))
    assert len(moved) == 31
    assert store.coverage(SUMMER)[0].covered == Period(MARCH, APRIL)


def test_a_charge_outside_a_range_is_refused(store: Store, tmp_path: Path) -> None:
    week = Period(MARCH, date(2026, 3, 8))
    stray = rolled_up(days_of(MARCH, ["1"] * 8), tmp_path / "stray.parquet")
    with store.writing(LATER) as writer, pytest.raises(BadBill, match="other days than 2026-03-01"):
        writer.replace_charges(range_bill(week), stray)
    assert store.loads() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": 4},
        {"line_items": 2},
        {"totals": {"USD": {"BilledCost": Decimal("3.000000000001"), "EffectiveCost": Decimal(3)}}},
        {"totals": {"EUR": {"BilledCost": Decimal(3), "EffectiveCost": Decimal(3)}}},
        {"totals": {"USD": {"BilledCost": Decimal(3)}}},
    ],
    ids=["rows", "line items", "last digit", "currency", "metric"],
)
def test_what_does_not_add_up_changes_nothing(store: Store, tmp_path: Path, wrong: dict[str, object]) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["7"] * 3))
    charges = dataclasses.replace(rolled_up(days_of(MARCH, ["1"] * 3), tmp_path / "c.parquet"), **wrong)
    with store.writing(LATER) as writer:
        with pytest.raises(BadBill, match="The bill 2026-03 of daily was not loaded"):
            writer.replace_charges(month_bill(MARCH, version="2"), charges)
        april = rolled_up(days_of(APRIL, ["1"]), tmp_path / "april.parquet")
        writer.replace_charges(month_bill(APRIL), april)
    assert [(bill.billing_period, bill.version) for bill in store.loads()] == [
        ("2026-03", "1"),
        ("2026-04", "1"),
    ]
    assert total(store, period=Period(MARCH, APRIL)) == 21.0


def test_cents_beyond_what_a_float_holds_stay_exact(store: Store) -> None:
    huge = "12345678901234567890.123456789012"
    load(store, month_bill(MARCH), [charge(MARCH, huge), charge(MARCH, "0.000000000001", "Tiny")])
    (kept,) = store.loads()
    assert kept.totals["USD"]["BilledCost"] == Decimal("12345678901234567890.123456789013")


def test_a_restatement_of_a_closed_day_is_recorded(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["10"] * 31))
    support = charge(date(2026, 3, 31), "4100.00", "AWS Support (Business)")
    cheaper = days_of(MARCH, ["10"] * 30) + [charge(date(2026, 3, 31), "9.25"), support]
    kept = load(store, month_bill(MARCH, version="2"), cheaper)
    moved = (
        Restatement(date(2026, 3, 31), "AWS Support (Business)", "USD", Decimal(4100), Decimal(4100), "cur"),
        Restatement(date(2026, 3, 31), "Amazon S3", "USD", Decimal("-0.75"), Decimal("-0.75"), "cur"),
    )
    assert kept.restated == store.restatements() == moved
    assert load(store, month_bill(MARCH, version="3"), cheaper).restated == ()
    assert store.restatements() == moved


def test_a_day_that_was_still_open_is_not_restated(store: Store) -> None:
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)
    load(store, month_bill(MARCH), days_of(MARCH, ["10"] * 10), now=noon)
    kept = load(store, month_bill(MARCH, version="2"), days_of(MARCH, ["12"] * 14))
    assert [r.day for r in kept.restated] == [date(2026, 3, day) for day in range(1, 9)]


def test_what_moved_the_effective_cost_alone_is_recorded_too(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["10"] * 31))
    dearer = days_of(MARCH, ["10"] * 30) + [charge(date(2026, 3, 31), "10", effective=Decimal(4))]
    kept = load(store, month_bill(MARCH, version="2"), dearer)
    assert kept.restated == (
        Restatement(date(2026, 3, 31), "Amazon S3", "USD", Decimal(0), Decimal(-6), "cur"),
    )
    assert store.restatements() == kept.restated


def test_what_one_run_loads_for_the_first_time_is_not_restated_by_it(store: Store, tmp_path: Path) -> None:
    """April's bill has a charge of March, as bills do; the next run may move that day."""
    late = charge(date(2026, 3, 30), "6.88")
    bills = {MARCH: days_of(MARCH, ["10"] * 31), APRIL: [*days_of(APRIL, ["10"] * 30), late]}

    def run(version: str) -> dict[str, list[Decimal]]:
        with store.writing(LATER) as writer:
            loaded = [
                writer.replace_charges(
                    month_bill(month, version=version), rolled_up(charges, tmp_path / f"{month}.parquet")
                )
                for month, charges in bills.items()
            ]
        return {load.billing_period: [moved.change for moved in load.restated] for load in loaded}

    assert run("1") == {"2026-03": [], "2026-04": []}
    assert store.restatements() == ()
    bills[MARCH][0] = charge(MARCH, "12")
    bills[APRIL][-1] = charge(date(2026, 3, 30), "7.88")
    assert run("2") == {"2026-03": [Decimal(2)], "2026-04": [Decimal(1)]}


def test_a_new_export_restates_nothing(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["10"] * 31))
    load(store, month_bill(MARCH, export="other payer"), days_of(MARCH, ["99"] * 31, account="222222222222"))
    assert store.restatements() == ()


def test_a_range_restates_the_closed_days_it_replaces(store: Store) -> None:
    first, second = Period(MARCH, date(2026, 3, 15)), Period(date(2026, 3, 8), date(2026, 3, 22))
    load(store, range_bill(first), days_of(first.start, ["1"] * 14))
    load(store, range_bill(second), [charge(MARCH.replace(day=8), "1"), charge(MARCH.replace(day=20), "5")])
    assert [(r.day.day, r.change) for r in store.restatements()] == [
        (day, Decimal(-1)) for day in range(9, 15)
    ]


def test_a_moment_without_a_zone_is_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="no time zone"), store.writing(LATER.replace(tzinfo=None)):
        pass


def test_the_store_does_not_grow_with_every_reload(store: Store, tmp_path: Path) -> None:
    charges = [charge(MARCH, f"{i}.{i}", f"Service {i % 20}", account=str(i * i)) for i in range(5_000)]
    rolled, sizes = rolled_up(charges, tmp_path / "c.parquet"), []
    for version in range(6):
        with store.writing(LATER) as writer:
            writer.replace_charges(month_bill(MARCH, version=str(version)), rolled)
        sizes.append(store.path.stat().st_size)
    assert max(sizes) < 3 * sizes[0]
