"""The table of tools in `docs/ASK.md` is the tools there are. `UPDATE_DOCS=1 pytest tests/docs` writes it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from aws_cost_anomalies.agent.tools import TOOLS

PAGE = Path(__file__).parents[2] / "docs" / "ASK.md"
TABLE = re.compile(r"^\| tool \|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)


SHORT = 30


def table() -> str:
    rows = [f"| `{tool.name}` | {tool.effect} | {_briefly(tool.description)} |" for tool in TOOLS]
    return "\n".join(["| tool | it | what comes back |", "|---|---|---|", *rows])


def _briefly(description: str) -> str:
    """Its first sentence; a very short one together with the next."""
    first, _, rest = description.rstrip(".").partition(". ")
    following = rest.partition(". ")[0]
    return first if len(first) > SHORT else f"{first}: {following[0].lower()}{following[1:]}"


def test_every_tool_is_described() -> None:
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(TABLE.sub(lambda _found: table(), text), encoding="utf-8")
        return
    found = TABLE.search(text)
    assert found
    assert found[0] == table()
