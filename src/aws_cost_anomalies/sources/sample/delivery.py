"""The sample bill on disk: a CUR 2.0 export as AWS delivers one, and the list of what was planted.

Source: AWS Data Exports user guide, "Understanding export delivery".
"""

from __future__ import annotations

import csv
import errno
import io
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aws_cost_anomalies.errors import DiskFull, InvalidArgument
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.sources.sample.bill import DEFAULT_SEED, SampleBill, sample_bill
from aws_cost_anomalies.sources.sample.columns import Columns
from aws_cost_anomalies.sources.sample.happenings import Happening

EXPORT = "sample"
SCOPE = ("ServiceName", "SubAccountId", "RegionId", "x_UsageType")
WriteParquet = Callable[[Columns, Path], None]


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Where the sample bill lies.

    Attributes:
        folder: what to give to a source that reads Cost and Usage Reports.
        export: name of the export below it.
        labels: CSV of the planted anomalies.
        patterns: CSV of the ordinary patterns.
    """

    folder: Path
    export: str
    labels: Path
    patterns: Path
    period: Period
    line_items: int


def write_sample(folder: Path, write_parquet: WriteParquet, *, seed: int = DEFAULT_SEED) -> SampleFiles:
    """The sample bill written below `folder`, which is made when it is not there.

    Raises:
        InvalidArgument: the folder cannot be written.
        DiskFull: there is no room for the bill.
    """
    bill = sample_bill(seed)
    labels, patterns = folder / "labels.csv", folder / "patterns.csv"
    with _writing(folder):
        for month, columns in bill.months.items():
            partition = f"BILLING_PERIOD={month}"
            data = Path("data") / partition / f"{EXPORT}-00001.snappy.parquet"
            (folder / EXPORT / data).parent.mkdir(parents=True, exist_ok=True)
            write_parquet(columns, folder / EXPORT / data)
            manifest = folder / EXPORT / "metadata" / partition / f"{EXPORT}-Manifest.json"
            manifest.parent.mkdir(parents=True, exist_ok=True)
            manifest.write_text(_manifest(bill, month, data.as_posix()), encoding="utf-8")
        labels.write_text(labels_csv(bill.labels), encoding="utf-8")
        patterns.write_text(labels_csv(bill.patterns), encoding="utf-8")
    return SampleFiles(folder, EXPORT, labels, patterns, bill.period, line_items(bill))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Steps that write below a folder; what the disk refuses is said in this program's words."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(folder, "the writing of the sample bill") from error
        allowed = "a folder that can be written"
        raise InvalidArgument("The folder of the sample bill", str(folder), allowed) from error


def line_items(bill: SampleBill) -> int:
    """How many line items the bill has."""
    return sum(columns["line_item_usage_amount"][1].size for columns in bill.months.values())


def labels_csv(happenings: Sequence[Happening]) -> str:
    """The list as CSV: an empty dimension means any, both days are in it, the impact is in USD."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "start_date", "end_date", *SCOPE, "impact", "note"))
    for each in happenings:
        scope = each.scope.as_dict()
        impact = "" if each.impact is None else f"{each.impact:.2f}"
        values = (scope.get(key, "") for key in SCOPE)
        writer.writerow((each.kind, each.days.start, each.days.last_day, *values, impact, each.note))
    return text.getvalue()


def _manifest(bill: SampleBill, month: BillingPeriod, data: str) -> str:
    """What AWS says of a delivery, as JSON: which run it is of and which files belong to it."""
    manifest = {
        "executionId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"sample/{bill.seed}/{month}")),
        "exportName": EXPORT,
        "billingPeriod": str(month),
        "columns": [{"name": name, "type": kind} for name, (kind, _) in bill.months[month].items()],
        "dataFiles": [f"s3://sample-bill/{EXPORT}/{data}"],
    }
    return json.dumps(manifest, indent=2) + "\n"
