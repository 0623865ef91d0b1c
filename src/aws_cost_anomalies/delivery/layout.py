"""What the path of a file says: the billing period it belongs to, and the export.

Source: AWS Data Exports user guide, "Understanding export delivery"; AWS Cost and Usage Reports user guide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aws_cost_anomalies.model.bill import RawFormat
from aws_cost_anomalies.model.period import BillingPeriod

_MONTH = r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])"
_DATA_EXPORT = re.compile(
    rf"(?:^|/)metadata/BILLING_PERIOD={_MONTH}/(?P<execution>[^/]+/)?(?P<export>[^/]+)-Manifest\.json$", re.I
)
_LEGACY = re.compile(
    r"(?:^|/)(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])01-\d{8}/(?P<execution>[^/]+/)?(?P<export>[^/]+)"
    r"-Manifest\.json$",
    re.I,
)
_IN_PATH = (
    re.compile(rf"(?:^|/)BILLING_PERIOD={_MONTH}/", re.I),
    re.compile(r"(?:^|/)(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])01-\d{8}/"),
    re.compile(r"(?:^|/)year=(?P<year>\d{4})/month=(?P<month>0?[1-9]|1[0-2])/", re.I),
)
_MANIFEST = re.compile(r"(?:^|/)(?P<export>[^/]+)-Manifest\.json$", re.I)
_BEGINS = re.compile(r"(?P<year>\d{4})-?(?P<month>0[1-9]|1[0-2])-?01(?:T|$)")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TIME = re.compile(r"\d{8}T\d{6}(?:\.\d+)?Z", re.I)
_FORMATS = {
    ".parquet": RawFormat.PARQUET,
    ".csv": RawFormat.CSV,
    ".csv.gz": RawFormat.CSV,
    ".csv.zip": RawFormat.CSV,
}


@dataclass(frozen=True, slots=True)
class ManifestPath:
    """What the path of a manifest says.

    Attributes:
        folder: what stands before it all.
        execution: the folder of the one delivery it records; empty for the manifest that is kept current.
    """

    export: str
    folder: str
    month: BillingPeriod
    execution: str


def manifest_path(key: str) -> ManifestPath | None:
    """What the path says; None when it is no manifest's."""
    found = _DATA_EXPORT.search(key) or _LEGACY.search(key)
    if not found:
        return None
    return ManifestPath(
        export=found["export"],
        folder=key[: found.start()],
        month=_month(found),
        execution=(found["execution"] or "").rstrip("/"),
    )


def manifest_of(key: str, month: BillingPeriod, execution: str) -> ManifestPath | None:
    """What the path of a manifest says, copied without its month's folder; None when it is no manifest's.

    Args:
        key: the path.
        month: that the manifest itself names.
        execution: the id that it names; its own folder is called so where it is the record of one delivery.
    """
    found = _MANIFEST.search(key)
    if not found:
        return None
    above, _, last = key[: found.start()].rpartition("/")
    is_of_one = bool(last) and (last == execution or is_execution(last))
    folder = above if is_of_one else key[: found.start()]
    return ManifestPath(found["export"], folder, month, last if is_of_one else "")


def is_execution(folder: str, *, by_time: bool = True) -> bool:
    """Whether a folder is called like one delivery: with an id in its name, or by a time alone."""
    return bool(_ID.search(folder)) or (by_time and bool(_TIME.fullmatch(folder)))


def month_of(start: str) -> BillingPeriod | None:
    """The month that begins at a time, as manifests write it; None when that is no first of a month."""
    found = _BEGINS.match(start)
    return _month(found) if found else None


def around_month(key: str) -> tuple[str, str]:
    """What stands before the month in a path, and after it; without a month nothing stands before it."""
    found = next((match for pattern in _IN_PATH if (match := pattern.search(key))), None)
    return (key[: found.start()], key[found.end() :]) if found else ("", key)


def month_in(key: str) -> BillingPeriod | None:
    """The month that a path names; None when it names none."""
    found = next((match for pattern in _IN_PATH if (match := pattern.search(key))), None)
    return _month(found) if found else None


def before_month(key: str) -> str:
    """The folder above the month in a path, which is called like the export; empty where there is none."""
    found = next((match for pattern in _IN_PATH if (match := pattern.search(key))), None)
    above = [part for part in key[: found.start()].split("/") if part] if found else []
    return next((part for part in reversed(above) if part.lower() != "data"), "")


def export_name(where: str) -> str:
    """What to call plain files below a place: the last part of its name that is no month.

    A place that is the folder of a month is called like what holds its months.
    """
    if month_in(f"{where}/") and not month_in(where) and before_month(f"{where}/"):
        return before_month(f"{where}/")
    parts = [part for part in where.removeprefix("s3://").split("/") if part not in {"", ".", ".."}]
    plain = [part for part in parts if month_in(f"{part}/x") is None and part.lower() != "data"]
    return plain[-1].partition(".")[0] if plain else "export"


def is_status(key: str) -> bool:
    """Whether it is no bill but the table that says how far a report's delivery for Athena is."""
    return "/cost_and_usage_data_status/" in f"/{key.lower()}"


def raw_format(key: str) -> RawFormat | None:
    """The format that the ending tells; None for what is no bill."""
    return next((kind for ending, kind in _FORMATS.items() if key.lower().endswith(ending)), None)


def is_zip(key: str) -> bool:
    """Whether it has to be unpacked before an engine reads it."""
    return key.lower().endswith(".csv.zip")


def _month(found: re.Match[str]) -> BillingPeriod:
    return BillingPeriod(int(found["year"]), int(found["month"]))
