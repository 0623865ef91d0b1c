"""Free SQL: one SELECT over the published store, written by somebody who is not trusted.

A worker process with limits of the operating system runs it on a locked, read-only connection after a gate of
exactly one SELECT over known tables and functions; what it answers is capped, and marked where it was cut.
"""

from aws_cost_anomalies.free_sql.dictionary import dictionary
from aws_cost_anomalies.free_sql.free_sql import FreeSql
from aws_cost_anomalies.free_sql.kept import kept
from aws_cost_anomalies.free_sql.limits import Limits
from aws_cost_anomalies.free_sql.rows import Rows

__all__ = ["FreeSql", "Limits", "Rows", "dictionary", "kept"]
