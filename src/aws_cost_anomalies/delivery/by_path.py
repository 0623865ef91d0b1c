"""Plain files without a manifest: their paths say which bill they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aws_cost_anomalies.delivery.delivery import WHOLE, Delivery
from aws_cost_anomalies.delivery.layout import before_month, month_in, raw_format
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.objects import StoredObject

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TIMED = re.compile(r"\d{4}-?\d\d-?\d\dT")


def plain_deliveries(objects: Sequence[StoredObject], name: str) -> Iterator[Delivery]:
    """One bill for each month that paths name, and one for the files whose paths name none.

    Args:
        objects: what lies there.
        name: of the export, where the path does not tell one.
    """
    bills: dict[tuple[str, str], list[StoredObject]] = {}
    for file in objects:
        if raw_format(file.key) is not None:
            month = month_in(file.key)
            export = before_month(file.key) or name
            bills.setdefault((export, str(month) if month else WHOLE), []).append(file)
    for (export, billing_period), files in sorted(bills.items()):
        yield _of_latest(Delivery(export, billing_period), files)


def _of_latest(delivery: Delivery, files: Sequence[StoredObject]) -> Delivery:
    """The files of the latest delivery, where several lie side by side: taking all would count them twice."""
    by_execution: dict[str, list[StoredObject]] = {}
    for file in files:
        by_execution.setdefault(_execution(file.key), []).append(file)
    if len(by_execution) == 1:
        return delivery.with_files(files)
    if all(_TIMED.match(execution) for execution in by_execution):
        return delivery.with_files(by_execution[max(by_execution)])
    problem = BadBill(
        files[0].origin,
        f"{len(by_execution)} deliveries of {delivery.billing_period} lie side by side and no manifest says "
        "which one is current",
        "Copy the manifest along, or keep one delivery.",
    )
    return Delivery(delivery.export, delivery.billing_period, problem=problem)


def _execution(key: str) -> str:
    """The folder of one delivery in a path: the one with an id in its name; empty where there is none."""
    return next((part for part in key.split("/")[:-1] if _ID.search(part)), "")
