"""The mistakes of other tools that only the whole line can make; the rest are in `tests/scenarios`."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from cost_explorer_double import Charge, CostExplorerDouble
from cur_deliveries import daily, deliver, line

from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.answers import Asked

FIRST = date(2026, 7, 1)
AS_OF = date(2026, 8, 30)
DAYS = 60


@pytest.fixture
def bill(tmp_path: Path) -> Path:
    """60 days at 10 USD."""
    return deliver(tmp_path / "bill", daily(FIRST, [10.0] * DAYS))


@pytest.mark.usefixtures("aws")
def test_5_cost_explorer_and_cur_side_by_side_double_nothing(
    open_app, ingest, bill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = (FIRST + timedelta(days=i) for i in range(DAYS))
    with CostExplorerDouble([Charge(day, "EC2 - Other", unblended="10") for day in days]) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        app = open_app(AS_OF)
        ingest(app, "cur", path=str(bill))
        ingest(app, "cost_explorer", days=DAYS)
    totals = {name: app.trends(Asked(source=name), days=30).total.total for name in ("cur", "cost_explorer")}
    assert totals == {"cur": pytest.approx(300.0), "cost_explorer": pytest.approx(300.0)}
    usual = app.trends(Asked(), days=30)
    assert usual.total.total == pytest.approx(300.0)
    assert usual.view.data_source == "cur", "the most detailed one that covers the window"
    names = {str(row.scope) for source in totals for row in app.trends(Asked(source=source), days=30).rows}
    assert names == {"Amazon Elastic Compute Cloud"}, "one name for a service, whatever the source calls it"


def test_7_a_cur_2_export_is_found_and_none_of_its_columns_is_lost(open_app, ingest, tmp_path: Path) -> None:
    lines = daily(
        FIRST, [4.0] * 31, line_item_product_code="AmazonRDS", product_region_code="eu-west-1",
        resource_tags={"user_team": "search"},
    )  # fmt: skip
    app = open_app(AS_OF, tags=("team",))
    (loaded,) = ingest(app, "cur", path=str(deliver(tmp_path / "bill", lines)))
    assert (loaded.status, loaded.billing_period, loaded.line_items) == ("loaded", "2026-07", 31)
    for group_by, name in {
        "service": "Amazon Relational Database Service", "account": "111111111111", "region": "eu-west-1",
        "usage-type": "BoxUsage:m5.large", "tag:team": "search",
    }.items():  # fmt: skip
        (row,) = app.trends(Asked(group_by=group_by), days=31).rows
        assert (str(row.scope), row.total) == (name, pytest.approx(124.0))


def test_8_net_amortized_is_not_unblended_and_each_kind_of_charge_is_in_its_place(
    open_app, ingest, tmp_path: Path
) -> None:
    covered = {
        "line_item_line_item_type": "SavingsPlanCoveredUsage",
        "savings_plan_savings_plan_effective_cost": 6.0,
        "savings_plan_net_savings_plan_effective_cost": 5.5,
        "savings_plan_total_commitment_to_date": 0.0,
        "savings_plan_used_commitment": 0.0,
    }
    day = date(2026, 7, 10)
    lines = [
        line(day, 10.0, **covered),
        line(day, -10.0, line_item_line_item_type="SavingsPlanNegation"),
        line(day, 3.0, line_item_line_item_type="Tax"),
        line(day, -2.0, line_item_line_item_type="Credit"),
    ]
    app = open_app(AS_OF)
    ingest(app, "cur", path=str(deliver(tmp_path / "bill", lines)))

    def total(metric: str, *categories: str) -> float:
        return app.trends(Asked(metric=metric, categories=categories), days=1).total.total

    assert total("unblended") == pytest.approx(1.0)
    assert total("net-amortized") == pytest.approx(6.5)
    assert total("amortized") == pytest.approx(7.0)
    assert total("net-amortized", "Usage") == pytest.approx(5.5)
    assert total("net-amortized", "Tax") == pytest.approx(3.0)
    assert total("net-amortized", "Credit") == pytest.approx(-2.0)


def test_9_every_page_of_cost_explorer_counts(open_app, ingest, aws: str, monkeypatch) -> None:
    assert aws
    charges = [Charge(date(2026, 8, 20), f"Service {i}", unblended="1") for i in range(250)]
    with CostExplorerDouble(charges, page_size=100) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        app = open_app(AS_OF)
        ingest(app, "cost_explorer", days=14)
        assert len(explorer.requests) == 3
    assert app.trends(Asked(), days=14, top=1).total.total == pytest.approx(250.0)


def test_11_the_same_day_again_finds_the_same_and_loads_nothing(open_app, ingest, tmp_path: Path) -> None:
    costs = [10.0] * 50 + [300.0] + [10.0] * 5
    bill = deliver(tmp_path / "bill", daily(FIRST, costs))
    app = open_app(AS_OF)
    assert {loaded.status for loaded in ingest(app, "cur", path=str(bill))} == {"loaded"}
    first = app.detect(Asked())
    assert {loaded.status for loaded in ingest(app, "cur", path=str(bill))} == {"unchanged"}
    again, later = app.detect(Asked()), open_app(AS_OF + timedelta(days=9)).detect(Asked())
    (anomaly,) = first.anomalies
    assert again.anomalies == first.anomalies
    assert [(a.anomaly_id, a.detected_on) for a in later.anomalies] == [
        (anomaly.anomaly_id, FIRST + timedelta(days=50))
    ]


def test_nothing_loaded_is_no_data(open_app) -> None:
    with pytest.raises(NoData):
        open_app(AS_OF).trends(Asked())
