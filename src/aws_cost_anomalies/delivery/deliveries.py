"""The current bill of every export and billing period below a place, however it is laid out there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aws_cost_anomalies.delivery.by_manifest import copied_manifests, current_manifests, read_deliveries
from aws_cost_anomalies.delivery.by_path import plain_deliveries
from aws_cost_anomalies.delivery.delivery import Delivery
from aws_cost_anomalies.delivery.layout import export_name
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.objects import Location

_LAYOUTS = (
    "Looked for Data Exports (…/metadata/BILLING_PERIOD=YYYY-MM/<export>-Manifest.json), legacy CUR "
    "(…/yyyymmdd-yyyymmdd/<report>-Manifest.json) and plain .parquet, .csv, .csv.gz or .csv.zip files; "
    "check the prefix."
)


def deliveries(location: Location, where: str, report_name: str | None = None) -> Iterator[Delivery]:
    """The current bill of every export and billing period, by export, then period.

    Args:
        location: the place.
        where: its name, as people write it.
        report_name: only this export; None means every one.

    Raises:
        NoData: there is no export, or none of that name.
        MissingLocation, UsageError: as listing it says.
    """
    objects = location.objects()
    manifests = current_manifests(objects) or copied_manifests(location, objects)
    if not manifests:
        plain = list(plain_deliveries(objects, report_name or export_name(where), where=where))
        if not plain:
            raise NoData(f"below {where}", _LAYOUTS)
        yield from plain
        return
    wanted = [found for found in manifests if report_name in {None, found.path.export}]
    if not wanted:
        raise _no_such_export(where, report_name or "", [found.path.export for found in manifests])
    yield from read_deliveries(location, objects, wanted)


def _no_such_export(where: str, report_name: str, there: Sequence[str]) -> NoData:
    names = ", ".join(dict.fromkeys(there))
    return NoData(f"of the export {report_name} below {where}", f"Exports that are there: {names}.")
