"""Tags and cost categories from end to end: what is asked for is kept, what nobody has is said."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from cost_explorer_double import Charge, CostExplorerDouble
from cur_deliveries import daily, deliver

from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.answers import Asked

AS_OF = date(2026, 9, 1)


def totals(app, group_by: str) -> dict[str, float]:
    rows = app.trends(Asked(group_by=group_by), days=31).rows
    return {str(row.scope): pytest.approx(row.total) for row in rows}


@pytest.mark.parametrize("asked", ["tag:team", "cost-category:team"])
def test_what_cost_explorer_was_paid_to_split_by_is_kept(
    open_app, ingest, aws: str, monkeypatch, asked: str
) -> None:
    assert aws
    days = [date(2026, 8, 1) + timedelta(days=i) for i in range(31)]
    kind = "tags" if asked.startswith("tag") else "cost_categories"
    charges = [Charge(day, "AWS Lambda", unblended="2", **{kind: {"team": "search"}}) for day in days]
    charges += [Charge(day, "AWS Glue", unblended="1") for day in days]
    with CostExplorerDouble(charges) as explorer:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", explorer.url)
        app = open_app(AS_OF)
        (loaded,) = ingest(app, "cost_explorer", days=31, group_by=f"service+{asked}")
    assert loaded.status == "loaded"
    assert totals(app, asked) == {"search": 62.0, "(none)": 31.0}


def test_a_tag_that_no_charge_has_is_no_data_and_not_a_bill_of_none(open_app, ingest, tmp_path: Path) -> None:
    tagged = {"resource_tags": {"user_team": "search", "user_env": "prod"}}
    delivery = str(deliver(tmp_path / "bill", daily(date(2026, 8, 1), [4.0] * 31, **tagged)))
    app = open_app(AS_OF, tags=("env",))
    ingest(app, "cur", path=delivery)
    with pytest.raises(NoData, match="no cost data with tag:team") as nothing:
        app.trends(Asked(group_by="tag:team"))
    assert nothing.value.hint == (
        "Name 'team' under `tags` in config.yaml, then `ingest --full-refresh`. Kept are: tag:env."
    )
    app = open_app(AS_OF, tags=("env", "team"))
    ingest(app, "cur", path=delivery, full_refresh=True)
    assert totals(app, "tag:team") == {"search": 124.0}
