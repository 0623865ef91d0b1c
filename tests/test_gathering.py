"""Bills whose files come one after another: what is here is added up while the rest is on its way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from cur_deliveries import daily, line, write_parquet
from raw_bills import BILLS, cur_csv

from aws_cost_anomalies import kinds
from aws_cost_anomalies.delivery import source as export_source
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.gathering import Gathering
from aws_cost_anomalies.ingestion import Ingestion
from aws_cost_anomalies.model.answers import LoadedBill, Wanted
from aws_cost_anomalies.model.bill import FetchRequest, RawBill
from aws_cost_anomalies.objects.pieces import PIECE
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from benchmarks.s3_double import BUCKET, S3Double

AS_OF, NOW = date(2026, 8, 20), datetime(2026, 8, 20, 7, tzinfo=UTC)
FILES = 4
PATIENCE = 60.0


def put(folder: Path, number: int, month: int = 6) -> Path:
    """One of the files of a month: charges of its own, and some that other files have too."""
    days = daily(date(2026, month, 1), [0.1, 0.2, 0.3, 1 / 3])
    own = [line(date(2026, month, 2), number / 7, line_item_usage_account_id=f"22222222222{number}")]
    tagged = [line(date(2026, month, 3), 0.7, resource_tags={"user_team": f"team {number % 2}"})]
    path = folder / f"bills/data/BILLING_PERIOD=2026-0{month}/costs-0000{number}.snappy.parquet"
    write_parquet([*days, *own, *tagged], path)
    return path


@pytest.fixture
def bills(tmp_path: Path, credentials: None) -> Path:
    """A month in several files."""
    for number in range(1, FILES + 1):
        put(tmp_path / "served", number)
    return tmp_path / "served"


@pytest.fixture
def double(
    bills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[S3Double, list[int]]]:
    """An S3 that sends the last file once some are added up; and how many parts there were before each."""
    monkeypatch.setattr(export_source, "PART", 1)
    seen: list[int] = []

    def parts() -> int:
        return len([*(tmp_path / "BilledCost=3/cache/scratch").glob("*/?.parquet")])

    def hold_the_last(key: str) -> None:
        until = time.monotonic() + PATIENCE
        while f"costs-0000{FILES}" in key and not parts() and time.monotonic() < until:
            time.sleep(0.01)
        seen.append(parts())

    with S3Double(bills) as double:
        double.before = hold_the_last
        for name, value in double.environment.items():
            monkeypatch.setenv(name, value)
        yield double, seen


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    flags = {
        "database.path": tmp_path / "costs.duckdb",
        "database.cache_dir": tmp_path / "BilledCost=3" / "cache",  # a folder is no column
        "tags": ["team"],
    }
    return Settings.load(None, environment={}, flags=flags)


def ingested(settings: Settings, place: str, *, into: str = "") -> list[LoadedBill]:
    path = Path(into) if into else settings.database.path
    ingestion = Ingestion(settings, Store(path), as_of=AS_OF, now=NOW)
    return list(ingestion.run(ingestion.planned(Wanted(source="cur", path=place))))


def held(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT * FROM daily_cost_summary ORDER BY ALL").fetchall()


def test_files_are_added_up_while_others_are_on_their_way(
    double: tuple[S3Double, list[int]], settings: Settings, bills: Path, tmp_path: Path
) -> None:
    (loaded,) = ingested(settings, f"s3://{BUCKET}")
    assert max(double[1]) > 0, "some were added up while the last one was on its way"
    (whole,) = ingested(settings, str(bills), into=str(tmp_path / "whole.duckdb"))
    assert replace(loaded, export=whole.export) == whole
    assert loaded.line_items == FILES * 6
    assert held(tmp_path / "costs.duckdb") == held(tmp_path / "whole.duckdb")
    assert [*(tmp_path / "BilledCost=3/cache/scratch").iterdir()] == []
    (unchanged,) = ingested(settings, f"s3://{BUCKET}")
    assert unchanged.status == "unchanged"


def test_a_bill_on_this_disk_is_not_begun(
    bills: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it is here in a moment, and each beginning costs something."""
    monkeypatch.setattr(export_source, "PART", 1)
    monkeypatch.setattr(export_source, "MOMENT", 60)
    source = kinds.export_source(settings, "cur", str(bills))
    for _ in range(20):
        assert [bill.awaits for bill in source.fetch(FetchRequest(in_parts=True))] == [0]


def test_a_spoilt_file_among_the_first_refuses_the_bill_and_no_other(
    double: tuple[S3Double, list[int]],
    settings: Settings,
    bills: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(bills, 1, month=7)
    spoilt = bills / "bills/data/BILLING_PERIOD=2026-06/costs-00002.snappy.parquet"
    write_parquet([line(date(2026, 6, 2), 0.1, line_item_unblended_cost="dear")], spoilt)
    s3 = double[0]
    with S3Double(bills) as listed:
        s3.objects, s3.etags = listed.objects, listed.etags
    s3.before = lambda key: time.sleep(2 if f"costs-0000{FILES}" in key else 0)
    begun: list[RawBill] = []
    begin = Gathering.begin
    monkeypatch.setattr(Gathering, "begin", lambda self, bill: (begun.append(bill), begin(self, bill)))
    failed, loaded = ingested(settings, f"s3://{BUCKET}")
    assert [bill.billing_period for bill in begun], "the bill was begun before it was refused"
    assert (failed.billing_period, failed.status) == ("2026-06", "failed")
    assert "costs-00002" in failed.problem
    assert "'dear', which is not an amount" in failed.problem
    assert (loaded.billing_period, loaded.status) == ("2026-07", "loaded")
    assert [*(tmp_path / "BilledCost=3/cache/scratch").iterdir()] == []


def test_what_was_begun_and_never_ended_is_forgotten(settings: Settings, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    first, other = (replace(BILLS["cur 2.0 parquet"](folder), version=folder.name) for folder in folders)
    with Gathering(settings) as gathering:
        gathering.begin(replace(first, files=first.files[:1], awaits=1))
        gathering.begin(replace(other, files=other.files[:1], awaits=1))
        assert len([*(tmp_path / "BilledCost=3/cache/scratch").iterdir()]) == 1
        with gathering.whole(other) as charges:
            parts = charges.line_items, charges.totals
        assert [*(tmp_path / "BilledCost=3/cache/scratch").iterdir()] == []
        with gathering.whole(other) as charges:
            assert (charges.line_items, charges.totals) == parts
        gathering.begin(replace(first, files=first.files[:1], awaits=1))
    assert [*(tmp_path / "BilledCost=3/cache/scratch").iterdir()] == []


def test_each_file_counts_once_however_often_a_bill_is_begun(settings: Settings, tmp_path: Path) -> None:
    bill = cur_csv(tmp_path, files=4)
    with Gathering(settings) as gathering:
        for here in (1, 2, 3):
            gathering.begin(replace(bill, files=bill.files[:here], awaits=4 - here))
        with gathering.whole(bill) as charges:
            begun = replace(charges, path=tmp_path)
        with gathering.whole(bill) as charges:
            assert replace(charges, path=tmp_path) == begun


def test_a_beginning_that_is_refused_is_told_once_at_the_end(settings: Settings, tmp_path: Path) -> None:
    bill = BILLS["cur 2.0 parquet"](tmp_path)
    bill.files[0].path.write_bytes(b"PAR1 no more")
    with Gathering(settings) as gathering:
        gathering.begin(replace(bill, files=bill.files[:1], awaits=1))
        with pytest.raises(BadBill, match="cut short"), gathering.whole(bill):
            pass


def test_what_is_given_up_is_not_waited_for(
    bills: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C, or an error: without it the large file would be in the cache by then, seconds later."""
    large = bills / "bills/data/BILLING_PERIOD=2026-07/costs-00001.csv"
    large.parent.mkdir()
    large.write_bytes(bytes(3 * PIECE))
    with S3Double(bills, bytes_per_second=PIECE) as double:
        for name, value in double.environment.items():
            monkeypatch.setenv(name, value)
        source = kinds.export_source(settings, "cur", f"s3://{BUCKET}")
        coming = source.fetch(FetchRequest())
        assert next(coming).billing_period == "2026-06"
        coming.close()  # type: ignore[attr-defined]
    kept = [path.suffix for path in (tmp_path / "BilledCost=3/cache").rglob("*") if path.is_file()]
    assert kept == [".parquet"] * FILES
