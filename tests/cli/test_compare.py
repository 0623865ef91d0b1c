"""`compare` over periods that are loaded as a whole, in part, or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from loaded_bills import FIRST, Run, command_line, load

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.agent.tools.costs import TwoPeriods, compare_periods

JULY_END = date(2026, 7, 31)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Command lines over June at 10 a day and July at 11, asked when 20 days of July were over."""
    july = (JULY_END - FIRST).days + 1 - 30
    load(tmp_path, {"AWS Lambda": [10.0] * 30 + [11.0] * july, "AWS Glue": [5.0] * 30})
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    return command_line(capsys, as_of=date(2026, 7, 21))


def test_a_period_that_is_loaded_in_part_is_said_to_be(run: Run) -> None:
    code, out, err = run("compare", "--a", "2026-06", "--b", "2026-07", "--filter", "service=AWS Lambda")
    assert code == 0
    shown = " ".join(out.split())
    assert "through 2026-07-20" in shown
    assert "A 30 days, B 20 of its 31 days. An average day: 10.00, then 11.00 (+10.0%)." in shown
    note = "note: Only 20 of the 31 days of B are loaded: compare an average day, not the sums.\n"
    assert err == note


def test_programs_are_told_the_same(run: Run) -> None:
    words = ("--a", "2026-06", "--b", "2026-07", "--filter", "service=AWS Lambda", "--format", "json")
    told = json.loads(run("compare", *words)[1])
    assert (told["a"]["days"], told["a"]["loaded_days"]) == (30, 30)
    assert (told["b"]["days"], told["b"]["loaded_days"]) == (31, 20)
    assert told["warning"].startswith("Only 20 of the 31 days of B are loaded")
    assert (told["average_day"]["a"], told["average_day"]["b"]) == (10.0, 11.0)
    assert told["average_day"]["change_percentage"] == pytest.approx(10.0)

    app = App(Settings.load(None, environment={}), as_of=date(2026, 7, 21))
    document = compare_periods(app, TwoPeriods(a="2026-06", b="2026-07")).document
    assert (document["b"]["loaded_days"], document["warning"]) == (20, told["warning"])  # type: ignore[index]


def test_whole_periods_need_no_warning(run: Run) -> None:
    days = ("--a", "2026-07-01..2026-07-10", "--b", "2026-07-11..2026-07-20")
    code, out, err = run("compare", *days)
    assert (code, err, "An average day" in out) == (0, "", False)
    assert json.loads(run("compare", *days, "--format", "json")[1])["warning"] is None


def test_a_service_that_is_gone_does_not_make_days_of_it(run: Run) -> None:
    _, out, _ = run("compare", "--a", "2026-06", "--b", "2026-07", "--filter", "service=AWS Glue")
    assert "gone" in out
    assert "through 2026-07-20" in " ".join(out.split())


@pytest.mark.parametrize(
    ("a", "b", "named"), [("2026-06", "2026-09", "2026-09"), ("2025-07", "2026-06", "2025-07")]
)
def test_a_period_of_which_nothing_is_loaded_is_refused(run: Run, a: str, b: str, named: str) -> None:
    code, out, err = run("compare", "--a", a, "--b", b)
    assert (code, out) == (6, "")
    assert f"There is no cost data in focus on any day of {named}-01.." in err
    assert f"hint: What is loaded: focus from {FIRST} to {date(2026, 7, 20)}." in err
