"""Legacy reports delivered as ZIP: bills like any other, but where they are to be read in the bucket."""

from __future__ import annotations

import gzip
import zipfile
from decimal import Decimal

import pytest
from buckets import BUCKET, data_export, legacy_report, put_all
from cur_lines import legacy_csv, line, total

from aws_cost_anomalies.model.bill import FetchRequest, RawFormat
from aws_cost_anomalies.sources.cur import CurSource

AUGUST = "2026-08"


def source(place, folder, **more):
    return CurSource(str(place), cache_dir=folder / "cache", **more)


def fetched(source, **request):
    """The bills of one fetch, by export and billing period."""
    return {(bill.export, bill.billing_period): bill for bill in source.fetch(FetchRequest(**request))}


def problems(source):
    return {(export, month): problem for export, month, problem in source.problems}


@pytest.fixture
def zipped_report(tmp_path):
    """A legacy report delivered as ZIP; what its one file lists as size and ETag is of the ZIP."""
    delivered = tmp_path / "delivered"
    manifest = legacy_report(delivered, AUGUST, [line("1"), line("2.5")])
    (path,) = delivered.rglob("*.csv.gz")
    with zipfile.ZipFile(path.with_name("hourly-1.csv.zip"), "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("hourly-1.csv", gzip.decompress(path.read_bytes()))
    path.unlink()
    for each in (manifest, path.parent / manifest.name):
        each.write_text(each.read_text().replace(".csv.gz", ".csv.zip").replace("GZIP", "ZIP"))
    return delivered


@pytest.mark.parametrize("is_remote", [False, True])
def test_a_report_delivered_as_zip_is_read(aws, zipped_report, tmp_path, is_remote):
    put_all(zipped_report)
    place = source(f"s3://{BUCKET}" if is_remote else zipped_report, tmp_path)
    (bill,) = fetched(place).values()
    assert (bill.export, bill.billing_period, bill.format) == ("hourly", AUGUST, RawFormat.CSV)
    assert total(bill, tmp_path) == Decimal("3.5")
    (file,) = bill.files
    assert file.origin.endswith("/hourly-1.csv.zip")
    assert file.path.is_relative_to(tmp_path / "cache")
    assert file.size == file.path.stat().st_size
    assert fetched(place, known={("hourly", AUGUST): bill.version}) == {}
    assert fetched(place, full_refresh=True)["hourly", AUGUST] == bill


def test_a_zip_that_cannot_be_read_does_not_stop_the_others(zipped_report, tmp_path):
    (path,) = zipped_report.rglob("*.zip")
    path.write_bytes(path.read_bytes()[:-20])
    data_export(zipped_report, AUGUST, [line(2)])
    place = source(zipped_report, tmp_path)
    assert list(fetched(place)) == [("daily", AUGUST)]
    problem = problems(place)["hourly", AUGUST]
    assert "hourly-1.csv.zip was not loaded: it is cut short or garbled" in problem.message


def test_a_zip_is_not_left_to_workers_that_read_in_the_bucket(aws, zipped_report, tmp_path):
    put_all(zipped_report)
    place = source(f"s3://{BUCKET}", tmp_path, stays=("",))
    assert fetched(place) == {}
    problem = problems(place)["hourly", AUGUST]
    assert "it is a ZIP, which no engine reads where it lies" in problem.message
    assert "`engine.read_in_place`" in problem.hint


def test_a_single_zip_is_a_bill(tmp_path):
    with zipfile.ZipFile(tmp_path / "august.csv.zip", "w") as packed:
        packed.write(legacy_csv(tmp_path / "august.csv", [line("2")]), "august.csv")
    (bill,) = fetched(source(tmp_path / "august.csv.zip", tmp_path)).values()
    assert (bill.export, bill.billing_period, total(bill, tmp_path)) == ("august", "all", 2)
