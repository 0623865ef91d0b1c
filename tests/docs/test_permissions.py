"""docs/permissions.md says what the table of permissions says.

`UPDATE_DOCS=1 pytest tests/docs` writes it anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from aws_cost_anomalies.permissions import FEATURES

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"
TABLE = re.compile(r"(<!-- permissions -->\n).*?(<!-- end -->)", re.DOTALL)


def table() -> str:
    """One row for each feature and kind of thing."""
    rows = ["| `--feature` | what for | IAM actions | on |", "|---|---|---|---|"]
    for feature in FEATURES:
        name, purpose = f"`{feature.name}`", feature.purpose
        for grant in feature.grants:
            actions = ", ".join(f"`{action}`" for action in grant.actions)
            rows.append(f"| {name} | {purpose} | {actions} | {grant.on} |")
            name = purpose = ""
        if not feature.grants:
            rows.append(f"| {name} | {purpose} | none | |")
    return "\n".join(rows) + "\n"


def test_the_document_has_the_table() -> None:
    text = DOCUMENT.read_text()
    made = TABLE.sub(lambda match: f"{match[1]}{table()}{match[2]}", text)
    if os.environ.get("UPDATE_DOCS"):
        DOCUMENT.write_text(made)
    assert len(TABLE.findall(text)) == 1
    assert DOCUMENT.read_text() == made
