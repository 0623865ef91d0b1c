"""Where charges come from: one kind, one file, its mapping beside it. Kinds load when they are named."""

KINDS = {
    "cost_explorer": "aws_cost_anomalies.sources.cost_explorer:CostExplorerSource",
    "cur": "aws_cost_anomalies.sources.cur:CurSource",
    "focus": "aws_cost_anomalies.sources.focus_export:FocusSource",
    "sample": "aws_cost_anomalies.sources.cur:SampleSource",
}
"""Data source → where it is."""

MAPPINGS = {
    "cost_explorer": "aws_cost_anomalies.sources.cost_explorer.mapping:MAPPING",
    "cur": "aws_cost_anomalies.sources.cur:MAPPING",
    "focus": "aws_cost_anomalies.sources.focus_export:MAPPING",
}
"""Mapping name, as a load record keeps it → where the mapping is."""
