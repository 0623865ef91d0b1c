"""An ingest: what is wanted, what is loaded, what is left as it was, and what each month is told as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from loaded_bills import HEADER

from aws_cost_anomalies.errors import InvalidArgument, NoData
from aws_cost_anomalies.ingestion import Ingestion
from aws_cost_anomalies.model.answers import LoadedBill, Wanted
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

AS_OF, NOW = date(2026, 8, 20), datetime(2026, 8, 20, 7, tzinfo=UTC)
Ingest = Callable[..., list[LoadedBill]]


def put(folder: Path, month: int, cost: str) -> None:
    """A bill of two days of a month."""
    path = folder / "bills" / "daily" / f"BILLING_PERIOD=2026-0{month}" / "a.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"2026-0{month}-0{day}T00:00:00Z,USD,{cost},{cost},Amazon S3,1,Usage" for day in (1, 2)]
    path.write_text("\n".join([HEADER, *lines]) + "\n")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


@pytest.fixture
def ingestion(tmp_path: Path, store: Store) -> Ingestion:
    flags = {"database.path": store.path, "database.cache_dir": tmp_path / "cache"}
    return Ingestion(Settings.load(None, environment={}, flags=flags), store, as_of=AS_OF, now=NOW)


@pytest.fixture
def ingest(ingestion: Ingestion, tmp_path: Path) -> Ingest:
    """Run an ingest of the folder `bills`."""

    def run(**wanted: object) -> list[LoadedBill]:
        asked = Wanted(source="focus", path=str(tmp_path / "bills"), **wanted)  # type: ignore[arg-type]
        return list(ingestion.run(ingestion.planned(asked)))

    return run


def told(bills: list[LoadedBill]) -> list[tuple[str, str]]:
    return [(bill.billing_period, bill.status) for bill in bills]


def test_only_what_changed_is_loaded_again(ingest: Ingest, store: Store, tmp_path: Path) -> None:
    for month in (6, 7):
        put(tmp_path, month, "1.5")
    first = ingest()
    assert told(first) == [("2026-06", "loaded"), ("2026-07", "loaded")]
    assert [(bill.line_items, bill.rows, bill.restated) for bill in first] == [(2, 2, ())] * 2
    assert [str(bill.totals["USD"]["BilledCost"]) for bill in first] == ["3.000000000000"] * 2
    assert told(ingest()) == [("2026-06", "unchanged"), ("2026-07", "unchanged")]
    put(tmp_path, 6, "2")
    assert told(ingest()) == [("2026-06", "loaded"), ("2026-07", "unchanged")]
    assert told(ingest(full_refresh=True)) == [("2026-06", "loaded"), ("2026-07", "loaded")]
    assert [str(load.totals["USD"]["BilledCost"]) for load in store.loads()] == [
        "4.000000000000",
        "3.000000000000",
    ]


def test_a_bill_that_is_refused_stops_no_other_and_keeps_its_last_version(
    ingest: Ingest, store: Store, tmp_path: Path
) -> None:
    for month in (6, 7):
        put(tmp_path, month, "1")
    ingest()
    before = store.loads()
    put(tmp_path, 6, "n/a")
    put(tmp_path, 7, "2")
    failed, loaded = ingest()
    assert told([failed, loaded]) == [("2026-06", "failed"), ("2026-07", "loaded")]
    assert failed.problem
    assert failed.hint
    assert store.loads()[0] == before[0]
    assert store.loads()[1] != before[1]


def test_what_cannot_be_taken_is_told_after_what_was_loaded(ingest: Ingest, tmp_path: Path) -> None:
    put(tmp_path, 6, "1")
    put(tmp_path, 7, "1")
    (tmp_path / "bills/daily/BILLING_PERIOD=2026-06/b.parquet").write_bytes(b"x")
    bills = ingest()
    assert told(bills) == [("2026-07", "loaded"), ("2026-06", "failed")]
    assert "side by side" in bills[1].problem


def test_nothing_paid_is_nothing_in_the_ledger(ingest: Ingest, store: Store, tmp_path: Path) -> None:
    put(tmp_path, 6, "1")
    ingest()
    assert store.api_calls() == ()


def test_line_items_can_be_asked_once_something_is_loaded(
    ingest: Ingest, store: Store, tmp_path: Path
) -> None:
    import duckdb

    put(tmp_path, 6, "1.5")
    ingest()
    with duckdb.connect(str(store.path), read_only=True) as connection:
        found = connection.execute("SELECT count(*), sum(BilledCost) FROM cost_line_items").fetchone()
    assert found is not None
    assert (found[0], float(found[1])) == (2, 3.0)


@pytest.mark.parametrize(
    ("wanted", "period"),
    [
        ({}, None),
        ({"days": 3}, Period(date(2026, 8, 17), date(2026, 8, 20))),
        ({"month": "2026-06"}, Period(date(2026, 6, 1), date(2026, 7, 1))),
    ],
)
def test_days_end_with_yesterday(
    ingestion: Ingestion, tmp_path: Path, wanted: dict[str, object], period: Period | None
) -> None:
    asked = Wanted(source="focus", path=str(tmp_path), **wanted)  # type: ignore[arg-type]
    request = ingestion.planned(asked).request
    assert (request.period, request.full_refresh) == (period, False)


def test_a_month_and_days_are_too_much(ingestion: Ingestion) -> None:
    with pytest.raises(InvalidArgument, match="--days"):
        ingestion.planned(Wanted(source="focus", month="2026-06", days=3))


def test_days_that_no_bill_has_are_told(ingest: Ingest, tmp_path: Path) -> None:
    put(tmp_path, 6, "1")
    with pytest.raises(NoData, match="2026-08-19"):
        ingest(days=1)


def test_cost_explorer_is_asked_for_its_look_back_under_its_cap(ingestion: Ingestion) -> None:
    explorer = ingestion.settings.cost_explorer
    usual = ingestion.planned(Wanted(source="cost-explorer")).request
    assert usual.period is not None
    assert (usual.period.days, usual.period.end) == (explorer.lookback_days, AS_OF)
    assert usual.max_paid_requests == explorer.max_paid_requests
    other = ingestion.planned(Wanted(source="cost-explorer", days=2, max_paid_requests=7)).request
    assert other.period is not None
    assert (other.period.days, other.max_paid_requests) == (2, 7)


def test_an_ingest_that_was_never_run_has_paid_nothing(ingestion: Ingestion) -> None:
    assert ingestion.planned(Wanted(source="cost-explorer")).paid_requests == 0


def test_what_is_left_out_for_the_name_of_its_folder_is_told(ingest: Ingest, tmp_path: Path) -> None:
    put(tmp_path, 6, "1.5")
    (path,) = (tmp_path / "bills").rglob("*.csv")
    for day in (3, 4):
        folder = path.parent / f"2026-07-0{day}T10:00Z"
        folder.mkdir()
        (folder / "a.csv").write_text(path.read_text())
    path.unlink()
    (bill,) = ingest()
    assert (bill.line_items, bill.left_out) == (2, (str(path.parent / "2026-07-03T10:00Z"),))


MONTHLY_HEADER = f"{HEADER},ChargePeriodEnd,SkuMeter"


def put_spans(
    folder: Path, spans: list[tuple[str, str]], *, category: str = "Usage", meters: int = 5
) -> None:
    """A bill of July with these charge periods."""
    path = folder / "bills" / "daily" / "BILLING_PERIOD=2026-07" / "a.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{start}T00:00:00Z,USD,1,1,Amazon S3,1,{category},{end},Meter{n % meters}"
        for n, (start, end) in enumerate(spans)
    ]
    path.write_text("\n".join([MONTHLY_HEADER, *lines]) + "\n")


MONTH, DAY = ("2026-07-01", "2026-08-01T00:00:00Z"), ("2026-07-01", "2026-07-02T00:00:00Z")


@pytest.mark.parametrize(
    ("spans", "more", "is_monthly"),
    [
        ([MONTH] * 20, {}, True),
        ([("2026-07-01", "2026-07-31T23:59:59Z")] * 20, {}, True),
        ([MONTH] * 19, {}, False),
        ([MONTH] * 20, {"meters": 2}, False),
        ([MONTH] * 20, {"category": "Purchase"}, False),
        ([DAY] * 40, {}, False),
        ([*[MONTH] * 40, DAY], {}, False),
        ([*[MONTH] * 40, ("2026-07-02", "2026-07-03T00:00:00Z")], {}, False),
        ([("2026-07-01", "")] * 40, {}, False),
        ([("2026-07-01", "n/a")] * 40, {}, False),
    ],
)
def test_a_month_told_as_one_is_noted_and_loaded(
    ingest: Ingest, tmp_path: Path, spans: list[tuple[str, str]], more: dict[str, object], *, is_monthly: bool
) -> None:
    put_spans(tmp_path, spans, **more)  # type: ignore[arg-type]
    (bill,) = ingest()
    assert (bill.status, bill.line_items, bill.is_monthly) == ("loaded", len(spans), is_monthly)


def test_without_the_end_of_charges_nothing_is_said_of_it(ingest: Ingest, tmp_path: Path) -> None:
    put_spans(tmp_path, [MONTH] * 40)
    (path,) = (tmp_path / "bills").rglob("*.csv")
    path.write_text(path.read_text().replace("ChargePeriodEnd", "Another"))
    (bill,) = ingest()
    assert (bill.status, bill.is_monthly) == ("loaded", False)
