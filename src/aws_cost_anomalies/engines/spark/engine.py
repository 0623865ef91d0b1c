"""The engine: raw bills in, daily charges and panels out. Knows the order of the steps.

Only sums come back from the cluster; line items stay where they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyspark.sql import SparkSession

from aws_cost_anomalies.engines.spark import drilldown, rollup
from aws_cost_anomalies.engines.spark.session import Cluster
from aws_cost_anomalies.model.bill import DailyCharges, RawBill
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.ports import Engine


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Spark, wherever it runs.

    Attributes:
        local: the engine of this machine, which says what the view `cost_line_items` reads: the store and its
            views are DuckDB's, whoever sums the bills.
        remote: a Spark Connect address (`sc://host:15002`) or a master (`spark://host:7077`, `local[2]`);
            unused when a session is given.
        session: a session made by the caller, e.g. in a notebook; its own settings stay as they are.
        read_in_place: whether a file that came from S3 is read there by the workers, not from its copy.
    """

    local: Engine
    remote: str = ""
    session: SparkSession | None = None
    read_in_place: bool = False

    def rollup(self, bill: RawBill, tags: Sequence[str], into: Path) -> DailyCharges:
        """The bill as daily FOCUS charges, written to the Parquet file `into`.

        Its columns are those of `model.focus.SUMMARY`, then `x_LineItems`: row for row what DuckDB makes.

        Raises:
            BadBill: a file is unreadable, lacks a required column or holds a cost that is no number.
            ServiceUnavailable: the cluster does not answer, or gave up.
            SettingsError: this Spark client cannot reach it, or its workers cannot see the files.
        """
        with self._cluster.connected(bill) as reader:
            return rollup.rollup(reader, bill, tags, into=into)

    def panel(self, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
        """A Panel over raw line items, so by resource or operation too.

        Every day counts as settled; a day that no bill speaks for is NaN.

        Raises:
            BadBill, ServiceUnavailable, SettingsError: as for `rollup`.
            MixedCurrencies: the line items have several and the query names none.
        """
        there = [bill for bill in bills if bill.data_source == query.data_source]
        with self._cluster.connected(*there) as reader:
            return drilldown.panel(reader, there, query)

    def line_items_sql(self, bills: Sequence[RawBill], tags: Sequence[str]) -> str:
        """A SELECT of every line item whose files are on this machine, in DuckDB's words, for a view."""
        return self.local.line_items_sql(bills, tags)

    @property
    def _cluster(self) -> Cluster:
        return Cluster(self.remote, session=self.session, read_in_place=self.read_in_place)
