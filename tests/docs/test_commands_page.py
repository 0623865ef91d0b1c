"""`docs/commands.md` is what `--help` says. `UPDATE_DOCS=1 pytest tests/docs` writes it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aws_cost_anomalies import errors
from aws_cost_anomalies.cli import main
from aws_cost_anomalies.cli.commands import SUMMARIES

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
HEAD = """# Commands

What `aws-cost-anomalies --help` and `aws-cost-anomalies COMMAND --help` say. Facts are printed as a table,
or with `--format json` and `--format csv` for programs; notes, plans and progress go to standard error. A
failure is one sentence and a hint there, and an exit code.

## Exit codes

| code | meaning | raised as |
|---|---|---|
"""
MEANINGS = {
    0: "done",
    1: "anomalies at or above `--fail-on`",
    2: "usage or configuration",
    3: "no or expired credentials",
    4: "access denied; the IAM action is named",
    5: "partial: what is missing is said, the last good data stays",
    6: "no data",
    7: "another writer is at work",
    70: "a bug",
}


def page(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and hasattr(each, "exit_code")]
    raised = {code: sorted(f"`{k.__name__}`" for k in kinds if k.exit_code == code) for code in MEANINGS}
    rows = [f"| {code} | {said} | {', '.join(raised[code]) or '–'} |" for code, said in MEANINGS.items()]
    parts = [HEAD + "\n".join(rows)]
    for words in ([], *([name] for name in SUMMARIES)):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        shown = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines()).strip("\n")
        parts.append(f"## {' '.join(words) or 'aws-cost-anomalies'}\n\n```text\n{shown}\n```")
    return "\n\n".join(parts) + "\n"


def test_the_page_is_what_the_program_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page(capsys, monkeypatch)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
