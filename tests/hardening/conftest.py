"""A bill whose every name is written by somebody hostile, loaded once, and command lines over it."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from cur_deliveries import daily, deliver

from aws_cost_anomalies.cli import main

FIRST, TODAY = date(2026, 6, 1), "2026-08-05"
ORDERS = (
    "\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x07link\x1b]8;;\x07\x9b31m\x9d\x07\x08\x7f\r\n\t\0"
    "[red]x[/red][link=http://evil.example]y[/link][/][bold]"
    "\u202egpj.exe\u200b\u200e\u2066a\u2069\u2028z\u2029\ufeff\u00ad<b>&|`*_~$(id)##[add-mask]x"
)
"""Orders to a terminal, to rich, to a page, to a shell, and marks that hide or turn what follows."""


def evil(name: str) -> str:
    """A name that steers whatever shows it, and starts as a formula does."""
    return f"=1+{name}{ORDERS}"


@dataclass(frozen=True)
class Said:
    """What came of a command line."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, a configuration and the bill they came from."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = daily(
        FIRST,
        [100.0 + i % 3 for i in range(60)] + [400.0] * 5,
        line_item_product_code=evil("code"),
        product_product_name=evil("service"),
        line_item_usage_account_id=evil("id"),
        line_item_usage_account_name=evil("account"),
        product_region_code=evil("region"),
        line_item_usage_type=evil("usage"),
        line_item_operation=evil("operation"),
        line_item_resource_id=evil("resource"),
        line_item_line_item_description=evil("description"),
        line_item_usage_amount=5.0,
        pricing_unit=evil("unit"),
        bill_invoice_id=evil("invoice"),
        resource_tags={"user_team": evil("team"), evil("key"): evil("value"), "unit": evil("category")},
    )
    more = daily(FIRST, [50.0 + i % 2 for i in range(65)], line_item_product_code="AmazonS3")
    deliver(folder / "bill", [*lines, *more])
    called = {name: evil(name).replace("\0", "") for name in ("subscription", "channel", "owner", "monitor")}
    to = {"name": called["subscription"], "channels": [called["channel"]], "owners": [called["owner"]]}
    settings = {
        "tags": ["team", "unit"],
        "monitors": [{"name": called["monitor"]}],
        "channels": [{"name": called["channel"], "kind": "stdout"}],
        "subscriptions": [to],
        "database": {"path": str(folder / "costs.duckdb"), "cache_dir": str(folder / "cache")},
    }
    (folder / "config.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "labels.csv").write_text("kind,start_date,end_date,service\nspike,2026-07-31,2026-08-04,\n")
    told = said(folder, "ingest", "--source", "cur", "--path", str(folder / "bill"))
    assert told.code == 0, told.err
    return folder


@pytest.fixture
def hostile(hostile_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command line over the hostile bill, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: said(hostile_folder, *arguments)


@pytest.fixture(scope="session")
def anomaly_id(hostile_folder: Path) -> str:
    """The id of the anomaly that the hostile bill has."""
    found = json.loads(said(hostile_folder, "anomalies", "--format", "json").out)["anomalies"]
    return str(found[0]["anomaly_id"])


def said(folder: Path, *arguments: str) -> Said:
    """What a command line says."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([*arguments, "--as-of", TODAY, "--config", str(folder / "config.yaml")])
    return Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())
