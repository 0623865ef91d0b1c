"""The store: one DuckDB file with the daily charges, the load records and what was found in them.

Anyone may read at any time; one writer works on a private copy and swaps it in whole. Knows SQL questions and
files; knows neither sources nor detectors.
"""

from aws_cost_anomalies.store.store import Store

__all__ = ["Store"]
