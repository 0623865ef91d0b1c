"""What moved, who carries it, how much, since when: an anomaly told in full. No input, no output."""

from aws_cost_anomalies.explain.explain import explain

__all__ = ["explain"]
