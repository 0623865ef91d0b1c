"""Who reads raw bills: one kind, one folder. Kinds load when they are named."""

KINDS = {
    "athena": "aws_cost_anomalies.engines.athena:AthenaEngine",
    "duckdb": "aws_cost_anomalies.engines.duckdb:DuckDBEngine",
    "spark": "aws_cost_anomalies.engines.spark:SparkEngine",
}
"""Name in the settings → where the engine is."""

IN_PARTS = frozenset({"duckdb"})
"""Those that can begin a bill before all of its files are here: `model.ports.InParts`."""
