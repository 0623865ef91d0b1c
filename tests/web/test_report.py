"""The report: one file, whole, with nothing to fetch and nothing to run but its own script."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from sites import AS_OF

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.report import Report


@pytest.fixture(scope="module")
def report(demo_store: Path) -> Report:
    return Report(Desk(App(Settings.load(demo_store, environment={}), as_of=AS_OF)), top=1)


def test_it_needs_nothing_else(report: Report) -> None:
    page = report.page()
    assert not re.search(r'src="|<link|url\(|@import', page)
    assert set(re.findall(r'href="([^"]{0,8})', page)) <= {"#a-9f2c7", "#a-a23f3", "https://"} | {
        address for address in re.findall(r'href="([^"]{0,8})', page) if address.startswith("#a-")
    }
    assert len(page) < 700_000


def test_only_its_own_script_may_run(report: Report) -> None:
    page = report.page()
    policy = re.search(r"script-src &#x27;sha256-([^&]+)&#x27;", page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy is not None
    assert [b64encode(sha256(script.encode()).digest()).decode() for script in scripts] == [policy[1]]
    assert not re.search(r"\son\w+=", re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL))


def test_it_tells_the_largest_in_full(report: Report) -> None:
    page = report.page()
    for words in ("AWS cost report, 2026-09-01", "57,937.71", "Amazon SageMaker", "endpoint/recommend-2"):
        assert words in page
    assert page.count("<article") == 1


def test_its_charts_stand_alone(report: Report) -> None:
    drawn = dict(report.pictures())
    assert sorted(drawn) == ["anomaly-9f2c70565d19", "daily-cost"]
    assert drawn["daily-cost"].svg().startswith("<svg")
    assert drawn["daily-cost"].pdf().startswith(b"%PDF")


def test_of_nothing_there_is_no_report(tmp_path: Path) -> None:
    settings = Settings.load(environment={}, flags={"database.path": tmp_path / "none.duckdb"})
    with pytest.raises(NoData):
        Report(Desk(App(settings, as_of=AS_OF)), top=1)
