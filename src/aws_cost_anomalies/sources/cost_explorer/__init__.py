"""Cost Explorer: daily costs by request, for those who have no export. Each page of an answer is paid for."""

from aws_cost_anomalies.sources.cost_explorer.query_plan import QueryPlan
from aws_cost_anomalies.sources.cost_explorer.source import CostExplorerSource

__all__ = ["CostExplorerSource", "QueryPlan"]
