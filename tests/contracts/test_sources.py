"""What every source keeps to, over the whole family: one bill, delivered in each one's own way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest
from cost_explorer_double import Charge, CostExplorerDouble
from cur_deliveries import daily, deliver

from aws_cost_anomalies import views
from aws_cost_anomalies.cli import options
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import FetchRequest, RawBill
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.ports import Source
from aws_cost_anomalies.sources import KINDS, MAPPINGS

AUGUST = Period.parse("2026-08")
SERVICES = {"Amazon Simple Storage Service": ("AmazonS3", 1.0), "AWS Lambda": ("AWSLambda", 2.0)}
FOCUS = "ChargePeriodStart,BillingCurrency,ProviderName,ServiceName,SubAccountId,ChargeCategory,BilledCost"


def found(reference: str) -> Any:
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


@dataclass(frozen=True)
class Delivered:
    """A source that may be built again and again, and how often its paid service was asked."""

    kind: str
    build: Callable[[], Source]
    asked: Callable[[], int]

    def bills(self, **more: Any) -> list[RawBill]:
        return list(self.build().fetch(FetchRequest(AUGUST, **more)))


@pytest.fixture(params=list(KINDS))
def delivered(
    request: pytest.FixtureRequest, tmp_path: Path, aws: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Delivered]:
    """The bill of August: two services, one charge a day each, as this source delivers it."""
    kind, cache = request.param, tmp_path / "cache"
    assert aws
    if kind == "cost_explorer":
        charges = [
            Charge(day, name, "111111111111", unblended=str(cost), net_amortized=str(cost))
            for name, (_, cost) in SERVICES.items()
            for day in AUGUST
        ]
        with CostExplorerDouble(charges) as double:
            monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
            as_of = AUGUST.end + timedelta(days=1)
            yield Delivered(
                kind, lambda: found(KINDS[kind])(cache_dir=cache, as_of=as_of), lambda: len(double.requests)
            )
        return
    folder = tmp_path / "export"
    _export(kind, folder)
    yield Delivered(kind, lambda: found(KINDS[kind])(str(folder), cache_dir=cache), lambda: 0)


def _export(kind: str, folder: Path) -> None:
    if kind == "focus":
        rows = (
            f"{day}T00:00:00Z,USD,AWS,{name},111111111111,Usage,{cost}"
            for name, (_, cost) in SERVICES.items()
            for day in AUGUST
        )
        folder.mkdir()
        (folder / "august.csv").write_text("\n".join([FOCUS, *rows]) + "\n")
        return
    lines = [
        line
        for code, cost in SERVICES.values()
        for line in daily(date(2026, 8, 1), [cost] * 31, line_item_product_code=code)
    ]
    deliver(folder, lines)


def test_every_kind_can_be_named_and_chosen() -> None:
    assert {word.replace("-", "_") for word in options.SOURCES} == set(KINDS) == set(views.DETAIL)


def test_its_plan_asks_nothing_and_names_the_price(delivered: Delivered) -> None:
    source = delivered.build()
    plan = source.plan(FetchRequest(AUGUST))
    assert plan.steps
    assert (plan.paid_requests, delivered.asked(), source.paid_requests) == (
        1 if delivered.kind == "cost_explorer" else 0,
        0,
        0,
    )
    list(source.fetch(FetchRequest(AUGUST)))
    assert source.paid_requests == delivered.asked() >= plan.paid_requests


def test_its_bills_are_files_on_this_disk_that_a_listed_mapping_reads(delivered: Delivered) -> None:
    (bill,) = delivered.bills()
    assert bill.data_source == delivered.kind == delivered.build().data_source
    assert bill.mapping is found(MAPPINGS[bill.mapping.name])
    assert [file.path.stat().st_size for file in bill.files] == [file.size for file in bill.files]
    assert all(day in bill.period for day in AUGUST)


def test_the_same_bill_costs_the_same_whoever_delivers_it(delivered: Delivered, tmp_path: Path) -> None:
    (bill,) = delivered.bills()
    rolled = DuckDBEngine().rollup(bill, (), tmp_path / "charges.parquet")
    assert (rolled.line_items, rolled.covered) == (62, AUGUST)
    assert rolled.totals["USD"]["BilledCost"] == rolled.totals["USD"]["EffectiveCost"] == Decimal(93)
    charges = duckdb.sql(f"FROM read_parquet('{rolled.path}')")
    assert charges.columns[: len(SUMMARY)] == [column.name for column in SUMMARY]
    services = charges.aggregate("ServiceName, SubAccountId, ChargeCategory, sum(BilledCost)").fetchall()
    assert sorted(services) == [
        ("AWS Lambda", "111111111111", "Usage", Decimal(62)),
        ("Amazon Simple Storage Service", "111111111111", "Usage", Decimal(31)),
    ]


def test_a_version_that_is_known_is_left_out_but_where_figures_change_for_weeks(delivered: Delivered) -> None:
    (bill,) = delivered.bills()
    (again,) = delivered.bills()
    assert again.version == bill.version
    source, key = delivered.build(), (bill.export, bill.billing_period)
    known = {key: bill.version}
    fetched = list(source.fetch(FetchRequest(AUGUST, known=known)))
    if delivered.kind == "cost_explorer":
        assert ([each.version for each in fetched], source.skipped) == ([bill.version], [])
    else:
        assert (fetched, source.skipped) == ([], [key])
    assert len(delivered.bills(known=known, full_refresh=True)) == 1
    assert len(delivered.bills(known={key: "another"})) == 1
    assert source.problems == []
