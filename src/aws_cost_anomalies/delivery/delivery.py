"""One delivery: the current bill of one export and billing period."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aws_cost_anomalies.delivery.layout import raw_format
from aws_cost_anomalies.errors import BadBill, PartialResult
from aws_cost_anomalies.model.bill import ANY_DAY, RawFormat
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.objects import StoredObject

WHOLE = "all"
"""Billing period of files whose paths name no month: one bill, of whatever days its charges have."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The current bill of one export and billing period, not fetched yet.

    Attributes:
        billing_period: `YYYY-MM`, or `all` where no path names a month.
        version: differs as soon as the manifest, its id or one of the files does.
        problem: why it cannot be taken; it has no files then.
        execution: execution or assembly id; empty where nothing states one.
        manifest_etag: of the manifest that says which files it has; empty without one.
        left_out: the folders of earlier deliveries beside it that no manifest says are earlier.
    """

    export: str
    billing_period: str
    version: str = ""
    files: tuple[StoredObject, ...] = ()
    format: RawFormat = RawFormat.PARQUET
    problem: PartialResult | None = None
    execution: str = ""
    manifest_etag: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def period(self) -> Period:
        """The days it speaks for."""
        return ANY_DAY if self.billing_period == WHOLE else BillingPeriod.parse(self.billing_period).period

    def with_files(self, files: Sequence[StoredObject]) -> Delivery:
        """The same with its files, all of one format, and the version that follows from them."""
        version = self._version(files)
        if not files:
            return replace(self, version=version)
        formats = [(raw_format(file.key), file) for file in files]
        for kind, file in formats:
            if kind is None:
                hint = "Have the export delivered as Parquet or as CSV, plain, as gzip or as .csv.zip."
                return replace(self, problem=BadBill(file.origin, "it is neither Parquet nor CSV", hint))
        kinds = {kind for kind, _ in formats if kind}
        if len(kinds) > 1:
            problem = BadBill(files[0].origin, "Parquet and CSV files lie side by side in one bill")
            return replace(self, problem=problem)
        return replace(self, version=version, files=tuple(files), format=kinds.pop())

    def _version(self, files: Iterable[StoredObject]) -> str:
        manifest = [self.execution, self.manifest_etag] if self.manifest_etag else []
        parts = [*manifest, *(f"{file.key} {file.etag}" for file in files)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
