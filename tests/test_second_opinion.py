"""AWS's own anomalies: imported page by page, kept, and set beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from aws_anomalies import MONITOR, aws_anomaly
from cost_explorer_double import CostExplorerDouble
from daily_bills import days_of, load, month_bill

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.errors import AccessDenied, InvalidArgument, ServiceUnavailable
from aws_cost_anomalies.model.anomaly import Feedback
from aws_cost_anomalies.model.answers import Asked, Wanted
from aws_cost_anomalies.model.message import Facts
from aws_cost_anomalies.model.scope import Scope

TODAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
RDS = "Amazon Relational Database Service"
BY_SERVICE = Asked(group_by="service")
WANTED = Wanted(source="aws-anomalies")


@pytest.fixture
def double(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CostExplorerDouble]:
    with CostExplorerDouble(page_size=2) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        yield double


@pytest.fixture
def app(tmp_path: Path) -> App:
    settings = Settings.model_validate({"database": {"path": tmp_path / "costs.duckdb"}})
    app = App(settings, as_of=TODAY, now=NOW)
    for month in (date(2026, 3, 1), date(2026, 4, 1)):
        last = 31 if month.month == 3 else 30
        usual = ["100"] * last
        if month.month == 4:
            usual[19:22] = ["400"] * 3
        charges = days_of(month, usual, RDS) + days_of(month, ["50"] * last, "Amazon S3")
        load(app.store, month_bill(month), charges)
    return app


def imported(app: App, wanted: Wanted = WANTED) -> int:
    (bill,) = app.ingest(app.plan_ingest(wanted))
    return bill.rows


def test_every_page_is_asked_of_the_last_ninety_days(app: App, double: CostExplorerDouble) -> None:
    double.anomalies = [aws_anomaly(f"a{n}", f"2026-04-{n:02}", None, service="x") for n in range(1, 6)]
    double.anomalies.append(aws_anomaly("old", "2026-01-02", "2026-01-03", service="x"))
    assert imported(app) == 5
    asked = [request.body for request in double.requests]
    assert [body.get("NextPageToken") for body in asked] == [None, "page-2", "page-4"]
    assert asked[0]["DateInterval"] == {"StartDate": "2026-01-31", "EndDate": "2026-04-30"}
    (call,) = app.store.api_calls()
    assert (call.operation, call.requests, call.usd, call.note) == (
        "GetAnomalies", 3, 0, "2026-01-31..2026-04-30",
    )  # fmt: skip


def test_an_anomaly_is_kept_as_it_was_told_last(app: App, double: CostExplorerDouble) -> None:
    double.anomalies = [aws_anomaly("a", "2026-04-20", None, service="Amazon RDS", region="eu-west-1")]
    imported(app)
    double.anomalies = [
        aws_anomaly("a", "2026-04-20", "2026-04-22", service="Amazon RDS", impact=900.0, feedback="YES")
    ]
    assert imported(app) == 1
    (kept,) = app.store.aws_anomalies()
    assert (kept.start_date, kept.end_date) == (date(2026, 4, 20), date(2026, 4, 22))
    assert (kept.monitor, kept.total_impact, kept.feedback) == (MONITOR, 900.0, Feedback.YES)
    assert [cause.scope for cause in kept.root_causes] == [Scope((("ServiceName", RDS),))]
    double.anomalies = []
    assert imported(app) == 0
    assert len(app.store.aws_anomalies()) == 1, "what AWS forgets is kept"


def test_both_only_aws_and_only_ours(app: App, double: CostExplorerDouble) -> None:
    assert app.detect(BY_SERVICE).aws is None, "AWS was never asked"
    double.anomalies = [
        aws_anomaly("ours too", "2026-04-20", "2026-04-22", service="Amazon RDS"),
        aws_anomaly("alone", "2026-04-20", "2026-04-22", service="Amazon EC2", impact=77.0),
        aws_anomaly("before", "2026-03-02", "2026-03-03", service="Amazon RDS"),
    ]
    imported(app)
    found = app.detect(BY_SERVICE)
    (ours,) = found.anomalies
    assert found.aws is not None
    assert {k: [t.anomaly_id for t in v] for k, v in found.aws.both.items()} == {
        ours.anomaly_id: ["ours too"]
    }
    assert [each.anomaly_id for each in found.aws.only_aws] == ["alone"]
    assert found.aws.only_ours == ()
    assert found.aws.imported_at == NOW
    told = app.explain(ours.anomaly_id, BY_SERVICE).aws_anomalies
    assert told is not None
    assert [each.anomaly_id for each in told] == ["ours too"]


def test_messages_say_whether_aws_tells_it_too(app: App, double: CostExplorerDouble) -> None:
    rules = app.settings.alerts.model_copy(update={"fresh_days": 20})
    app = App(app.settings.model_copy(update={"alerts": rules}), as_of=TODAY, now=NOW)

    def fact() -> list[str]:
        (entry,) = app.alerts(BY_SERVICE).entries
        facts = [pair for block in entry.message.blocks if isinstance(block, Facts) for pair in block.pairs]
        return [value for label, value in facts if label == "AWS Cost Anomaly Detection"]

    assert fact() == [], "AWS was never asked"
    imported(app)
    assert fact() == ["does not tell it"]
    double.anomalies = [aws_anomaly("ours too", "2026-04-20", "2026-04-22", service="Amazon RDS")]
    imported(app)
    assert fact() == ["tells it too"]


@pytest.mark.parametrize(
    "theirs",
    [
        aws_anomaly("other service", "2026-04-20", "2026-04-22", service="Amazon EC2"),
        aws_anomaly("other days", "2026-04-25", "2026-04-26", service="Amazon RDS"),
        aws_anomaly("other way", "2026-04-20", "2026-04-22", service="Amazon RDS", impact=-5.0),
        aws_anomaly("no scope", "2026-04-20", "2026-04-22"),
    ],
    ids=lambda each: str(each["AnomalyId"]),
)
def test_what_is_not_the_same_move(app: App, double: CostExplorerDouble, theirs: dict[str, Any]) -> None:
    double.anomalies = [theirs]
    imported(app)
    found = app.detect(BY_SERVICE)
    assert found.aws is not None
    assert found.aws.only_ours == (found.anomalies[0].anomaly_id,)
    assert [each.anomaly_id for each in found.aws.only_aws] == [theirs["AnomalyId"]]
    assert app.explain(found.anomalies[0].anomaly_id, BY_SERVICE).aws_anomalies == ()


def test_what_people_confirmed_in_aws_are_labels(app: App, double: CostExplorerDouble) -> None:
    double.anomalies = [
        aws_anomaly("yes", "2026-04-20", "2026-04-22", service="Amazon RDS", feedback="YES"),
        aws_anomaly("no", "2026-04-02", "2026-04-03", service="Amazon RDS", feedback="NO"),
        aws_anomaly("nothing said", "2026-04-05", "2026-04-06", service="Amazon RDS"),
    ]
    imported(app)
    labels = app.read_labels(None)
    assert [(str(label.days), label.scope.as_dict()) for label in labels] == [
        ("2026-04-20..2026-04-22", {"ServiceName": RDS})
    ]
    accuracy = app.backtest(BY_SERVICE, known=labels).accuracy
    assert accuracy is not None
    assert (accuracy.precision, accuracy.recall) == (1.0, 1.0)


def test_a_refusal_names_the_action_and_changes_nothing(app: App, double: CostExplorerDouble) -> None:
    double.fail("AccessDeniedException")
    with pytest.raises(AccessDenied, match="ce:GetAnomalies"):
        imported(app)
    assert app.store.api_calls() == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["Anomalies"][0].pop("Impact"),
        lambda answer: answer["Anomalies"][0].pop("AnomalyStartDate"),
        lambda answer: answer["Anomalies"][0].update(AnomalyStartDate="soon"),
        lambda answer: answer["Anomalies"][0].update(Feedback="MAYBE"),
    ],
)
def test_an_answer_without_sense_is_said_to_be_one(app: App, double: CostExplorerDouble, spoil: Any) -> None:
    double.anomalies = [aws_anomaly("a", "2026-04-20", None, service="x")]
    double.edit = spoil
    with pytest.raises(ServiceUnavailable, match="cannot be read"):
        imported(app)


def test_a_token_that_comes_twice_ends_it(app: App, double: CostExplorerDouble) -> None:
    double.anomalies = [aws_anomaly(f"a{n}", f"2026-04-{n:02}", None, service="x") for n in range(1, 8)]
    double.repeats_its_token = True
    with pytest.raises(ServiceUnavailable, match="same page token"):
        imported(app)


@pytest.mark.parametrize("more", [{"path": "x"}, {"month": "2026-04"}, {"group_by": "service"}])
def test_options_that_mean_nothing_here_are_refused(app: App, more: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        app.plan_ingest(Wanted(source="aws-anomalies", **more))


def test_fewer_days_are_asked_for_when_wanted(app: App, double: CostExplorerDouble) -> None:
    imported(app, Wanted(source="aws-anomalies", days=7))
    assert double.requests[0].body["DateInterval"] == {"StartDate": "2026-04-24", "EndDate": "2026-04-30"}
