"""What docs/ANOMALIES.md says of credits: a scope below zero is not judged, a sum above zero is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from loaded_bills import FIRST, HEADER, command_line

from aws_cost_anomalies.cli import main

DAYS = 70
ENDED = DAYS - 4
USUAL = [("Amazon S3", "Usage", [80.0] * DAYS)]


def kinds(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    charges: list[tuple[str, str, list[float]]],
) -> list[str]:
    """The kinds of what `anomalies --charges all` tells of these charges: service, category, cost a day."""
    rows = (
        f"{FIRST + timedelta(days=day)}T00:00:00Z,USD,{cost},{cost},{service},111111111111,{category}"
        for service, category, costs in [*USUAL, *charges]
        for day, cost in enumerate(costs)
    )
    monkeypatch.chdir(folder)
    Path("bill.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    with pytest.raises(SystemExit, match="0"):
        main(["--quiet", "ingest", "--source", "focus", "--path", "bill.csv"])
    capsys.readouterr()
    run = command_line(capsys, as_of=FIRST + timedelta(days=DAYS))
    told = json.loads(run("anomalies", "--charges", "all", "--group-by", "service", "--format", "json")[1])
    return [one["kind"] for one in told["anomalies"]]


def ends(before: float, after: float) -> list[float]:
    return [before] * ENDED + [after] * (DAYS - ENDED)


@pytest.mark.parametrize("after", [0.0, -1000.0], ids=["ran out", "doubled"])
def test_a_scope_of_credits_alone_is_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, after: float
) -> None:
    assert kinds(tmp_path, capsys, monkeypatch, [("AWS Credits", "Credit", ends(-500.0, after))]) == []


@pytest.mark.parametrize(
    ("charges", "told"),
    [
        ([("Amazon EC2", "Usage", [600.0] * DAYS), ("Amazon EC2", "Credit", ends(-500.0, 0.0))], ["spike"]),
        ([("Amazon EC2", "Usage", [*[600.0] * (DAYS - 2), -900.0, 600.0])], ["drop"]),
        ([("Amazon EC2", "Usage", ends(-500.0, 600.0))], ["new"]),
    ],
    ids=[
        "a credit that kept a cost small ran out",
        "a refund of one day",
        "cost where there was only credit",
    ],
)
def test_what_is_above_zero_before_or_after_is_judged(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    charges: list[tuple[str, str, list[float]]],
    told: list[str],
) -> None:
    assert kinds(tmp_path, capsys, monkeypatch, charges) == told
