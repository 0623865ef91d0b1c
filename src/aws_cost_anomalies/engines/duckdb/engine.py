"""The engine: raw bills in, daily charges, panels and line items out. Knows the order of the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aws_cost_anomalies.engines.duckdb import drilldown, rollup, writing
from aws_cost_anomalies.engines.duckdb.session import Session
from aws_cost_anomalies.model.bill import DailyCharges, RawBill
from aws_cost_anomalies.model.panel import Panel, PanelQuery


@dataclass(frozen=True, slots=True)
class DuckDBEngine:
    """DuckDB in this process.

    Attributes:
        memory_limit: as DuckDB writes it, e.g. `2GB`; None means its own limit.
        threads: None means every core.
        temp_dir: below it goes what does not fit in memory; None means DuckDB's own choice.
    """

    memory_limit: str | None = None
    threads: int | None = None
    temp_dir: Path | None = None

    def rollup(self, bill: RawBill, tags: Sequence[str], into: Path) -> DailyCharges:
        """The bill as daily FOCUS charges, written to the Parquet file `into`.

        Its columns are those of `model.focus.SUMMARY`, then `x_LineItems`. A charge keeps its own UTC day
        even where that lies outside the bill's period. A metric that no line item of a currency has is absent
        from `totals`.

        Raises:
            BadBill: a file is unreadable, lacks a required column or holds a cost that is no number.
        """
        with self._session.connected(f"the roll-up of {bill.billing_period}") as connection:
            return rollup.rollup(connection, bill, tags, into=into)

    def together(self, parts: Sequence[DailyCharges], into: Path) -> DailyCharges:
        """The daily charges of a bill from those of its files, some at a time, in the Parquet file `into`.

        They are what a roll-up of all the files at once gives, to the last digit.
        """
        with self._session.connected("adding up the parts of a bill") as connection:
            return rollup.together(connection, parts, into=into)

    def panel(self, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
        """A Panel over raw line items, so by resource or operation too.

        Every day counts as settled; a day that no bill speaks for is NaN.

        Raises:
            BadBill: as for `rollup`.
            MixedCurrencies: the line items have several and the query names none.
        """
        with self._session.connected("a drill-down into line items") as connection:
            return drilldown.panel(connection, bills, query)

    def line_items_sql(self, bills: Sequence[RawBill], tags: Sequence[str]) -> str:
        """A SELECT of every line item of these bills, in DuckDB's words, for a view.

        It gives `data_source`, `export`, `billing_period` and the columns of `model.focus.COLUMNS`, and reads
        the raw files where they lie now; a bill whose files are gone is left out.

        Raises:
            BadBill: as for `rollup`.
        """
        with self._session.connected("a look at the raw files") as connection:
            return drilldown.line_items_sql(connection, bills, tags)

    def write_parquet(self, columns: Mapping[str, tuple[str, writing.Values]], path: Path) -> None:
        """Write one Parquet file: column → (SQL type, values); None is NULL, a map is given as a dict."""
        with self._session.connected(f"the writing of {path.name}") as connection:
            writing.write_parquet(connection, columns, path)

    @property
    def _session(self) -> Session:
        return Session(self.memory_limit, self.threads, self.temp_dir)
