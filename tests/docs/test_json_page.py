"""`docs/json.md` is what the documents are made of. `UPDATE_DOCS=1 pytest tests/docs` writes it.

Most documents are those of the golden files, which tests of the command line hold true; the rest is made by
hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from aws_cost_anomalies.agent.events import Answered
from aws_cost_anomalies.alerts import Decided
from aws_cost_anomalies.cli.answers.alerts import PrintedAlerts
from aws_cost_anomalies.cli.answers.asked import PrintedAnswer
from aws_cost_anomalies.cli.answers.backtest import PrintedBacktest
from aws_cost_anomalies.cli.answers.checkup import PrintedCheckup
from aws_cost_anomalies.cli.answers.daily import PrintedReport
from aws_cost_anomalies.cli.answers.feedback import PrintedFeedback
from aws_cost_anomalies.daily import Report
from aws_cost_anomalies.model.alert import HeldBack, OutboxEntry, Reason
from aws_cost_anomalies.model.answers import FeedbackEffect, View
from aws_cost_anomalies.model.backtest import Accuracy, Backtest
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.model.document import SCHEMA, plain
from aws_cost_anomalies.model.followed import Sighting
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope
from tests.docs.json_keys import KEYS
from tests.messages import rich
from tests.october_step import step_up

ROOT = Path(__file__).parents[2]
PAGE, GOLDEN = ROOT / "docs" / "json.md", ROOT / "tests" / "golden" / "cli"
HEAD = """# JSON

What commands print with `--format json`, alone on standard output; the tools of `mcp` and the function on
Lambda answer with the same objects. Money is a number rounded to six decimals, a day is `YYYY-MM-DD`, what is
unknown is `null`. `scope` is an object of dimension → value, for example
`{"ServiceName": "Amazon Athena", "SubAccountId": "111111111111"}`; what a charge has no value of is
`"(none)"` there, as `--filter` takes it. `--format csv` has the same words as its header,
`iam-policy` prints the policy itself. Exit codes stand in [commands](commands.md#exit-codes).
"""
FILES = {
    "trends": "trends", "compare": "comparison", "explain": "explanation", "ingest": "ingested",
    "trends --restatements": "restatements", "sample-data": "sample",
}  # fmt: skip
OWN_SECTION = {"anomalies", "anomaly", "suppressed", "withdrawn", "silent"}
BY_VALUE = {"scope", "account_names", "both", "totals", "message", "unanswered", "gaps"}
"""Objects whose keys are values of a bill, or stand in words already."""
NAMES = {str: "text", int: "number", float: "number", bool: "true or false", type(None): "null"}
DAY, NEXT_DAY, NOW = date(2026, 9, 1), date(2026, 9, 2), datetime(2026, 9, 1, 8, tzinfo=UTC)

SEEN = Sighting("cur", "EffectiveCost", "USD", DAY)
Document = Mapping[str, object]


def made_by_hand() -> dict[str, Document]:
    """The documents that have no golden file."""
    anomaly = step_up(Scope.from_mapping({"ServiceName": "Amazon Athena"}))
    entry = OutboxEntry("a1", "team", "slack", Reason.NEW, "it is new", (), rich(), NOW)
    decided = Decided(DAY, (entry,), (HeldBack(anomaly, "team", "told already"),), (), {}, {"all": "short"})
    alerts = PrintedAlerts(decided, (entry,), DAY)
    view = View("cur", "net-amortized", "USD", ("service",), Period(DAY, NEXT_DAY), DAY, DAY)
    accuracy = Accuracy(1.0, 1.0, 1.0, 1.0, 1.0, 0.0)
    replay = Backtest(view, "all", "medium", 90, 12, 1.5, (anomaly,), accuracy)
    return {
        "alert": alerts.document(),
        "run": PrintedReport(Report(decided=decided, attempts=(entry,)), DAY).document(),
        "backtest": PrintedBacktest(replay).document(),
        "feedback": PrintedFeedback(FeedbackEffect(anomaly, SEEN, (anomaly,)), is_kept=True).document(),
        "query": PrintedAnswer(
            "Why?",
            Answered("RDS, 5 USD.", ("5 USD",), ("daily_cost_summary",), 900, 0.01),
            ("trends()",),
            DAY,
        ).document(),
        "doctor": PrintedCheckup((Check("store", State.WARNING, "it is old", "ingest"),), DAY).document(),
    }


def documents() -> dict[str, Document]:
    """Command → a document of it."""
    golden = {command: json.loads((GOLDEN / f"{name}.json").read_text()) for command, name in FILES.items()}
    detected = json.loads((GOLDEN / "anomalies.json").read_text())
    by_hand = {
        name: json.loads(json.dumps(plain({"schema": SCHEMA, **d}))) for name, d in made_by_hand().items()
    }
    return {"anomalies": detected, **golden, **by_hand}


def lines(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Path and value of each key, those of a list's items once."""
    if isinstance(value, list):
        for item in value:
            yield from lines(item, path)
    if not isinstance(value, dict):
        return
    for key, inside in value.items():
        here = f"{path}.{key}" if path else key
        here += "[]" if isinstance(inside, list) else ""
        yield here, inside
        if key not in OWN_SECTION | BY_VALUE:
            yield from lines(inside, here)


def typed(values: list[object]) -> str:
    """What these values are, in words of JSON."""
    found = dict.fromkeys(
        "list" if isinstance(value, list) else "object" if isinstance(value, dict) else NAMES[type(value)]
        for value in values
    )
    return " or ".join(sorted(found, key=lambda name: name == "null"))


def leaf(path: str) -> str:
    """The key at the end of a path."""
    return path.rpartition(".")[2].removesuffix("[]")


def everywhere(every: Mapping[str, object]) -> dict[str, list[object]]:
    """Key → its values in any document: where one holds null, another tells what else it may be."""
    found: dict[str, list[object]] = {}
    for path, value in (pair for document in every.values() for pair in lines(document)):
        found.setdefault(leaf(path), []).append(value)
    return found


def section(command: str, document: object, *, known: Mapping[str, list[object]], used: set[str]) -> str:
    """A table of the keys of a document."""
    found: dict[str, list[object]] = {}
    for path, value in lines(document):
        found.setdefault(path, []).append(value)
    rows = []
    for path, values in found.items():
        key = leaf(path)
        name = f"{command}: {key}" if f"{command}: {key}" in KEYS else key
        used.add(name)
        kind = (
            "[anomaly](#an-anomaly)"
            if key in OWN_SECTION
            else typed(values if any(value is not None for value in values) else [*known[key], None])
        )
        kind = f"list of {kind}" if key in OWN_SECTION and path.endswith("[]") else kind
        rows.append(f"| `{path}` | {kind} | {KEYS[name]} |")
    return "\n".join(["| key | is | meaning |", "|---|---|---|", *rows])


def page(used: set[str]) -> str:
    """The whole page."""
    every = documents()
    told: dict[str, object] = {"An anomaly": every["anomalies"]["anomalies"], **every}
    known = everywhere(told)
    known["usual_unit_price"] += known["unit_price"]
    known["hint"] += known["said"]
    known["exit_code"] += known["attempts"]
    tables = (
        f"## {name}\n\n{section(name, document, known=known, used=used)}\n" for name, document in told.items()
    )
    return "\n".join([HEAD, *tables])


def test_the_page_is_what_the_documents_are() -> None:
    made = page(set())
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def test_no_meaning_is_left_over() -> None:
    used: set[str] = set()
    page(used)
    assert [name for name in KEYS if name not in used] == []
