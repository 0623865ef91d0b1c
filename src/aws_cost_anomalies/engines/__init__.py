"""Who reads raw bills: one kind, one folder. Kinds load when they are named."""

KINDS = {"duckdb": "aws_cost_anomalies.engines.duckdb:DuckDBEngine"}
"""Name in the settings → where the engine is."""
