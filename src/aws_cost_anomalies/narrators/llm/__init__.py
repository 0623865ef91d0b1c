"""A language model as narrator: every number of its text is checked against the facts."""

from aws_cost_anomalies.narrators.llm.llm import Llm

__all__ = ["Llm"]
