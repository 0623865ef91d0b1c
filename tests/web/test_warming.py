"""Nobody waits for what can be made before anybody asks, and nobody is kept waiting without a word."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from daily_bills import days_of, load, month_bill
from sites import FIRST, HOST, few, many, site_of
from starlette.testclient import TestClient

from aws_cost_anomalies.looking import findings
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.overview import Overview
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.web import warming
from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application
from aws_cost_anomalies.web.site import Site


def visiting(site: Site) -> TestClient:
    return TestClient(application(site, Rules()), base_url=HOST, follow_redirects=False)


@pytest.mark.parametrize("path", ["/", "/anomalies?state=all"])
def test_who_comes_first_is_told_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(findings, "PATIENCE", 0.0)
    with visiting(site_of(few(tmp_path))) as client:
        early = client.get(path).text
        address = re.search(r'data-fill="([^"]+)"', early)
        assert address is not None
        assert "Judging every day" in early
        later = client.get(address[1].replace("&amp;", "&"), headers={"x-part": "1"}).text
        assert "1 open anomaly" in later or "<strong>1 anomaly</strong>" in later
        assert not later.startswith("<!doctype")
        assert "data-fill" not in client.get(path).text


def test_what_was_warmed_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(few(tmp_path))
    warming.warm(site.desk)

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(Store, "panels", asked)
    with visiting(site) as client:
        for path in ("/", "/?by=account", "/anomalies", "/explore", "/explore?by=account", "/data"):
            assert client.get(path).status_code == 200, path


def test_a_page_is_laid_out_once_and_anew_when_charges_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[str] = []
    overview = Desk.overview

    def counted(desk: Desk, by: str) -> Overview:
        laid.append(by)
        return overview(desk, by)

    monkeypatch.setattr(Desk, "overview", counted)
    site = site_of(few(tmp_path))
    site.desk.watching.now()
    with visiting(site) as client:
        first = client.get("/").text
        assert (client.get("/").text == first, laid) == (True, ["service"])
        load(Store(tmp_path / "costs.duckdb"), month_bill(FIRST, version="2"), days_of(FIRST, ["250"] * 31))
        assert (client.get("/").text == first, laid) == (False, ["service", "service"])


def test_ctrl_c_ends_it_in_the_middle_of_warming(tmp_path: Path) -> None:
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program = f"{heeds}from aws_cost_anomalies.cli import main; main()"
    options = ("serve", "--port", "0", "--config", str(many(tmp_path)), "--as-of", "2026-09-01")
    with subprocess.Popen(
        [sys.executable, "-c", program, *options], stderr=subprocess.PIPE, text=True
    ) as ran:
        assert ran.stderr is not None
        assert "http://127.0.0.1:" in ran.stderr.readline()
        time.sleep(0.5)
        ran.send_signal(signal.SIGINT)
        assert (ran.wait(60), ran.stderr.read()) == (130, "")
