"""What the model of the documents says: one call of a tool for each question, its figures read from there."""

from __future__ import annotations

import json
from typing import Any

from tests.model_double import Asked, Use

CALLS = {
    "top 3": Use("cost_trend", {"period": "2026-08", "group_by": "service", "top": 3}),
    "resources": Use(
        "drill_down", {"period": "2026-08", "filter": {"service": "Amazon SageMaker"}, "by": "resource"}
    ),
    "planned": Use("cost_trend", {"period": "2026-08", "group_by": "total"}),
}


def says(asked: Asked) -> object:
    """A call, or what its result says."""
    topic = next((topic for topic in CALLS if topic in json.dumps(asked.body["messages"])), None)
    if topic is None:
        return "I can answer questions about the sample bill."
    if not asked.results:
        return CALLS[topic]
    data = json.loads(asked.results[0])["data"]
    if topic == "planned":
        return f"August 2026 cost {_usd(data['total'])} (net-amortized), and 60,000.00 USD were planned."
    value = "ServiceName" if topic == "top 3" else "ResourceId"
    lines = [f"{n}. {row['scope'][value]}: {_usd(row)}" for n, row in enumerate(data["rows"], start=1)]
    head = "Services in August 2026, net-amortized:" if topic == "top 3" else "SageMaker in August 2026:"
    return "\n".join([head, *lines, f"Total: {_usd(data['total'])}"])


def _usd(row: dict[str, Any]) -> str:
    return f"{row['total']:,.2f} USD"
