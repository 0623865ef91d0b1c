"""One bare DuckDB statement in a process of its own: `python -m benchmarks.bare STATEMENT FILES INTO`.

With the settings that our engine's connections have, so that only the work differs.
"""

from __future__ import annotations

import sys

import duckdb

from aws_cost_anomalies import sql

if __name__ == "__main__":
    statement, files, into = sys.argv[1:4]
    database = into if statement == "bare_load" else ":memory:"
    fill = {"files": sql.literal(files)} | ({} if statement == "bare_load" else {"into": sql.literal(into)})
    with duckdb.connect(database, config={"preserve_insertion_order": False}) as connection:
        connection.execute(sql.read(__package__, statement, **fill))
