"""Amazon Athena: raw bills to daily charges, and drill-downs, where the bills already lie."""

from aws_cost_anomalies.engines.athena.engine import AthenaEngine

__all__ = ["AthenaEngine"]
