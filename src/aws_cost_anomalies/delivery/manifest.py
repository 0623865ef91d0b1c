"""What a manifest says: which files make up the current bill, and under which id.

Source: AWS Data Exports user guide and AWS Cost and Usage Reports user guide, manifest files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from aws_cost_anomalies.delivery.layout import month_in, month_of
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.period import BillingPeriod


class Manifest(BaseModel):
    """The keys of a manifest that matter, of legacy CUR or of a Data Export."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    assemblyId: str | None = None  # noqa: N815 - as AWS spells it
    reportKeys: tuple[str, ...] | None = None  # noqa: N815
    executionId: str | None = None  # noqa: N815
    dataFiles: tuple[str, ...] | None = None  # noqa: N815
    billingPeriod: Any = None  # noqa: N815

    @property
    def execution(self) -> str:
        """The id of the delivery."""
        return self.executionId or self.assemblyId or ""

    @property
    def month(self) -> BillingPeriod | None:
        """The billing period: as a legacy report says it, else as the paths of its files do."""
        period = self.billingPeriod
        said = month_of(str(period.get("start", ""))) if isinstance(period, dict) else None
        return said or next((month for key in self.keys if (month := month_in(key))), None)

    @property
    def keys(self) -> Sequence[str]:
        """The files: keys in the bucket."""
        return [_key(file) for file in self.dataFiles or self.reportKeys or ()]


def read_manifest(content: bytes, origin: str) -> Manifest:
    """The manifest that these bytes are. Raises: BadBill."""
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        first: Any = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadBill(origin, f"it is not a manifest ({where or 'content'}: {first['msg']})") from error
    if manifest.dataFiles is None and manifest.reportKeys is None:
        raise BadBill(origin, "it names no files: neither dataFiles nor reportKeys is there")
    return manifest


def _key(file: str) -> str:
    """A file as its key: `s3://bucket/a/b` is `a/b`."""
    return file.removeprefix("s3://").partition("/")[2] if file.startswith("s3://") else file.lstrip("/")
