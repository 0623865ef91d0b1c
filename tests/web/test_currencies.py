"""A bill in several currencies: each page is in one of them, which the address names and a cookie keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from daily_bills import days_of, load, month_bill
from sites import FIRST, HOST, site_of
from starlette.testclient import TestClient

from aws_cost_anomalies.model.period import BillingPeriod
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.web.guard import Rules
from aws_cost_anomalies.web.server import application

PAGES = ("/", "/anomalies", "/explore", "/tune")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The settings of a store in which dollars and euros both have a spike."""
    file = tmp_path / "config.yaml"
    file.write_text(f"database: {{path: {tmp_path}/costs.duckdb, cache_dir: {tmp_path}/cache}}\n")
    charges = [
        *days_of(FIRST, ["100"] * 60 + ["500"] * 2),
        *days_of(FIRST, ["100"] * 60 + ["800"] * 2, service="Amazon Athena", currency="EUR"),
    ]
    store = Store(tmp_path / "costs.duckdb")
    for month in (FIRST, date(2026, 8, 1)):
        period = BillingPeriod.of(month).period
        load(store, month_bill(month), [each for each in charges if each.day in period])
    return file


def opened(config: Path) -> TestClient:
    return TestClient(application(site_of(config), Rules()), base_url=HOST, follow_redirects=False)


@pytest.fixture
def client(config: Path) -> Iterator[TestClient]:
    with opened(config) as browser:
        yield browser


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_several_currencies_offers_each(client: TestClient, page: str) -> None:
    told = client.get(page, params={"now": "yes"})
    assert told.status_code == 400
    assert "never summed" in told.text
    for code in ("EUR", "USD"):
        assert f'href="{page}?currency={code}"' in told.text


@pytest.mark.parametrize("page", PAGES)
def test_the_address_chooses_one_and_the_next_pages_keep_it(client: TestClient, page: str) -> None:
    told = client.get(page, params={"now": "yes", "currency": "eur"})
    assert (told.status_code, " EUR · " in told.text, " USD · " in told.text) == (200, True, False)
    assert f'href="{page}?currency=USD"' in told.text
    for other in PAGES:
        again = client.get(other, params={"now": "yes"})
        assert (again.status_code, " EUR · " in again.text) == (200, True)
    client.get("/", params={"now": "yes", "currency": "USD"})
    assert " USD · " in client.get(page, params={"now": "yes"}).text


def test_one_anomaly_is_told_and_answered_in_its_currency(client: TestClient) -> None:
    listed = client.get("/anomalies", params={"now": "yes", "currency": "EUR"}).text
    number = listed.partition('href="/anomalies/')[2].partition('"')[0]
    assert client.get(f"/anomalies/{number}/detail").status_code == 200
    assert "--currency EUR" in client.get(f"/anomalies/{number}/detail").text
    kept = client.post(f"/anomalies/{number}", data={"word": "YES"})
    assert kept.status_code == 303
    assert "real" in client.get(f"/anomalies/{number}", params={"now": "yes"}).text


def test_the_link_of_an_alert_leads_to_its_anomaly_in_two_steps(client: TestClient) -> None:
    """It names no currency: who chose none yet, or another one before, is led on to the same anomaly."""
    listed = client.get("/anomalies", params={"now": "yes", "currency": "EUR"}).text
    path = "/anomalies/" + listed.partition('href="/anomalies/')[2].partition('"')[0]
    client.get("/", params={"now": "yes", "currency": "USD"})
    told = client.get(path, params={"now": "yes"})
    assert (told.status_code, f'href="{path}?currency=EUR"' in told.text) == (404, True)
    client.cookies.clear()
    told = client.get(path, params={"now": "yes"})
    assert (told.status_code, f'href="{path}?currency=EUR"' in told.text) == (400, True)
    assert client.get(path, params={"now": "yes", "currency": "EUR"}).status_code == 200


def test_a_currency_that_no_bill_has_is_refused_and_not_kept(client: TestClient) -> None:
    told = client.get("/", params={"currency": "CHF"})
    assert (told.status_code, "allowed: EUR, USD" in told.text) == (400, True)
    assert not client.cookies
    client.cookies.set("aws_cost_anomalies_currency", "CHF")
    assert "never summed" in client.get("/", params={"now": "yes"}).text


def test_the_setting_is_what_pages_begin_with(config: Path) -> None:
    config.write_text(f"{config.read_text()}anomaly: {{currency: EUR}}\n")
    with opened(config) as client:
        for page in PAGES:
            told = client.get(page, params={"now": "yes"})
            assert (told.status_code, " EUR · " in told.text) == (200, True)
        assert " USD · " in client.get("/", params={"now": "yes", "currency": "USD"}).text


def test_what_can_be_asked_begins_with_the_currency_of_the_page(config: Path) -> None:
    config.write_text(f"{config.read_text()}anomaly: {{currency: EUR}}\n")
    with opened(config) as client:
        for asked, code in (("", "EUR"), ("?currency=usd", "USD"), ("", "USD")):
            page = client.get(f"/explore{asked}").text
            assert f'value="{code}" selected' in page
            assert "the only one" not in page


def test_a_bill_in_one_currency_offers_no_other(reader: TestClient) -> None:
    assert "?currency=" not in reader.get("/", params={"now": "yes"}).text
