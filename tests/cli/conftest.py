"""Answers made by hand: small enough to add up in one's head, with the worst values a bill may hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from october_step import OCTOBER_31, PROD, step_up

from aws_cost_anomalies.cli.answers.anomalies import PrintedAnomalies
from aws_cost_anomalies.cli.answers.comparison import PrintedComparison
from aws_cost_anomalies.cli.answers.explanation import PrintedExplanation
from aws_cost_anomalies.cli.answers.ingested import PrintedIngest
from aws_cost_anomalies.cli.answers.restatements import PrintedRestatements
from aws_cost_anomalies.cli.answers.sample import PrintedSample
from aws_cost_anomalies.cli.answers.trends import PrintedTrends
from aws_cost_anomalies.cli.formats import Printed
from aws_cost_anomalies.cli.screen import Screen, console
from aws_cost_anomalies.cli.stderr import Notices
from aws_cost_anomalies.model.activity import Activity, Deed
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Impact, Kind, RootCause, Severity, Status
from aws_cost_anomalies.model.answers import (
    Comparison,
    Detected,
    Ingested,
    LoadedBill,
    Mover,
    TrendRow,
    Trends,
    View,
)
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly, Opinion
from aws_cost_anomalies.model.bill import Lack
from aws_cost_anomalies.model.explanation import (
    Breakdown,
    DayVerdict,
    Effects,
    Explanation,
    KnownCause,
    Meter,
)
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.load import Restatement
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
NAN = float("nan")
RDS = "Amazon Relational Database Service"
EC2 = "Amazon Elastic Compute Cloud - Compute"
ACCOUNTS = {PROD: "prod [/x]", "999999999999": "in no answer here"}


@dataclass(frozen=True)
class Files:
    """What writing a sample bill gives."""

    folder: Path = Path("made")
    labels: Path = Path("made/labels.csv")
    period: Period = field(default_factory=lambda: Period.parse("2026-05-04..2026-08-31"))
    line_items: int = 88_794


@pytest.fixture
def view() -> View:
    return View(
        data_source="cost_explorer",
        metric="net-amortized",
        currency="USD",
        group_by=("service",),
        period=Period.ending(OCTOBER_31, 14),
        through=OCTOBER_31,
        settled_through=date(2026, 10, 30),
    )


def service(name: str, account: str = "") -> Scope:
    return Scope((("ServiceName", name), *((("SubAccountId", account),) if account else ())))


def row(name: str, costs: Sequence[float | None]) -> TrendRow:
    known = [cost for cost in costs if cost is not None]
    last, before = costs[-1], costs[-2]
    change = None if last is None or before is None else last - before
    share = None if change is None or not before else 100 * change / before
    scope = service(name) if name else Scope()
    return TrendRow(scope, tuple(costs), sum(known), change, share)


@pytest.fixture
def trends(view: View) -> Trends:
    weekday = [100.0, 100, 40, 40, 100, 100, 100, 100, 100, 40, 40, 100, 100, 1234.56]
    return Trends(
        view=view,
        granularity="daily",
        buckets=tuple(view.period),
        rows=(
            row(EC2, [1000.0 + 10 * i for i in range(14)]),
            row(RDS, weekday),
            row("[/x] [bold]Tag\n\x1b[31mvalue", [0.004] * 14),
            row("=HYPERLINK(1)", [None] * 12 + [5.0, 0.0]),
            row("Credits", [-20.0] * 14),
        ),
        other=row("", [1.0] * 13 + [None]),
        total=row("", [1200.0] * 13 + [2344.56]),
        compared=(OCTOBER_31 - ONE_DAY, OCTOBER_31),
        gaps=(Gap(Period(date(2026, 10, 21), date(2026, 10, 22)), 24, 60),),
    )


@pytest.fixture
def comparison(view: View) -> Comparison:
    movers = (
        Mover(service(RDS), 1000.0, 3500.5, 2500.5, 250.05, "up"),
        Mover(service(EC2), 5000.0, 4000.0, -1000.0, -20.0, "down"),
        Mover(service("Amazon SageMaker"), 0.0, 420.0, 420.0, None, "new"),
        Mover(service("AWS Lambda"), 12.34, 0.0, -12.34, -100.0, "gone"),
    )
    total = Mover(Scope(), 6112.34, 8020.5, 1908.16, 31.2181, "up")
    other = Mover(Scope(), 100.0, 100.0, 0.0, 0.0, "same")
    a_day = Mover(Scope(), 6112.34 / 30, 8020.5 / 29, 72.82413, 35.7425, "up")
    periods = Period.parse("2026-09"), Period.parse("2026-10")
    return Comparison(view, *periods, movers, other, total, a_day, loaded=(30, 29))


@pytest.fixture
def anomaly() -> Anomaly:
    scope = service(RDS, PROD)
    return step_up(scope, RootCause(scope, 4537.12))


@pytest.fixture
def detected(view: View, anomaly: Anomaly) -> Detected:
    gone = replace(
        anomaly,
        anomaly_id="0a1b2c3d4e5f",
        scope=Scope((("tag:team", "[/x]"),)),
        kind=Kind.GONE,
        severity=Severity.WARNING,
        status=Status.RESOLVED,
        start_date=date(2026, 10, 20),
        end_date=date(2026, 10, 20),
        impact=Impact(-250.0, -250.0, 0.0, 250.0, -100.0, 0.0, 0.0),
        root_causes=(),
    )
    new = replace(
        anomaly,
        anomaly_id="ffffffffffff",
        scope=service("Amazon SageMaker", PROD),
        kind=Kind.NEW,
        severity=Severity.INFO,
        status=Status.OPEN,
        impact=Impact(99.995, 99.995, 99.995, 0.0, None, 0.0, 0.0),
    )
    view = replace(
        view,
        period=Period.ending(OCTOBER_31, 30),
        group_by=("service+account",),
        charge_categories=("Usage",),
    )
    theirs = AwsAnomaly(
        "4f1e0c55", "arn:aws:ce::1:anomalymonitor/x", date(2026, 10, 30), None, RDS, 0.9, 1200.5, 412.0, None,
        None, (RootCause(Scope((("ServiceName", "[/x]"), ("RegionId", "eu-west-1"))), 412.0),), Feedback.NO,
    )  # fmt: skip
    aws = Opinion(
        datetime(2026, 11, 1, 6, tzinfo=UTC), view.period, {anomaly.anomaly_id: (theirs,)}, (theirs,),
        (new.anomaly_id,),
    )  # fmt: skip
    gaps = (
        Gap(Period(date(2026, 10, 20), date(2026, 10, 22)), 1234, 1500),
        Gap(Period(date(2026, 10, 24), date(2026, 10, 25)), 20, 20, "[/x]"),
    )
    return Detected(view, date(2026, 11, 1), "default", "medium", (anomaly, gone, new), aws=aws, gaps=gaps)


def around_the_first_day() -> Activity:
    """What CloudTrail knows of it."""
    night = datetime(2026, 10, 28, 2, 10, tzinfo=UTC)
    deed = Deed(
        "CreateDBInstance",
        "rds.amazonaws.com",
        "role [/x]\n",
        "us-east-1",
        12,
        night,
        night,
        resources=("db-1",),
    )
    return Activity(
        datetime(2026, 10, 27, tzinfo=UTC),
        datetime(2026, 10, 29, tzinfo=UTC),
        ("us-east-1",),
        ("rds.amazonaws.com",),
        (deed,),
        is_cut=True,
    )


@pytest.fixture
def explanation(anomaly: Anomaly) -> Explanation:
    days = tuple(
        DayVerdict(
            day=date(2026, 9, 27) + timedelta(days=i),
            actual=NAN if i == 3 else 116.0 + 6 * (i % 7) + (1100.0 if i >= 31 else 0.0),
            expected=134.0 if i >= 7 else NAN,
            lower=110.0 if i >= 7 else NAN,
            upper=240.0 if i >= 7 else NAN,
            is_anomalous=i >= 31,
            is_settled=i < 34,
        )
        for i in range(35)
    )
    by_account = Breakdown("account", (RootCause(service(RDS, PROD), 4537.12),), 0.0)
    usage = [("InstanceUsage:db.r6g.16xl", 4000.004), ("RDS:GP3-Storage", 400.114), ("[/x]", 100.0)]
    causes = tuple(
        RootCause(Scope((*service(RDS, PROD).values, ("x_UsageType", name))), amount)
        for name, amount in usage
    )
    by_usage = Breakdown("usage-type", causes, 4537.12 - sum(amount for _, amount in usage))
    a_cause = KnownCause(
        "More instances of the same type",
        ("[/x]: 1,200 Hrs instead of 0.5", "in account 111122223333"),
        "Whether a scaling group grew with its load.",
        "aws cloudtrail lookup-events --lookup-attributes AttributeKey=ReadOnly,AttributeValue=false",
        "https://console.aws.amazon.com/ec2/home#Instances:",
    )
    of_usage = Meter(causes[2].scope, "Hrs", 1200.0, 0.5, 4.1667, None, 4000.0)
    return Explanation(
        anomaly=anomaly,
        currency="USD",
        data_source="sample",
        metric="EffectiveCost",
        through=OCTOBER_31,
        days=days,
        breakdowns=(by_account, by_usage),
        charge_categories=("Usage",),
        summary=f"{RDS} in {PROD} costs 4,537.12 USD more than expected since 2026-10-28, and goes on.",
        expected_from="last week's level",
        effects=Effects(4400.0, 137.12, 0.0, 0.0, 0.0, (of_usage,)),
        known_causes=(a_cause,),
        aws_anomalies=(),
        activity=around_the_first_day(),
    )


@pytest.fixture
def ingested() -> Ingested:
    totals = {
        "USD": {"BilledCost": Decimal("1234.567890123456"), "EffectiveCost": Decimal("1100.1")},
        "EUR": {"BilledCost": Decimal("5")},
    }
    restated = (
        Restatement(date(2026, 10, 6), "AWS Support (Business)", "USD", Decimal("4100"), Decimal("3900")),
        Restatement(date(2026, 10, 7), "AWS Support (Business)", "USD", Decimal("-0.5")),
        Restatement(date(2026, 10, 7), "Tax", "EUR", Decimal("-12.25"), Decimal("-12.25")),
    )
    lacks = (Lack("Savings Plans", ("savings_plan_used_commitment",)),)
    return Ingested(
        (
            LoadedBill("cur", "organization-cur", "2026-09", "unchanged"),
            LoadedBill(
                "cur",
                "organization-cur",
                "2026-10",
                "loaded",
                1_234_567,
                4_321,
                totals,
                restated,
                lacks,
                left_out=tuple(f"s3://bills/BILLING_PERIOD=2026-10/2026-10-0{day}T10:00Z" for day in (5, 6)),
                is_monthly=True,
            ),  # fmt: skip
            LoadedBill(
                "cur", "organization-cur", "2026-11", "failed", problem="part-1.parquet is truncated."
            ),
        ),
        paid_requests=3,
    )


@pytest.fixture
def printed(
    trends: Trends, comparison: Comparison, detected: Detected, explanation: Explanation, ingested: Ingested
) -> dict[str, Printed]:
    """Every kind of answer, ready to be printed."""
    today = date(2026, 11, 1)
    moved = tuple(
        Restatement(date(2026, month, day), name, "USD", Decimal(change), effective, "cur")
        for month, day, name, change, effective in (
            (9, 30, "Tax", "-12.25", None),
            (10, 6, "AWS Support (Business)", "4100", Decimal(3900)),
            (10, 7, "AWS Support (Business)", "-0.5", Decimal("-0.5")),
        )
    )
    return {
        "trends": PrintedTrends(trends, today, ACCOUNTS),
        "comparison": PrintedComparison(comparison, today, ACCOUNTS),
        "anomalies": PrintedAnomalies(detected, ACCOUNTS),
        "explanation": PrintedExplanation(explanation, today, ACCOUNTS),
        "ingested": PrintedIngest(ingested, today),
        "restatements": PrintedRestatements(moved, today),
        "sample": PrintedSample(Files()),
    }


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What an answer looks like on a terminal of so many columns."""

    def draw(answer: Printed, width: int = 80, *, colour: bool = False) -> str:
        stream = StringIO()
        if colour:
            monkeypatch.setenv("FORCE_COLOR", "1")
            monkeypatch.setenv("TERM", "xterm-256color")
        screen = Screen(Notices())
        screen.out = console(stream, is_plain=not colour)
        screen.out.width = width
        answer.show(screen)
        return stream.getvalue()

    return draw


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with the committed one; `WRITE_GOLDEN=1` writes it anew, to be read in the diff."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if os.environ.get("WRITE_GOLDEN"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{file} differs; read the diff, then WRITE_GOLDEN=1"

    return compare
