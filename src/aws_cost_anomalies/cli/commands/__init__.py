"""FAMILY: one file = one command. Each file holds `COMMAND`; it loads only when its command is named."""

from __future__ import annotations

SUMMARIES: dict[str, str] = {
    "demo": "All of it on a sample bill, with no account",
    "init": "Write a first configuration",
    "doctor": "Whether everything is there that a daily run needs",
    "ingest": "Bring bills into the store",
    "trends": "Cost over time",
    "anomalies": "Costs that moved without a good reason",
    "explain": "One anomaly in full: who carries it, to the cent",
    "compare": "Two periods side by side",
    "alert": "Tell people what is new, once",
    "run": "Ingest, detect, explain and alert: the whole morning",
    "feedback": "Say of an anomaly: yes, no or planned",
    "backtest": "What a daily run would have told, replayed over history",
    "serve": "The dashboard, on this machine",
    "report": "One HTML file that holds everything",
    "query": "Ask in plain language; every figure can be traced",
    "mcp": "The tools of `query` for other assistants",
    "iam-policy": "The least a role has to be allowed in AWS",
    "sample-data": "Write the sample bill",
}
"""Command → what comes back, in the order `--help` shows them. `sample-data` lives in `sample_data.py`."""
