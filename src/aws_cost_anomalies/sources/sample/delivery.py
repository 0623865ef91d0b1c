"""The sample bill on disk: a CUR 2.0 export as AWS delivers one, and the list of what was planted.

Source: AWS Data Exports user guide, "Understanding export delivery".
"""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    """The sample bill written below `folder`, which is made when it is not there."""
    bill = sample_bill(seed)
    for month, columns in bill.months.items():
        data = Path("data") / f"BILLING_PERIOD={month}" / f"{EXPORT}-00001.snappy.parquet"
        manifest = Path("metadata") / f"BILLING_PERIOD={month}" / f"{EXPORT}-Manifest.json"
        for path in (data, manifest):
            (folder / EXPORT / path).parent.mkdir(parents=True, exist_ok=True)
        write_parquet(columns, folder / EXPORT / data)
        text = json.dumps(_manifest(bill, month, data.as_posix()), indent=2)
        (folder / EXPORT / manifest).write_text(text + "\n", encoding="utf-8")
    labels, patterns = folder / "labels.csv", folder / "patterns.csv"
    labels.write_text(labels_csv(bill.labels), encoding="utf-8")
    patterns.write_text(labels_csv(bill.patterns), encoding="utf-8")
    return SampleFiles(folder, EXPORT, labels, patterns, bill.period, line_items(bill))


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


def _manifest(bill: SampleBill, month: BillingPeriod, data: str) -> dict[str, object]:
    """What AWS says of a delivery: which run it is of and which files belong to it."""
    return {
        "executionId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"sample/{bill.seed}/{month}")),
        "exportName": EXPORT,
        "billingPeriod": str(month),
        "columns": [{"name": name, "type": kind} for name, (kind, _) in bill.months[month].items()],
        "dataFiles": [f"s3://sample-bill/{EXPORT}/{data}"],
    }
