"""Plain files without a manifest: their paths say which bill they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from aws_cost_anomalies.delivery.delivery import WHOLE, Delivery
from aws_cost_anomalies.delivery.layout import (
    around_month,
    before_month,
    is_execution,
    is_status,
    is_zip,
    month_in,
    raw_format,
)
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.objects import StoredObject

_TIMED = re.compile(r"\d{4}-?\d\d-?\d\dT")
_PARTITION = re.compile(r".*=.*|\d{12}|\d{1,2}")
"""A folder that splits a bill: `account=…`, an account, a day or an hour."""
_Executions = dict[str, list[StoredObject]]


def plain_deliveries(objects: Sequence[StoredObject], name: str, *, where: str = "") -> Iterator[Delivery]:
    """One bill for each month that paths name, and one for the files whose paths name none.

    Args:
        objects: what lies there.
        name: of the export, where the path does not tell one.
        where: the folder, which may be that of a month itself; a file alone is a part of its month at most.
    """
    bills: dict[tuple[str, str], list[StoredObject]] = {}
    keys = {file.key for file in objects}
    for file in objects:
        if raw_format(file.key) is not None and not is_status(file.key) and not _is_unpacked(file.key, keys):
            is_alone = f"/{where}".endswith(f"/{file.key}")
            month = month_in(file.key) or (None if is_alone else month_in(f"{where}/"))
            export = before_month(file.key) or name
            bills.setdefault((export, str(month) if month else WHOLE), []).append(file)
    for (export, billing_period), files in sorted(bills.items()):
        yield _of_latest(Delivery(export, billing_period), files)


def _is_unpacked(key: str, keys: Collection[str]) -> bool:
    """Whether it is a ZIP that what was in it lies beside: both would count it twice."""
    return is_zip(key) and not {key[:-4], f"{key[:-4]}.gz"}.isdisjoint(keys)


def _of_latest(delivery: Delivery, files: Sequence[StoredObject]) -> Delivery:
    """The files of the latest delivery, where several lie side by side: taking all would count them twice.

    Accounts whose months lie in folders of their own each have their latest.
    """
    by_folder: _Executions = defaultdict(list)
    for file in files:
        by_folder[around_month(file.key)[0]].append(file)
    taken: list[StoredObject] = []
    left_out: list[str] = []
    for of_folder in by_folder.values():
        executions = _executions(of_folder, has_month=delivery.billing_period != WHOLE)
        if any(executions) and len({_but_partitions(folder.split("/")) for folder in by_folder}) > 1:
            return Delivery(
                delivery.export, delivery.billing_period, problem=_of_one_name(delivery, by_folder)
            )
        if len(executions) == 1:
            taken += of_folder
        elif all(_TIMED.match(execution) for execution in executions):
            latest = max(executions)
            taken += executions[latest]
            earlier = (each for name, each in sorted(executions.items()) if name != latest)
            left_out += [of_one[0].origin.rpartition("/")[0] for of_one in earlier]
        else:
            return Delivery(delivery.export, delivery.billing_period, problem=_unclear(delivery, executions))
    return replace(delivery.with_files(taken), left_out=tuple(left_out))


def _but_partitions(folders: Iterable[str]) -> str:
    return "/".join(each for each in folders if not _PARTITION.fullmatch(each))


def _of_one_name(delivery: Delivery, by_folder: _Executions) -> BadBill:
    first, second, *_ = by_folder.values()
    return BadBill(
        first[0].origin,
        f"another export is called {delivery.export} too, at {second[0].origin}",
        "Point --path or the prefix at one of them; keep a store for each (`database.path`).",
    )


def _unclear(delivery: Delivery, executions: _Executions) -> BadBill:
    return BadBill(
        next(iter(executions.values()))[0].origin,
        f"{len(executions)} deliveries of {delivery.billing_period} lie side by side and no manifest says "
        "which one is current",
        "Copy the manifest along, or keep one delivery.",
    )


def _executions(files: Sequence[StoredObject], *, has_month: bool) -> _Executions:
    """The files by delivery: by the folder with an id or a time in its name, else by folders of equal names.

    Without a month these may be folders of a month each, and only an id makes them deliveries.
    """
    called: _Executions = {}
    beside: _Executions = {}
    for file in files:
        folders = around_month(file.key)[1].split("/")[:-1]
        named = (each for each in folders if is_execution(each, by_time=has_month))
        called.setdefault(next(named, ""), []).append(file)
        beside.setdefault(_but_partitions(folders), []).append(file)
    if len(called) > 1 or not has_month:
        return called
    names = [file.name for of_folder in beside.values() for file in {f.name: f for f in of_folder}.values()]
    return beside if len(set(names)) < len(names) else called
