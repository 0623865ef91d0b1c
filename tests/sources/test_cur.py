"""Cost and Usage Reports as they are delivered: the files of the manifest in force, if they changed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import boto3
import pytest
from buckets import BUCKET, data_export, legacy_report, put_all
from cur_lines import legacy_csv, line, parquet, total

from aws_cost_anomalies.delivery.source import AHEAD
from aws_cost_anomalies.errors import (
    BadBill,
    DeliveryInProgress,
    MissingLocation,
    NoData,
    UsageError,
)
from aws_cost_anomalies.model.bill import FetchRequest, RawFormat
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.sources.cur import CurSource, SampleSource

JULY, AUGUST = "2026-07", "2026-08"


@pytest.fixture
def delivered(tmp_path):
    """A folder with what AWS has delivered."""
    folder = tmp_path / "delivered"
    folder.mkdir()
    return folder


@pytest.fixture
def source(tmp_path):
    """A source of a place; more of its settings by name."""

    def make(place, report_name=None):
        cache = tmp_path / "cache"
        return CurSource(str(place), report_name=report_name, cache_dir=cache, profile=None, region=None)

    return make


def fetched(source, **request):
    """The bills of one fetch, by export and billing period."""
    return {(bill.export, bill.billing_period): bill for bill in source.fetch(FetchRequest(**request))}


def problems(source):
    return {(export, month): problem for export, month, problem in source.problems}


def test_a_data_export_is_a_bill_for_each_month(delivered, source, tmp_path):
    data_export(delivered, JULY, [line(1), line(2)])
    data_export(delivered, AUGUST, [line(4)])
    bills = fetched(source(delivered))
    assert list(bills) == [("daily", JULY), ("daily", AUGUST)]
    bill = bills["daily", JULY]
    assert (bill.data_source, bill.format, len(bill.files)) == ("cur", RawFormat.PARQUET, 2)
    assert bill.period == BillingPeriod(2026, 7).period
    assert [total(raw, tmp_path) for raw in bills.values()] == [3, 4]


def test_a_legacy_report_is_a_bill_for_each_month(delivered, source, tmp_path):
    legacy_report(delivered, "2026-12", [line("1.5")])
    (bill,) = fetched(source(delivered)).values()
    assert (bill.export, bill.billing_period, bill.format) == ("hourly", "2026-12", RawFormat.CSV)
    assert bill.period == Period(date(2026, 12, 1), date(2027, 1, 1))
    assert total(bill, tmp_path) == Decimal("1.5")


def test_a_bucket_delivers_what_its_copy_in_a_folder_does(aws, delivered, source, tmp_path):
    data_export(delivered, AUGUST, [line(1), line(2)])
    legacy_report(delivered, AUGUST, [line("4")])
    put_all(delivered)
    here, there = fetched(source(delivered)), fetched(source(f"s3://{BUCKET}"))
    assert list(here) == list(there) == [("daily", AUGUST), ("hourly", AUGUST)]
    assert (
        [total(b, tmp_path) for b in here.values()] == [total(b, tmp_path) for b in there.values()] == [3, 4]
    )
    origins = [file.origin for file in there["daily", AUGUST].files]
    assert origins[0] == f"s3://{BUCKET}/exports/daily/data/BILLING_PERIOD=2026-08/daily-00001.snappy.parquet"


@pytest.mark.parametrize("below", ["", "exports", "exports/daily"])
def test_a_copy_of_any_part_of_the_bucket_will_do(delivered, source, below):
    data_export(delivered, AUGUST, [line(1), line(2)])
    (bill,) = fetched(source(delivered / below)).values()
    assert (bill.export, len(bill.files)) == ("daily", 2)


def test_a_copy_of_the_bucket_in_a_deeper_folder_will_do(delivered, source):
    data_export(delivered / "backup" / "bills", AUGUST, [line(1)])
    manifest = next(delivered.rglob("*-Manifest.json"))
    assert "backup" not in manifest.read_text()
    assert [len(bill.files) for bill in fetched(source(delivered)).values()] == [1]


def test_only_the_files_that_the_manifest_names_are_taken(delivered, source, tmp_path):
    data_export(delivered, AUGUST, [line(1000)], execution="2026-08-03T10-00-00Z-aaaa")
    data_export(delivered, AUGUST, [line(1), line(2)], execution="2026-08-04T10-00-00Z-bbbb")
    parquet(delivered / "exports/daily/data/BILLING_PERIOD=2026-08/stray.parquet", [line(5000)])
    (bill,) = fetched(source(delivered)).values()
    assert total(bill, tmp_path) == 3


def test_only_the_current_assembly_of_a_legacy_report_is_taken(delivered, source, tmp_path):
    legacy_report(delivered, AUGUST, [line("1000")], assembly="old")
    legacy_report(delivered, AUGUST, [line("7")], assembly="new")
    (bill,) = fetched(source(delivered)).values()
    assert total(bill, tmp_path) == 7


def test_a_file_named_twice_counts_once(delivered, source, tmp_path):
    manifest = data_export(delivered, AUGUST, [line(3)])
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**content, "dataFiles": content["dataFiles"] * 2}))
    (bill,) = fetched(source(delivered)).values()
    assert total(bill, tmp_path) == 3


def test_a_manifest_without_files_is_a_delivery_without_charges(delivered, source):
    data_export(delivered, AUGUST, [])
    (bill,) = fetched(source(delivered)).values()
    assert bill.files == ()


def test_exports_side_by_side_keep_apart(delivered, source):
    data_export(delivered, AUGUST, [line(1)], name="team-a")
    data_export(delivered, AUGUST, [line(2)], name="team-b")
    assert list(fetched(source(delivered))) == [("team-a", AUGUST), ("team-b", AUGUST)]
    assert list(fetched(source(delivered, "team-b"))) == [("team-b", AUGUST)]


def test_two_exports_of_one_name_are_not_mixed(delivered, source):
    data_export(delivered, AUGUST, [line(1)], prefix="first")
    data_export(delivered, AUGUST, [line(2)], prefix="second")
    with pytest.raises(UsageError, match="Two exports are called daily"):
        fetched(source(delivered))
    assert len(fetched(source(delivered / "second"))) == 1


def test_what_is_known_and_unchanged_is_skipped(delivered, source):
    data_export(delivered, JULY, [line(1)])
    data_export(delivered, AUGUST, [line(2)])
    place = source(delivered)
    known = {key: bill.version for key, bill in fetched(place).items()}
    assert fetched(place, known=known) == {}
    assert place.skipped == [("daily", JULY), ("daily", AUGUST)]
    assert list(fetched(place, known=known, full_refresh=True)) == list(known)
    assert place.skipped == []


def test_files_overwritten_under_their_names_are_a_new_version(aws, delivered, source, tmp_path):
    manifest = data_export(delivered, JULY, [line(1)])
    data_export(delivered, AUGUST, [line(2)])
    put_all(delivered)
    place = source(f"s3://{BUCKET}")
    known = {key: bill.version for key, bill in fetched(place).items()}
    same = manifest.read_text()
    data_export(delivered, JULY, [line(5)])
    assert manifest.read_text() == same
    put_all(delivered)
    bills = fetched(place, known=known)
    assert list(bills) == [("daily", JULY)]
    assert place.skipped == [("daily", AUGUST)]
    assert total(bills["daily", JULY], tmp_path) == 5


def test_a_new_execution_is_a_new_version(delivered, source):
    data_export(delivered, AUGUST, [line(1)], execution="2026-08-03T10-00-00Z-aaaa")
    place = source(delivered)
    known = {key: bill.version for key, bill in fetched(place).items()}
    data_export(delivered, AUGUST, [line(1)], execution="2026-08-04T10-00-00Z-bbbb")
    assert list(fetched(place, known=known)) == [("daily", AUGUST)]


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (Period.parse("2026-08"), [AUGUST]),
        (Period.parse("2026-07-31..2026-08-01"), [JULY, AUGUST]),
        (Period.parse("2026-08-31"), [AUGUST]),
    ],
)
def test_only_the_months_asked_for_are_fetched(delivered, source, period, months):
    for month in ("2026-06", JULY, AUGUST):
        data_export(delivered, month, [line(1)])
    assert [month for _, month in fetched(source(delivered), period=period)] == months


def test_months_that_are_not_there_are_told_with_those_that_are(delivered, source):
    data_export(delivered, AUGUST, [line(1)])
    with pytest.raises(NoData) as told:
        fetched(source(delivered), period=Period.parse("2026-01"))
    assert AUGUST in told.value.hint


def test_a_delivery_that_is_not_complete_does_not_stop_the_others(aws, delivered, source):
    data_export(delivered, JULY, [line(1)])
    data_export(delivered, AUGUST, [line(1), line(2)])
    put_all(delivered)
    key = "exports/daily/data/BILLING_PERIOD=2026-07/daily-00001.snappy.parquet"
    boto3.client("s3").delete_object(Bucket=BUCKET, Key=key)
    place = source(f"s3://{BUCKET}")
    assert list(fetched(place)) == [("daily", AUGUST)]
    problem = problems(place)["daily", JULY]
    assert isinstance(problem, DeliveryInProgress)
    assert problem.exit_code == 5
    assert key in problem.message


def test_two_names_in_a_manifest_are_not_one_file_of_a_copy(delivered, source):
    """Copied without its folders, one file stands for two: the other is missing, and none counts twice."""
    manifest = data_export(delivered, JULY, [line(1)])
    named = json.loads(manifest.read_text())
    folder, _, name = named["dataFiles"][0].rpartition("/")
    named["dataFiles"] = [f"{folder}/one/{name}", f"{folder}/two/{name}"]
    manifest.write_text(json.dumps(named))
    (file,) = delivered.rglob(name)
    file.rename(delivered / name)
    place = source(delivered)
    assert list(fetched(place)) == []
    assert isinstance(problems(place)["daily", JULY], DeliveryInProgress)
    assert "two/" in problems(place)["daily", JULY].message


def test_a_file_overwritten_while_others_are_fetched_is_a_delivery_in_progress(aws, delivered, source):
    months = [f"2026-{8 - earlier:02d}" for earlier in range(AHEAD + 1, -1, -1)]
    for month in months:
        data_export(delivered, month, [line(1)])
    put_all(delivered)
    place = source(f"s3://{BUCKET}")
    bills = place.fetch(FetchRequest())
    first = next(bills)
    data_export(delivered, AUGUST, [line(3)])
    put_all(delivered)
    assert [first.billing_period, *(bill.billing_period for bill in bills)] == months[:-1]
    assert isinstance(problems(place)["daily", AUGUST], DeliveryInProgress)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"dataFiles": "x"}', '{"dataFiles": [1]}'])
def test_a_manifest_that_is_none_does_not_stop_the_others(delivered, source, content):
    data_export(delivered, JULY, [line(1)]).write_text(content)
    data_export(delivered, AUGUST, [line(2)])
    place = source(delivered)
    assert list(fetched(place)) == [("daily", AUGUST)]
    problem = problems(place)["daily", JULY]
    assert isinstance(problem, BadBill)
    assert "daily-Manifest.json" in problem.message


def test_a_format_nobody_reads_is_told(delivered, source):
    manifest = legacy_report(delivered, AUGUST, [line("1")])
    for path in list(delivered.rglob("*.csv.gz")):
        path.rename(path.with_name(path.name.replace(".csv.gz", ".tar")))
    manifest.write_text(manifest.read_text().replace(".csv.gz", ".tar"))
    place = source(delivered)
    assert fetched(place) == {}
    assert "neither Parquet nor CSV" in problems(place)["hourly", AUGUST].message


@pytest.mark.parametrize(
    "path",
    ["BILLING_PERIOD=2026-08/a.parquet", "20260801-20260901/x/a.parquet", "year=2026/month=8/a.parquet"],
)
def test_plain_files_belong_to_the_month_that_their_path_names(delivered, source, tmp_path, path):
    parquet(delivered / "my-export" / "data" / path, [line(6)])
    (bill,) = fetched(source(delivered)).values()
    assert (bill.export, bill.billing_period) == ("my-export", AUGUST)
    assert total(bill, tmp_path) == 6


def test_plain_files_without_a_month_are_one_bill_called_like_their_folder(delivered, source, tmp_path):
    parquet(delivered / "sub" / "a.parquet", [line(6)])
    parquet(delivered / "b.parquet", [line(1)])
    (bill,) = fetched(source(delivered)).values()
    assert (bill.export, bill.billing_period) == ("delivered", "all")
    assert date(1999, 1, 1) in bill.period
    assert total(bill, tmp_path) == 7


def test_a_single_file_is_a_bill(delivered, source, tmp_path):
    path = legacy_csv(delivered / "august.csv.gz", [line("2")])
    (bill,) = fetched(source(path)).values()
    assert (bill.export, total(bill, tmp_path)) == ("august", 2)


def test_of_plain_deliveries_side_by_side_only_the_latest_counts(delivered, source, tmp_path):
    month = delivered / "daily" / "data" / "BILLING_PERIOD=2026-08"
    ids = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"
    parquet(month / f"2026-08-04T10:00:00.000Z-{ids[0]}" / "a.parquet", [line(2)])
    parquet(month / f"2026-08-03T10:00:00.000Z-{ids[1]}" / "a.parquet", [line(1000)])
    (bill,) = fetched(source(delivered)).values()
    assert total(bill, tmp_path) == 2


def test_plain_deliveries_that_nobody_can_tell_apart_are_not_summed(delivered, source):
    month = delivered / "20260801-20260901"
    for i in (1, 2):
        legacy_csv(month / f"{i}1111111-2222-3333-4444-555555555555" / "a.csv.gz", [line("1")])
    place = source(delivered)
    assert fetched(place) == {}
    (problem,) = problems(place).values()
    assert "2 deliveries of 2026-08" in problem.message


def test_a_place_without_exports_says_what_was_looked_for(delivered, source):
    (delivered / "readme.txt").write_text("nothing here")
    with pytest.raises(NoData) as told:
        fetched(source(delivered))
    assert "BILLING_PERIOD" in told.value.hint
    assert "prefix" in told.value.hint


def test_an_unknown_report_is_told_with_those_that_are_there(delivered, source):
    data_export(delivered, AUGUST, [line(1)])
    with pytest.raises(NoData) as told:
        fetched(source(delivered, "dialy"))
    assert "daily" in told.value.hint


def test_a_folder_that_is_not_there_is_named(source, tmp_path):
    with pytest.raises(MissingLocation):
        fetched(source(tmp_path / "nowhere"))


def test_the_sample_is_a_source_of_its_own(delivered, tmp_path):
    data_export(delivered, AUGUST, [line(1)])
    sample = SampleSource(str(delivered), report_name=None, cache_dir=tmp_path, profile=None, region=None)
    assert [bill.data_source for bill in sample.fetch(FetchRequest())] == [sample.data_source] == ["sample"]


def test_exports_cost_nothing_to_read(delivered, source):
    data_export(delivered, AUGUST, [line(1)])
    place = source(delivered)
    plan = place.plan(FetchRequest())
    assert plan.paid_requests == 0
    assert str(delivered) in plan.steps[0]
    fetched(place)
    assert place.paid_requests == 0


def test_a_fetch_may_be_left_before_its_end(delivered, source):
    for month in ("2026-06", JULY, AUGUST):
        data_export(delivered, month, [line(1)])
    bills = source(delivered).fetch(FetchRequest())
    assert next(iter(bills)).billing_period == "2026-06"
    bills.close()
