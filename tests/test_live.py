"""AWS asked now: Cost Explorer and its forecast (our double), CloudWatch, Budgets and accounts (moto)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import boto3
import pytest
from cost_explorer_double import Charge, CostExplorerDouble

from aws_cost_anomalies.errors import (
    AccessDenied,
    CostAnomaliesError,
    InvalidArgument,
    NoData,
    PaidRequestCapReached,
    ServiceUnavailable,
    StoreBusy,
)
from aws_cost_anomalies.live import Live
from aws_cost_anomalies.model.live import CostQuestion, MetricQuestion, Paid
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

TODAY = date(2026, 5, 10)
NOW = datetime(2026, 5, 10, 9, tzinfo=UTC)
APRIL = Period.parse("2026-04")
SERVICE, ACCOUNT, TEAM = Dimension("service"), Dimension("account"), Dimension("tag:team")
EC2 = "Amazon Elastic Compute Cloud"
CHARGES = [
    charge
    for day in Period(date(2026, 4, 1), TODAY)
    for charge in (
        Charge(day, f"{EC2} - Compute", tags={"team": "web"}, unblended="10", amortized="8"),
        Charge(day, "EC2 - Other", unblended="2.5", estimated=day.month == 5),
        Charge(day, "AWS Lambda", account="222222222222", region="eu-west-1", unblended="0.000000001"),
    )
]


@pytest.fixture
def explorer(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CostExplorerDouble]:
    with CostExplorerDouble(CHARGES) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        yield double


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live(Settings(), Store(tmp_path / "costs.duckdb"), as_of=TODAY, now=NOW)


def ledger(live: Live) -> list[tuple[str, int, Decimal, str]]:
    return [(c.operation, c.requests, c.usd, c.note) for c in live._store.api_calls()]


def test_costs_by_service_go_by_our_names_and_are_exact(live: Live, explorer: CostExplorerDouble) -> None:
    told = live.costs(CostQuestion(APRIL, group_by=(SERVICE,)))
    first = [cost for cost in told.costs if cost.period.start == APRIL.start]
    assert [(str(cost.scope), cost.amount) for cost in first] == [
        (EC2, Decimal("12.5")),
        ("AWS Lambda", Decimal("0.000000001")),
    ]
    assert told.totals() == {"USD": Decimal("375.000000030")}
    assert not any(cost.is_estimated for cost in told.costs)
    assert told.paid == Paid(1, Decimal("0.01"))


def test_a_total_is_that_of_the_slice(live: Live, explorer: CostExplorerDouble) -> None:
    slices: dict[str, Scope] = {
        "375.000000030": Scope(),
        "375.0": Scope((("ServiceName", EC2),)),
        "300": Scope((("tag:team", "web"),)),
        "75.000000030": Scope((("tag:team", "(none)"),)),
        "0.000000030": Scope((("SubAccountId", "222222222222"),)),
        "375": Scope((("RegionId", "us-east-1"), ("ServiceName", EC2))),
        "0": Scope((("ServiceName", "Amazon Nowhere"),)),
    }
    for total, within in slices.items():
        told = live.costs(CostQuestion(APRIL, granularity="monthly", within=within))
        assert sum(cost.amount for cost in told.costs) == Decimal(total), within


def test_another_metric_has_another_total(live: Live, explorer: CostExplorerDouble) -> None:
    told = live.costs(CostQuestion(APRIL, metric="amortized", group_by=(ACCOUNT, TEAM)))
    assert told.totals() == {"USD": Decimal("315.000000030")}


def test_months_and_missing_tags_have_names(live: Live, explorer: CostExplorerDouble) -> None:
    period = Period(APRIL.start, TODAY)
    told = live.costs(CostQuestion(period, granularity="monthly", group_by=(TEAM,)))
    assert [(str(cost.period), str(cost.scope), cost.is_estimated) for cost in told.costs] == [
        ("2026-04-01..2026-04-30", "web", False),
        ("2026-04-01..2026-04-30", "(none)", False),
        ("2026-05-01..2026-05-09", "web", True),
        ("2026-05-01..2026-05-09", "(none)", True),
    ]


def test_every_page_is_followed_paid_and_written_down(live: Live, explorer: CostExplorerDouble) -> None:
    explorer.page_size = 20
    told = live.costs(CostQuestion(APRIL, group_by=(SERVICE,)))
    assert told.totals() == {"USD": Decimal("375.000000030")}
    assert told.paid == Paid(5, Decimal("0.05"))
    assert ledger(live) == [("GetCostAndUsage", 5, Decimal("0.05"), "2026-04-01..2026-04-30")]


def test_the_cap_holds_and_what_was_paid_is_written_down(live: Live, explorer: CostExplorerDouble) -> None:
    explorer.page_size = 20
    with pytest.raises(PaidRequestCapReached):
        live.costs(CostQuestion(APRIL, group_by=(SERVICE,)), most_requests=2)
    assert len(explorer.requests) == 2
    assert ledger(live) == [("GetCostAndUsage", 2, Decimal("0.02"), "2026-04-01..2026-04-30")]


def test_nothing_is_paid_while_another_writer_is_at_work(
    live: Live, explorer: CostExplorerDouble, tmp_path: Path
) -> None:
    with Store(tmp_path / "costs.duckdb").writing(NOW), pytest.raises(StoreBusy):
        live.costs(CostQuestion(APRIL))
    assert explorer.requests == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (CostQuestion(APRIL, metric="usage"), "unblended, net-amortized"),
        (CostQuestion(APRIL, group_by=(SERVICE, ACCOUNT, TEAM)), "at most 2"),
        (CostQuestion(APRIL, group_by=(Dimension("resource"),)), "usage-type"),
        (CostQuestion(Period(TODAY, TODAY)), "at least one"),
    ],
)
def test_what_cost_explorer_cannot_do_is_not_paid_for(
    live: Live, explorer: CostExplorerDouble, question: CostQuestion, named: str
) -> None:
    with pytest.raises(InvalidArgument, match=named):
        live.costs(question)
    assert explorer.requests == []


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("AccessDeniedException", 400, AccessDenied),
        ("DataUnavailableException", 400, NoData),
        ("ThrottlingException", 400, ServiceUnavailable),
    ],
)
def test_a_refusal_is_told(
    live: Live, explorer: CostExplorerDouble, code: str, status: int, expected: type[CostAnomaliesError]
) -> None:
    explorer.fail(code, status=status, times=9)
    with pytest.raises(expected):
        live.costs(CostQuestion(APRIL))
    ((_, requests, usd, _),) = ledger(live)
    assert requests == len(explorer.requests)
    assert usd == Decimal("0.01") * requests


@pytest.mark.parametrize("text", ["n/a", "NaN", "", None])
def test_an_amount_that_is_none_is_not_taken(live: Live, explorer: CostExplorerDouble, text: object) -> None:
    def spoil(answer: dict[str, object]) -> None:
        answer["ResultsByTime"][0]["Total"]["UnblendedCost"]["Amount"] = text  # type: ignore[index]

    explorer.edit = spoil
    with pytest.raises(ServiceUnavailable, match="cannot be read"):
        live.costs(CostQuestion(APRIL))


def test_the_same_page_again_is_told(live: Live, explorer: CostExplorerDouble) -> None:
    explorer.page_size, explorer.repeats_its_token = 20, True
    with pytest.raises(ServiceUnavailable, match="twice"):
        live.costs(CostQuestion(APRIL, group_by=(SERVICE,)))


def test_a_forecast_has_a_total_months_and_their_intervals(live: Live, explorer: CostExplorerDouble) -> None:
    question = CostQuestion(Period(TODAY, date(2026, 6, 11)), granularity="monthly")
    told = live.forecast(question)
    daily = Decimal("12.500000001")
    assert (told.total, told.currency, told.confidence) == (32 * daily, "USD", 80)
    assert [(str(part.period), part.mean, part.lower, part.upper) for part in told.costs] == [
        ("2026-05-10..2026-05-31", 22 * daily, daily * 198 / 10, daily * 242 / 10),
        ("2026-06-01..2026-06-10", 10 * daily, daily * 9, daily * 11),
    ]
    assert told.paid == Paid(1, Decimal("0.01"))
    assert ledger(live) == [("GetCostForecast", 1, Decimal("0.01"), "2026-05-10..2026-06-10")]
    assert explorer.requests[0].body["Metric"] == "UNBLENDED_COST"


def test_a_forecast_of_a_slice(live: Live, explorer: CostExplorerDouble) -> None:
    within = Scope((("tag:team", "web"),))
    told = live.forecast(CostQuestion(Period(TODAY, date(2026, 5, 12)), metric="amortized", within=within))
    assert told.total == 16


def test_a_forecast_begins_today_and_is_not_grouped(live: Live, explorer: CostExplorerDouble) -> None:
    with pytest.raises(InvalidArgument, match="2026-05-10"):
        live.forecast(CostQuestion(APRIL))
    with pytest.raises(InvalidArgument, match="grouping"):
        live.forecast(CostQuestion(Period(TODAY, date(2026, 6, 1)), group_by=(SERVICE,)))
    assert explorer.requests == []


def test_a_forecast_is_not_retried_beyond_what_was_allowed(live: Live, explorer: CostExplorerDouble) -> None:
    explorer.fail("ThrottlingException", times=9)
    with pytest.raises(PaidRequestCapReached):
        live.forecast(CostQuestion(Period(TODAY, date(2026, 6, 1))), most_requests=2)
    assert [(name, requests) for name, requests, *_ in ledger(live)] == [("GetCostForecast", 2)]
    assert len(explorer.requests) == 2


def test_without_history_there_is_no_forecast(live: Live, explorer: CostExplorerDouble) -> None:
    explorer.charges = CHARGES[:9]
    with pytest.raises(NoData):
        live.forecast(CostQuestion(Period(TODAY, date(2026, 6, 1))))


def test_a_metric_s_points_in_order(aws: str, live: Live) -> None:
    cloudwatch = boto3.client("cloudwatch", region_name="eu-west-1")
    hours = [NOW - timedelta(hours=n) for n in (1, 3, 2)]
    for hour, value in zip(hours, (10.0, 30.0, 20.0), strict=True):
        cloudwatch.put_metric_data(
            Namespace="AWS/NATGateway",
            MetricData=[
                {
                    "MetricName": "BytesOutToDestination",
                    "Dimensions": [{"Name": "NatGatewayId", "Value": "nat-1"}],
                    "Timestamp": hour,
                    "Value": value,
                    "Unit": "Bytes",
                }
            ],
        )
    asked = MetricQuestion(
        "AWS/NATGateway",
        "BytesOutToDestination",
        NOW - timedelta(hours=4),
        NOW,
        dimensions=(("NatGatewayId", "nat-1"),),
        statistic="Sum",
    )
    told = live.metric(asked, region="eu-west-1")
    assert [value for _, value in told.points] == [30.0, 20.0, 10.0]
    assert all(moment.tzinfo is UTC for moment, _ in told.points)
    assert (told.unit, told.region) == ("Bytes", "eu-west-1")
    assert live.metric(asked, region="eu-west-2").points == ()


@pytest.mark.parametrize(("seconds", "hours"), [(30, 1), (90, 1), (60, 25), (3600, 0)])
def test_a_metric_of_too_many_points_is_not_asked(live: Live, seconds: int, hours: int) -> None:
    with pytest.raises(InvalidArgument):
        live.metric(MetricQuestion("a", "b", NOW - timedelta(hours=hours), NOW, seconds=seconds))


def test_alarms_that_ring_come_first_and_billing_is_told(aws: str, live: Live) -> None:
    cloudwatch = boto3.client("cloudwatch", region_name="us-east-1")
    for number in range(105):
        put_alarm(cloudwatch, f"cpu-{number:03}", "AWS/EC2", "CPUUtilization")
    put_alarm(cloudwatch, "bill", "AWS/Billing", "EstimatedCharges", dimension=("Currency", "USD"))
    cloudwatch.set_alarm_state(AlarmName="cpu-077", StateValue="ALARM", StateReason="too hot")
    every = live.alarms()
    assert len(every) == 106, "page after page"
    assert [(each.name, each.state, each.reason) for each in every][0] == ("cpu-077", "ALARM", "too hot")
    (bill,) = live.alarms(only_billing=True)
    assert (bill.name, bill.metric, bill.dimensions) == ("bill", "EstimatedCharges", (("Currency", "USD"),))
    assert (bill.threshold, bill.comparison) == (100.0, "GreaterThanThreshold")
    assert bill.is_billing
    assert live.alarms(region="eu-west-1") == ()


def put_alarm(
    cloudwatch: object, name: str, namespace: str, metric: str, *, dimension: tuple[str, str] = ("a", "b")
) -> None:
    cloudwatch.put_metric_alarm(  # type: ignore[attr-defined]
        AlarmName=name,
        Namespace=namespace,
        MetricName=metric,
        Dimensions=[{"Name": dimension[0], "Value": dimension[1]}],
        Statistic="Maximum",
        Period=21600,
        EvaluationPeriods=1,
        Threshold=100.0,
        ComparisonOperator="GreaterThanThreshold",
    )


def test_budgets_by_name(aws: str, live: Live) -> None:
    client = boto3.client("budgets", region_name="us-east-1")
    for name, kind, limit in (
        ("b", "COST", ("1000.50", "USD")),
        ("a", "USAGE", ("7", "GB")),
        ("c", "COST", None),
    ):
        budget: dict[str, object] = {"BudgetName": name, "TimeUnit": "MONTHLY", "BudgetType": kind}
        planned = {"1777593600": {"Amount": "1", "Unit": "USD"}}
        if limit:
            budget["BudgetLimit"] = {"Amount": limit[0], "Unit": limit[1]}
        else:
            budget["PlannedBudgetLimits"] = planned
        client.create_budget(AccountId="123456789012", Budget=budget)
    a, b, c = live.budgets()
    assert [each.name for each in (a, b, c)] == ["a", "b", "c"]
    assert (a.kind, a.unit, a.limit) == ("USAGE", "GB", 7)
    assert (b.limit, b.actual, b.used_percent, b.is_exceeded) == (Decimal("1000.50"), 0, 0, False)
    assert (c.limit, c.used_percent, c.is_exceeded) == (None, None, False)


def test_accounts_have_names(aws: str, live: Live) -> None:
    organizations = boto3.client("organizations", region_name="us-east-1")
    organizations.create_organization(FeatureSet="ALL")
    organizations.create_account(AccountName="prod", Email="prod@example.com")
    assert "prod" in live.accounts().names.values()
