"""What is in force below a place, told by paths and manifests alone: no file is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from aws_cost_anomalies.delivery.by_manifest import current_manifests, read_deliveries
from aws_cost_anomalies.delivery.by_path import plain_deliveries
from aws_cost_anomalies.delivery.delivery import WHOLE, Delivery
from aws_cost_anomalies.errors import BadBill, DeliveryInProgress, UsageError
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
