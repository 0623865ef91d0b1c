"""DuckDB in this process: raw bills to daily charges, and drill-downs, on one machine."""

from aws_cost_anomalies.engines.duckdb.engine import DuckDBEngine

__all__ = ["DuckDBEngine"]
