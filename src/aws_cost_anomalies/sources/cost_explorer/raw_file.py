"""Cost Explorer's groups as one file of JSON lines in the cache, every value as the text it came as.

A file is complete or not there, readable by its owner alone, and named by its content.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from aws_cost_anomalies import private
from aws_cost_anomalies.model.bill import RawFile
from aws_cost_anomalies.model.scope import tag_of
from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.sources.cost_explorer.answers import Group

_FIELDS = {
    "UnblendedCost": "unblended_cost",
    "BlendedCost": "blended_cost",
    "NetAmortizedCost": "net_amortized_cost",
    "AmortizedCost": "amortized_cost",
    "UsageQuantity": "usage_quantity",
}
_NOTHING = frozenset({"NoRegion", "NoUsageType", "global"})
"""What Cost Explorer writes where a charge has no such value."""


def write_groups(groups: Iterable[Group], folder: Path, names: Mapping[str, str]) -> RawFile | None:
    """The file that holds these groups, None when there are none.

    Args:
        groups: as they come; nothing is kept when they end in an error.
        folder: made when it is not there.
        names: account id → name; looked at group by group, so it may still grow.

    Raises:
        DiskFull: no room for it.
        SettingsError: nobody may write there.
    """
    with private.cache_told(folder, "keeping the answer of Cost Explorer"):
        return _written(groups, folder, names)


def _written(groups: Iterable[Group], folder: Path, names: Mapping[str, str]) -> RawFile | None:
    private.make_folder(folder)
    digest, size = hashlib.sha256(), 0
    # mkstemp gives the file to its owner alone.
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for group in groups:
                line = json.dumps(_row(group, names), ensure_ascii=False, sort_keys=True).encode() + b"\n"
                file.write(line)
                digest.update(line)
                size += len(line)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            return None
        path = folder / f"{digest.hexdigest()[:16]}.jsonl"
        part.replace(path)
        return RawFile(path, str(path), digest.hexdigest(), size)
    finally:
        part.unlink(missing_ok=True)


def _row(group: Group, names: Mapping[str, str]) -> dict[str, str]:
    fields = {
        name: value for name, value in group.values.items() if value is not None and value not in _NOTHING
    }
    keyed = {name: tag for name in fields if (tag := tag_of(name)) is not None}
    tags = {tag: fields.pop(name) for name, tag in keyed.items()}
    service = canonical(fields.get("service", ""))
    row = {
        "day": str(group.day),
        "currency": group.currency,
        "usage_unit": group.unit,
        "estimated": str(group.is_estimated).lower(),
        "account_name": names.get(fields.get("account", ""), ""),
        "service_code": service.code if service else "",
        "tags": json.dumps(tags, ensure_ascii=False) if tags else "",
        **{name.replace("-", "_"): value for name, value in fields.items()},
        **{field: group.amounts[metric] for metric, field in _FIELDS.items()},
    }
    return {name: value for name, value in row.items() if value}
