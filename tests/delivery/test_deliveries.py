"""What is in force below a place, told by paths and manifests alone: no file is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from aws_cost_anomalies.delivery.by_manifest import current_manifests, read_deliveries
from aws_cost_anomalies.delivery.by_path import plain_deliveries
from aws_cost_anomalies.delivery.deliveries import deliveries
from aws_cost_anomalies.delivery.delivery import WHOLE, Delivery
from aws_cost_anomalies.delivery.layout import export_name
from aws_cost_anomalies.errors import BadBill, DeliveryInProgress, NoData, UsageError
from aws_cost_anomalies.model.bill import ANY_DAY, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.objects import StoredObject
from aws_cost_anomalies.objects.folder import Folder

AUGUST, MANIFEST = "BILLING_PERIOD=2026-08", "daily-Manifest.json"
IDS = [f"{n}1111111-2222-3333-4444-555555555555" for n in (1, 2, 3)]


def at(key: str, etag: str = "e") -> StoredObject:
    return StoredObject(key, f"s3://bills/{key}", etag, 10)


def chosen(*keys: str) -> list[str]:
    return [found.file.key for found in current_manifests([at(key) for key in keys])]


@pytest.mark.parametrize("turned", [False, True])
def test_the_manifest_that_is_kept_current_is_in_force_else_the_latest(*, turned: bool) -> None:
    month = f"x/metadata/{AUGUST}"
    first, second = (f"{month}/2026-08-0{day}T10:00Z-a/{MANIFEST}" for day in (3, 4))
    kept = f"{month}/{MANIFEST}"

    def order(*keys: str) -> Sequence[str]:
        return keys[::-1] if turned else keys

    assert chosen(*order(first, second)) == [second]
    assert chosen(*order(first, kept, second)) == [kept]
    assert chosen(*order(second, kept)) == [kept]


def test_manifests_come_by_export_then_month() -> None:
    keys = [f"metadata/BILLING_PERIOD=2026-{m}/{name}-Manifest.json" for name in "ba" for m in ("08", "07")]
    assert chosen("readme.txt", *keys) == sorted(keys, key=lambda key: (key[-15], key))
    assert chosen("readme.txt", "a.parquet") == []


def test_two_exports_of_one_name_are_a_mistake_of_the_place() -> None:
    with pytest.raises(UsageError, match="Two exports are called daily: s3://bills/x/.* and s3://bills/y/"):
        chosen(f"x/metadata/{AUGUST}/{MANIFEST}", f"y/metadata/{AUGUST}/{MANIFEST}")


def plain(*keys: str) -> list[tuple[str, str, list[str]]]:
    found = plain_deliveries([at(key) for key in keys], "folder")
    return [(each.export, each.billing_period, [file.key for file in each.files]) for each in found]


def test_plain_files_go_to_their_months_and_the_rest_to_one_bill() -> None:
    keys = (f"e/{AUGUST}/b.csv", "e/BILLING_PERIOD=2026-07/a.csv", f"e/{AUGUST}/a.csv", "c.csv", "readme.txt")
    assert plain(*keys) == [
        ("e", "2026-07", [keys[1]]),
        ("e", "2026-08", [keys[0], keys[2]]),
        ("folder", WHOLE, ["c.csv"]),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_of_timed_deliveries_the_latest_counts(*, turned: bool) -> None:
    keys = [f"e/{AUGUST}/2026-08-0{n + 3}T10Z-{IDS[n]}/a.csv" for n in range(3)]
    ((_, _, files),) = plain(*(keys[::-1] if turned else keys))
    assert files == [keys[2]]


def test_deliveries_without_a_time_beside_each_other_are_refused() -> None:
    timed, untimed = f"e/{AUGUST}/2026-08-03T10Z-{IDS[0]}/a.csv", f"e/{AUGUST}/{IDS[1]}/a.csv"
    (found,) = plain_deliveries([at(timed), at(untimed)], "folder")
    assert (found.files, found.version) == ((), "")
    assert isinstance(found.problem, BadBill)
    assert "2 deliveries of 2026-08 lie side by side" in found.problem.message
    assert plain(untimed) == [("e", "2026-08", [untimed])]


def test_a_file_called_like_an_id_is_no_delivery_of_its_own() -> None:
    keys = [f"e/{AUGUST}/{each}.csv" for each in IDS[:2]]
    assert plain(*keys) == [("e", "2026-08", keys)]


TIMES = ("20261102T010203Z", "20261103T010203Z")
LEGACY = "x/rep/20261001-20261101"


def test_folders_called_by_a_time_are_deliveries() -> None:
    """The assembly ids of legacy reports that keep every version."""
    keys = [f"{LEGACY}/{each}/rep-{n}.csv.gz" for each in TIMES for n in (1, 2)]
    assert plain(*keys) == [("rep", "2026-10", keys[2:])]
    names = [f"{each}/rep-1.csv.gz" for each in TIMES]
    assert plain(*names) == [("folder", WHOLE, names)]  # a month each, perhaps


def test_what_a_name_alone_calls_an_earlier_delivery_is_told() -> None:
    months = "e/data/BILLING_PERIOD=2026-07", f"e/data/{AUGUST}"
    times = ("2026-08-05T10:00Z", "2026-08-06T10:00Z", "2026-08-07T10:00Z")
    keys = [f"{months[1]}/{each}/day={day}/a.parquet" for each in times for day in (1, 2)]
    july, august = plain_deliveries([at(key) for key in (f"{months[0]}/a.parquet", *keys)], "folder")
    assert [file.key for file in august.files] == keys[4:]
    assert july.left_out == ()
    assert august.left_out == tuple(f"s3://bills/{months[1]}/{each}/day=1" for each in times[:2])


def test_folders_of_equal_file_names_in_a_month_are_deliveries() -> None:
    (found,) = plain_deliveries([at(f"{LEGACY}/{each}/rep-1.csv") for each in "ab"], "folder")
    assert found.problem is not None
    assert "2 deliveries of 2026-10 lie side by side" in found.problem.message
    apart = [f"{LEGACY}/{each}/rep-{each}.csv" for each in "ab"]
    parts = [f"{LEGACY}/account={each}/rep.csv" for each in "ab"]
    accounts = [f"{each}/e/data/{AUGUST}/e-1.csv" for each in "ab"]
    assert plain(*apart) == [("rep", "2026-10", apart)]
    assert plain(*parts) == [("rep", "2026-10", parts)]
    assert plain(*accounts) == [("e", "2026-08", accounts)]


def test_each_account_has_its_latest_delivery() -> None:
    accounts = ("111111111111", "222222222222")
    keys = [f"{each}/e/data/{AUGUST}/{time}/e-1.csv" for each in accounts for time in TIMES]
    assert plain(*keys) == [("e", "2026-08", [keys[1], keys[3]])]


def test_deliveries_of_one_name_in_two_places_are_refused() -> None:
    """A copy of the bucket beside it: adding both up would count each charge twice."""
    keys = [f"{each}e/data/{AUGUST}/{TIMES[0]}/e-1.csv" for each in ("", "backup/")]
    (found,) = plain_deliveries([at(key) for key in keys], "folder")
    assert found.problem is not None
    assert "another export is called e too" in found.problem.message


def test_folders_of_accounts_and_days_in_a_month_are_parts_of_its_bill() -> None:
    for parts in (("111111111111", "222222222222"), ("01", "02"), ("day=1", "day=2")):
        keys = [f"e/data/{AUGUST}/{each}/part.csv" for each in parts]
        assert plain(*keys) == [("e", "2026-08", keys)]


@pytest.mark.parametrize(
    ("where", "key", "period"),
    [
        (f"bills/e/data/{AUGUST}", "a.csv", "2026-08"),
        ("bills/rep/20260801-20260901/", "1/a.csv", "2026-08"),
        (f"bills/e/data/{AUGUST}/a.csv", "a.csv", WHOLE),
        ("bills/e", "a.csv", WHOLE),
    ],
    ids=["month", "legacy month", "one file, a part of it at most", "no month"],
)
def test_the_place_may_be_the_folder_of_a_month(where: str, key: str, period: str) -> None:
    (found,) = plain_deliveries([at(key)], "e", where=where)
    assert (found.export, found.billing_period) == ("e", period)


def test_the_folder_of_a_month_is_called_like_what_holds_its_months() -> None:
    assert export_name("bills/rep/rep/year=2026/month=10") == "rep"
    assert export_name(f"bills/e/data/{AUGUST}") == "e"
    assert export_name(f"bills/e/data/{AUGUST}/part.csv") == "part"
    assert export_name("bills/e/") == "e"


def test_the_table_of_deliveries_for_athena_is_no_bill() -> None:
    status = "rep/cost_and_usage_data_status/cost_and_usage_data_status.parquet"
    data = "rep/rep/year=2026/month=8/rep-1.snappy.parquet"
    assert plain(status, data) == [("rep", "2026-08", [data])]
    assert plain(status) == []


def copied(folder: Path, ids: Sequence[str], **more: object) -> list[Delivery]:
    """What is found in a copy of one month's folder of a legacy report that keeps every version."""
    for each in ids:
        keys = [f"x/rep/20261001-20261101/{each}/rep-1.csv.gz"]
        manifest = json.dumps({"assemblyId": each, "reportKeys": keys, **more})
        (folder / each).mkdir(parents=True)
        (folder / each / "rep-1.csv.gz").write_bytes(b"x")
        for place in (folder, folder / each):
            (place / "rep-Manifest.json").write_text(manifest)
    return list(deliveries(Folder(folder), str(folder)))


@pytest.mark.parametrize("ids", [TIMES, IDS[:2]], ids=["times", "ids"])
@pytest.mark.parametrize("start", ["20261001T000000.000Z", "2026-10-01T00:00:00Z", ""])
def test_a_copy_of_a_month_is_known_by_its_manifest(tmp_path: Path, ids: Sequence[str], start: str) -> None:
    period = {"billingPeriod": {"start": start}} if start else {}
    (found,) = copied(tmp_path / "october", ids, **period)
    assert (found.export, found.billing_period, found.execution) == ("rep", "2026-10", ids[1])
    assert [file.key for file in found.files] == [f"{ids[1]}/rep-1.csv.gz"]


def test_a_file_called_like_a_manifest_is_none_without_a_month(tmp_path: Path) -> None:
    (tmp_path / "app-Manifest.json").write_text('{"name": "x"}')
    (tmp_path / "rep-Manifest.json").write_text('{"reportKeys": ["a.csv"]}')
    (tmp_path / "a.csv").write_text("x")
    (found,) = deliveries(Folder(tmp_path), str(tmp_path))
    assert (found.billing_period, len(found.files)) == (WHOLE, 1)


def test_a_zip_of_csv_is_a_bill_and_another_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "rep.zip").write_bytes(b"PK")
    with pytest.raises(NoData) as refused:
        list(deliveries(Folder(tmp_path), str(tmp_path)))
    assert ".csv.zip" in refused.value.hint
    (tmp_path / "rep-1.csv.zip").write_bytes(b"PK")
    (found,) = deliveries(Folder(tmp_path), str(tmp_path))
    assert ([file.key for file in found.files], found.format) == (["rep-1.csv.zip"], RawFormat.CSV)


@pytest.mark.parametrize("beside", ["rep-1.csv", "rep-1.csv.gz"])
def test_a_zip_beside_what_was_in_it_does_not_count_twice(beside: str) -> None:
    assert plain("a/rep-1.csv.zip", f"a/{beside}", "a/rep-2.csv.zip", f"b/{beside}") == [
        ("folder", WHOLE, [f"a/{beside}", "a/rep-2.csv.zip", f"b/{beside}"])
    ]


BASE = Delivery("daily", "2026-08")
TOLD = replace(BASE, execution="execution", manifest_etag="etag")
FILES = [at("a.csv", "1"), at("b.csv.gz", "2")]


def test_equal_versions_are_equal_deliveries() -> None:
    whole = TOLD.with_files(FILES)
    assert (whole.files, whole.format, whole.problem) == (tuple(FILES), RawFormat.CSV, None)
    assert TOLD.with_files(list(FILES)).version == whole.version
    others = [
        replace(TOLD, execution="other").with_files(FILES),
        replace(TOLD, manifest_etag="other").with_files(FILES),
        BASE.with_files(FILES),
        TOLD.with_files(FILES[:1]),
        TOLD.with_files(FILES[::-1]),
        TOLD.with_files([at("a.csv", "9"), FILES[1]]),
        TOLD.with_files([at("c.csv", "1"), FILES[1]]),
        TOLD.with_files([]),
    ]
    versions = {whole.version, *(each.version for each in others)}
    assert len(versions) == 1 + len(others)
    assert "" not in versions


def test_a_delivery_is_of_one_format_that_can_be_read() -> None:
    assert BASE.with_files([at("a.parquet")]).format is RawFormat.PARQUET
    mixed = BASE.with_files([at("a.parquet"), at("b.csv")])
    unread = BASE.with_files([at("a.csv"), at("b.zip")])
    assert mixed.problem is not None
    assert "Parquet and CSV files lie side by side" in mixed.problem.message
    assert unread.problem is not None
    assert "s3://bills/b.zip" in unread.problem.message
    assert mixed.files == unread.files == ()


def test_a_bill_without_a_month_may_speak_for_any_day() -> None:
    assert Delivery("daily", WHOLE).period == ANY_DAY
    assert BASE.period == Period.parse("2026-08")


def test_a_manifest_that_is_gone_when_it_is_read_is_a_delivery_in_progress(tmp_path: Path) -> None:
    for month in ("08", "09"):
        file = tmp_path / f"daily/metadata/BILLING_PERIOD=2026-{month}/daily-Manifest.json"
        file.parent.mkdir(parents=True)
        file.write_text('{"executionId": "1", "dataFiles": []}')
    folder = Folder(tmp_path)
    objects = folder.objects()
    file.unlink()
    august, september = read_deliveries(folder, objects, current_manifests(objects))
    assert (august.billing_period, august.problem) == ("2026-08", None)
    assert isinstance(september.problem, DeliveryInProgress)
    assert "2026-09 is not complete" in september.problem.message
