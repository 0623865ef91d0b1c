"""The engine: Parquet bills in S3 go to Athena, every other bill to this machine.

Only sums come back; line items stay where they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cost_anomalies.engines.athena import drilldown, rollup
from aws_cost_anomalies.engines.athena.queries import Athena
from aws_cost_anomalies.model.bill import DailyCharges, RawBill, RawFormat
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.ports import Engine


@dataclass(frozen=True, slots=True)
class AthenaEngine:
    """Athena, with tables that live as long as one question.

    Attributes:
        local: the engine of this machine: for bills that are not Parquet in S3, and for views.
        write: writes the sums that come back to a Parquet file.
        output: s3://bucket/prefix where Athena puts its results.
        database: of the Glue catalog; made when it is not there.
        workgroup: its limits and its bill count.
        profile: of the AWS configuration; None means the standard chain.
        region: where the bucket lies; None means the configured one.
    """

    local: Engine
    write: rollup.WriteParquet
    output: str
    database: str = "aws_cost_anomalies"
    workgroup: str = "primary"
    profile: str | None = None
    region: str | None = None

    def rollup(self, bill: RawBill, tags: Sequence[str], into: Path) -> DailyCharges:
        """The bill as daily FOCUS charges, written to the Parquet file `into`.

        Its columns are those of `model.focus.SUMMARY`, then `x_LineItems`: row for row what DuckDB makes.

        Raises:
            BadBill: a file is unreadable, lacks a required column or holds a cost that is no number.
            AccessDenied, CredentialsError, ServiceUnavailable: Athena or S3 refused.
        """
        if not is_in_place(bill):
            return self.local.rollup(bill, tags, into)
        return rollup.rollup(self._athena, bill, tags, write=self.write, into=into)

    def panel(self, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
        """A Panel over raw line items, so by resource or operation too.

        Every day counts as settled; a day that no bill speaks for is NaN.

        Raises:
            BadBill, AccessDenied, CredentialsError, ServiceUnavailable: as for `rollup`.
            MixedCurrencies: the line items have several and the query names none.
        """
        there = [bill for bill in bills if bill.data_source == query.data_source and bill.files]
        remote = [bill for bill in there if is_in_place(bill)]
        if not remote:
            return self.local.panel(bills, query)
        panel = drilldown.panel(self._athena, remote, query)
        others = [bill for bill in there if not is_in_place(bill)]
        return drilldown.merged(panel, self.local.panel(others, query)) if others else panel

    def line_items_sql(self, bills: Sequence[RawBill], tags: Sequence[str]) -> str:
        """A SELECT of every line item whose files are on this machine, in DuckDB's words, for a view."""
        return self.local.line_items_sql(bills, tags)

    @property
    def _athena(self) -> Athena:
        return Athena(self.output, self.database, self.workgroup, profile=self.profile, region=self.region)


def is_in_place(bill: RawBill) -> bool:
    """Whether Athena reads a bill: Parquet that lies in S3 and was not fetched."""
    return (
        bill.format is RawFormat.PARQUET
        and bool(bill.files)
        and all(file.origin.startswith("s3://") and not file.path.is_file() for file in bill.files)
    )
