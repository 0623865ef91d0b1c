"""What AWS says of anomalies, as a tool tells it: nothing known, nothing found, or found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from aws_cost_anomalies import App
from aws_cost_anomalies.agent.tools.alarms import aws_anomalies
from aws_cost_anomalies.agent.tools.costs import Nothing
from aws_cost_anomalies.model.load import ApiCall

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)


def test_where_aws_was_never_asked_nothing_is_known(app: App) -> None:
    told = aws_anomalies(app, Nothing())
    assert (told.document["aws_anomalies"], told.document["asked_at"]) == (None, None)
    assert "GetAnomalies" not in str(told.basis)


def test_where_aws_found_none_that_is_said_with_its_days(own_app: App) -> None:
    asked = ApiCall(NOW, "ce", "GetAnomalies", requests=1, usd=Decimal(0), note="2026-08-01..2026-08-31")
    with own_app.store.writing(NOW) as writer:
        writer.save_aws_anomalies((), asked)
    told = aws_anomalies(own_app, Nothing())
    assert (told.document["aws_anomalies"], told.document["asked_at"]) == ([], NOW)
    assert (told.document["start_date"], told.document["end_date"]) == (date(2026, 8, 1), date(2026, 8, 31))
    assert str(told.basis) == "GetAnomalies · 2026-08-01..2026-08-31"
