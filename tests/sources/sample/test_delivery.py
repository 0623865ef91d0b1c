"""The sample bill on disk is a CUR 2.0 export, and reads back as the bill that was made."""

import csv
import errno
import hashlib
import json
import math
from pathlib import Path

import pytest

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.errors import DiskFull, InvalidArgument
from aws_cost_anomalies.labels import read_labels
from aws_cost_anomalies.model.bill import FetchRequest
from aws_cost_anomalies.sources.cur import SampleSource
from aws_cost_anomalies.sources.sample import write_sample

SCOPE = ("ServiceName", "SubAccountId", "RegionId", "x_UsageType")
MONTHS = ["2026-05", "2026-06", "2026-07", "2026-08"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "not there yet"
    return write_sample(folder, DuckDBEngine().write_parquet)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_lies_as_aws_data_exports_delivers_it(sample):
    data = "sample/data/BILLING_PERIOD={0}/sample-00001.snappy.parquet"
    metadata = "sample/metadata/BILLING_PERIOD={0}/sample-Manifest.json"
    expected = {path.format(month) for path in (data, metadata) for month in MONTHS}
    assert set(contents(sample.folder)) == expected | {"labels.csv", "patterns.csv"}


def test_a_manifest_names_the_files_of_its_period(sample, bill):
    for month, columns in bill.months.items():
        path = sample.folder / "sample" / "metadata" / f"BILLING_PERIOD={month}" / "sample-Manifest.json"
        manifest = json.loads(path.read_text())
        (uri,) = manifest["dataFiles"]
        below_bucket = uri.removeprefix("s3://sample-bill/")
        assert (sample.folder / below_bucket).is_file()
        assert [column["name"] for column in manifest["columns"]] == list(columns)
    ids = {json.loads(path.read_text())["executionId"] for path in sample.folder.rglob("*.json")}
    assert len(ids) == len(MONTHS)


def test_it_takes_less_than_eight_megabytes(sample):
    assert sum(path.stat().st_size for path in sample.folder.rglob("*") if path.is_file()) < 8_000_000


def test_writing_it_again_changes_no_byte(sample):
    before = contents(sample.folder)
    write_sample(sample.folder, DuckDBEngine().write_parquet)
    assert contents(sample.folder) == before


def test_it_is_read_like_any_cur_and_costs_what_was_written(sample, items, tmp_path):
    source = SampleSource(str(sample.folder), cache_dir=tmp_path)
    bills = list(source.fetch(FetchRequest()))
    assert [(bill.data_source, bill.export, bill.billing_period) for bill in bills] == [
        ("sample", "sample", month) for month in MONTHS
    ]
    rolled = [DuckDBEngine().rollup(b, ["team"], tmp_path / f"{b.billing_period}.parquet") for b in bills]
    assert sum(charges.line_items for charges in rolled) == sample.line_items == items.types.size
    assert {currency for charges in rolled for currency in charges.totals} == {"USD"}
    written = {"BilledCost": items["line_item_unblended_cost"], "EffectiveCost": items.effective}
    for metric, costs in written.items():
        read = sum(charges.totals["USD"][metric] for charges in rolled)
        assert float(read) == pytest.approx(math.fsum(costs), abs=1e-6)


def test_the_label_file_lists_the_planted_anomalies(sample, bill):
    with sample.labels.open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["kind", "start_date", "end_date", *SCOPE, "impact", "note"]
    assert [row["kind"] for row in rows] == [label.kind for label in bill.labels]
    for row, label in zip(read_labels(sample.labels), bill.labels, strict=True):
        assert (row.kind, row.days, row.scope) == (label.kind, label.days, label.scope)
        assert row.impact == pytest.approx(label.impact, abs=0.005)


def test_the_pattern_file_lists_what_must_stay_silent(sample, bill):
    with sample.patterns.open() as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == [pattern.kind for pattern in bill.patterns]
    assert {row["impact"] for row in rows} == {""}


def test_a_folder_that_cannot_be_written_is_a_user_error(tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way")
    with pytest.raises(InvalidArgument, match="a folder that can be written"):
        write_sample(file, DuckDBEngine().write_parquet)


def test_a_full_disk_is_said_to_be_full(tmp_path):
    def write_parquet(columns, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull, match="the writing of the sample bill"):
        write_sample(tmp_path, write_parquet)
