"""The family of narrators: each puts an explanation into words. One file or folder, one kind."""

KINDS = {
    "llm": "aws_cost_anomalies.narrators.llm:Llm",
    "plain": "aws_cost_anomalies.narrators.plain:Plain",
}
