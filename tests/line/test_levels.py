"""One anomaly per dollar from end to end: levels that cross, and levels from one day to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path

from aws_cost_anomalies import App
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.naming import plain_place

COLUMNS = ("BillingCurrency", "BilledCost", "EffectiveCost", "ServiceName", "SubAccountId", "RegionId")
HEADER = ",".join(("ChargePeriodStart", *COLUMNS, "ChargeCategory"))
FIRST = date(2026, 6, 1)
ACCOUNTS = [f"{n}" * 12 for n in range(1, 7)]
SERVICES = ["AWS Glue", "AWS Lambda", "Amazon Athena", "Amazon EC2", "Amazon S3"]
REGIONS = ["eu-west-1", "us-east-1"]
LAST = FIRST + timedelta(days=59)


def bill(folder: Path, *, days: int, costs: Callable[[str, str, str], dict[int, float]]) -> str:
    """A FOCUS file: every service costs 100.00 a day in every account and region, but on some days."""
    rows = [HEADER]
    for cell in product(SERVICES, ACCOUNTS, REGIONS):
        others = costs(*cell)
        for day in range(days):
            cost = others.get(day, 100.0 + day % 3)
            rows.append(f"{FIRST + timedelta(days=day)}T00:00:00Z,USD,{cost},{cost},{','.join(cell)},Usage")
    path = folder / "bill.csv"
    path.write_text("\n".join(rows) + "\n")
    return str(path)


def told(app: App, group_by: str) -> list[str]:
    return [str(each.scope) for each in app.detect(Asked(group_by=group_by)).anomalies]


def test_a_region_that_costs_more_is_one_anomaly_at_any_levels_that_have_it(
    open_app, ingest, tmp_path
) -> None:
    app = open_app(LAST + timedelta(days=1))
    dearer = bill(
        tmp_path, days=60, costs=lambda _s, _a, region: {59: 160.0} if region == "eu-west-1" else {}
    )
    ingest(app, "focus", path=dearer)
    assert told(app, "service,account,region") == ["eu-west-1"]
    assert told(app, "service,account,region,service+account,service+account+region") == ["eu-west-1"]
    assert len(told(app, "service,account,service+account")) == len(SERVICES)


def test_moves_of_the_same_size_in_other_charges_are_both_told(open_app, ingest, tmp_path) -> None:
    app = open_app(LAST + timedelta(days=1))
    two = {("AWS Glue", ACCOUNTS[0], "eu-west-1"), ("Amazon S3", ACCOUNTS[1], "us-east-1")}
    ingest(
        app, "focus", path=bill(tmp_path, days=60, costs=lambda *cell: {59: 1000.0} if cell in two else {})
    )
    assert sorted(told(app, "service,account")) == ACCOUNTS[:2]


def test_what_was_told_stays_at_its_level_when_one_region_carries_more_of_it(
    open_app, ingest, tmp_path
) -> None:
    moved = {"eu-west-1": {58: 160.0, 59: 230.0}, "us-east-1": {58: 135.0}}
    levels = "service+account,service+account+region"

    def morning(days: int) -> App:
        now = datetime.combine(FIRST + timedelta(days=days), time(7), tzinfo=UTC)
        app = open_app(now.date(), now=now, **{"anomaly.group_by": levels, "database.settle_hours": 0})
        both = ("AWS Glue", ACCOUNTS[0])
        costs = bill(tmp_path, days=days, costs=lambda s, a, region: moved[region] if (s, a) == both else {})
        ingest(app, "focus", path=costs)
        return app

    first = morning(59)
    (then,) = first.detect(Asked()).anomalies
    assert str(then.scope) == f"AWS Glue · {ACCOUNTS[0]}"
    first.daily.keep(first.alerts(Asked()))
    second = morning(60)
    assert told(second, levels) == [f"AWS Glue · {ACCOUNTS[0]} · {region}" for region in REGIONS], (
        "had nobody been told"
    )
    (now,) = second.detect(Asked()).anomalies
    assert (now.scope, now.anomaly_id) == (then.scope, then.anomaly_id)


def new_region(folder: Path, services: tuple[str, ...], *, account: str = ACCOUNTS[0]) -> str:
    """The bill, and 25.00 a day of some services for two days in a region where the account never was."""
    path = Path(bill(folder, days=60, costs=lambda *_: {}))
    rows = [
        f"{LAST - timedelta(days=ago)}T00:00:00Z,USD,25.0,25.0,{service},{account},ap-south-1,Usage"
        for service in services
        for ago in (1, 0)
    ]
    path.write_text(path.read_text() + "\n".join(rows) + "\n")
    return str(path)


def seen(app: App, **asked: str) -> list[tuple[str, str]]:
    return [(each.kind.value, str(each.scope)) for each in app.detect(Asked(**asked)).anomalies]


def test_a_region_never_seen_before_is_told_though_its_service_hardly_moved(
    open_app, ingest, tmp_path
) -> None:
    app = open_app(LAST + timedelta(days=1))
    ingest(app, "focus", path=new_region(tmp_path, ("Amazon EC2",)))
    assert seen(app) == [("new", f"{ACCOUNTS[0]} · ap-south-1")]
    assert seen(app, group_by="service+account") == []
    off = open_app(LAST + timedelta(days=1), **{"anomaly.first_seen": ""})
    assert seen(off) == []


def test_a_region_of_several_services_is_one_anomaly(open_app, ingest, tmp_path) -> None:
    app = open_app(LAST + timedelta(days=1))
    ingest(app, "focus", path=new_region(tmp_path, ("Amazon EC2", "Amazon S3", "AWS Glue")))
    assert seen(app) == [("new", f"{ACCOUNTS[0]} · ap-south-1")]


def test_an_account_never_seen_before_is_one_anomaly_in_each_region(open_app, ingest, tmp_path) -> None:
    app = open_app(LAST + timedelta(days=1))
    ingest(app, "focus", path=new_region(tmp_path, ("Amazon EC2", "Amazon S3"), account="777777777777"))
    assert seen(app) == [("new", "777777777777 · ap-south-1")]


def test_what_an_id_of_a_new_region_stands_for_can_be_explained(open_app, ingest, tmp_path) -> None:
    app = open_app(LAST + timedelta(days=1))
    ingest(app, "focus", path=new_region(tmp_path, ("Amazon EC2",)))
    (one,) = app.detect(Asked()).anomalies
    told = app.explain(one.anomaly_id, Asked())
    assert told.anomaly.scope == one.scope
    assert told.anomaly.impact.total_impact == 50.0


def test_moves_within_a_known_region_are_left_to_the_other_levels(open_app, ingest, tmp_path) -> None:
    app = open_app(LAST + timedelta(days=1))
    dearer = {("Amazon EC2", ACCOUNTS[0], "eu-west-1")}
    path = bill(tmp_path, days=60, costs=lambda *cell: {59: 900.0} if cell in dearer else {})
    ingest(app, "focus", path=path)
    assert seen(app) == [("spike", f"Amazon EC2 · {ACCOUNTS[0]}")]


def test_a_monitor_tells_what_it_watches_whatever_others_tell(open_app, ingest, tmp_path) -> None:
    # EC2 of one account moves: `team` looks at that account, and the wider monitor must not answer for it.
    team = {"name": "team", "filter": {"account": ACCOUNTS[0]}, "group_by": "service"}
    app = open_app(LAST + timedelta(days=1), monitors=[{"name": "everything"}, team])
    dearer = {("Amazon EC2", ACCOUNTS[0], "eu-west-1")}
    ingest(
        app,
        "focus",
        path=bill(tmp_path, days=60, costs=lambda *cell: {59: 900.0} if cell in dearer else {}),
    )
    found = {(each.monitor, plain_place(each)) for each in app.detect(Asked()).anomalies}
    both = {
        ("everything", f"Amazon EC2 · {ACCOUNTS[0]}"),
        ("team", f"Amazon EC2 within account={ACCOUNTS[0]}"),
    }
    assert found == both
    first = app.alerts(Asked())
    (told,) = (entry.message.title for entry in first.entries)
    assert "Amazon EC2" in told
    (held,) = first.held_back
    assert "tells the same dollars" in held.because
    app.daily.keep(first)
    again = app.alerts(Asked())
    assert again.entries == ()
    ids = {each.anomaly.anomaly_id: each.because for each in again.held_back}
    assert "tells the same dollars" in ids[held.anomaly.anomaly_id], "the one that was told stands for it"


def test_a_subscription_to_one_monitor_hears_of_what_another_tells_too(open_app, ingest, tmp_path) -> None:
    team = {"name": "team", "filter": {"account": ACCOUNTS[0]}, "group_by": "service"}
    only = {"name": "team", "channels": ["stdout"], "monitors": ["team"]}
    monitors = {"monitors": [{"name": "everything"}, team], "subscriptions": [only]}
    app = open_app(LAST + timedelta(days=1), **monitors)
    dearer = {("Amazon EC2", ACCOUNTS[0], "eu-west-1")}
    path = bill(tmp_path, days=60, costs=lambda *cell: {59: 900.0} if cell in dearer else {})
    ingest(app, "focus", path=path)
    (told,) = app.alerts(Asked()).entries
    (one,) = told.message.payload["anomalies"]
    assert (one["monitor"], one["filter"]) == ("team", {"SubAccountId": ACCOUNTS[0]})
    assert f"Amazon EC2 within account {ACCOUNTS[0]}" in told.message.title
    (row,) = [each for each in app.detect(Asked()).anomalies if each.monitor == "team"]
    assert f"Amazon EC2 within account={ACCOUNTS[0]} cost " in app.explain(row.anomaly_id, Asked()).summary
