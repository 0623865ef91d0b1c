"""Load records: as rows of `ingestion_log`, and as `Load` values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from aws_cost_anomalies.model.bill import DailyCharges, RawBill, RawFile, RawFormat, Totals
from aws_cost_anomalies.model.load import Load, Restatement
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store.moments import stored, told
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


def load_of(bill: RawBill, charges: DailyCharges, *, loaded_at: datetime) -> Load:
    """The record of a bill that is loaded now, but for what it restates."""
    return Load(
        data_source=bill.data_source,
        export=bill.export,
        billing_period=bill.billing_period,
        period=bill.period,
        version=bill.version,
        loaded_at=loaded_at,
        files=bill.files,
        format=bill.format,
        mapping=bill.mapping.name,
        line_items=charges.line_items,
        rows=charges.rows,
        totals={currency: sums for currency, sums in charges.totals.items() if sums},
        covered=charges.covered,
        execution=bill.execution,
        manifest_etag=bill.manifest_etag,
    )


def last_load(connection: Connection) -> int:
    """The number of the newest load of all; 0 before the first."""
    row = connection.execute(statement("last_load")).fetchone()
    return int(row[0]) if row else 0


def newest_loads(
    connection: Connection, data_source: str | None = None, *, through: int | None = None
) -> tuple[Load, ...]:
    """The newest load of each bill, of one data source or of all, ordered by data source and export.

    What they restated is left out.

    Args:
        connection: to the store.
        data_source: None means all.
        through: the last load that counts; None means all.
    """
    values = {"data_source": data_source, "through": through}
    found = connection.execute(statement("loads", values))
    names = [column[0] for column in found.description or ()]
    return tuple(_load(dict(zip(names, row, strict=True))) for row in found.fetchall())


def restatement(row: Iterable[Any]) -> Restatement:
    """From the columns day, service, currency, change, effective_change, data_source."""
    return Restatement(*row)


def insert_load(connection: Connection, load: Load, *, restated: str) -> tuple[Restatement, ...]:
    """What the load restates, written with its record.

    Args:
        connection: in a transaction.
        load: the record.
        restated: a SELECT of what it restates.
    """
    covered = load.covered
    row = {
        "data_source": load.data_source,
        "export": load.export,
        "billing_period": load.billing_period,
        "start": load.period.start,
        "end": load.period.end,
        "version": load.version,
        "loaded_at": stored(load.loaded_at),
        "format": load.format.value,
        "mapping": load.mapping,
        "line_items": load.line_items,
        "summary_rows": load.rows,
        "covered_start": covered.start if covered else None,
        "covered_end": covered.end if covered else None,
        "execution": load.execution,
        "manifest_etag": load.manifest_etag,
        "files": [_file_row(file) for file in load.files],
        "totals": [
            {"currency": currency, "metric": metric, "total": total}
            for currency, sums in load.totals.items()
            for metric, total in sums.items()
        ],
    }
    connection.execute(statement("insert_load", row, restated=restated))
    moved = connection.execute(statement("restated_last")).fetchall()
    return tuple(restatement(columns) for columns in moved)


def _load(row: dict[str, Any]) -> Load:
    is_covered = row["covered_start"] is not None
    return Load(
        data_source=row["data_source"],
        export=row["export"],
        billing_period=row["billing_period"],
        period=Period(row["period_start"], row["period_end"]),
        version=row["version"],
        loaded_at=told(row["loaded_at"]),
        files=tuple(RawFile(Path(f["path"]), f["origin"], f["etag"], f["size"]) for f in row["files"]),
        format=RawFormat(row["format"]),
        mapping=row["mapping"],
        line_items=row["line_items"],
        rows=row["summary_rows"],
        totals=_totals(row["totals"]),
        covered=Period(row["covered_start"], row["covered_end"]) if is_covered else None,
        execution=row["execution"],
        manifest_etag=row["manifest_etag"],
    )


def _totals(rows: Iterable[dict[str, Any]]) -> Totals:
    totals: dict[str, dict[str, Decimal]] = {}
    for row in rows:
        totals.setdefault(row["currency"], {})[row["metric"]] = row["total"]
    return totals


def _file_row(file: RawFile) -> dict[str, object]:
    return {"path": str(file.path), "origin": file.origin, "etag": file.etag, "size": file.size}
