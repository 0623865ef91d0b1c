"""Days and months as people write them, and what no bill is of."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.period import BillingPeriod, Period, parse_day


@pytest.mark.parametrize("text", ["2999-12", "2999-12-31", "1900-01-01..2999-12-31"])
def test_a_period_at_the_edge_is_one(text: str) -> None:
    assert str(Period.parse(text)).endswith("2999-12-31")


@pytest.mark.parametrize("text", ["9999-12", "9999-12-31", "0001-01-01", "0001-01-01..2026-08-31", "2026-13"])
def test_a_period_that_no_bill_is_of_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument):
        Period.parse(text)


def test_so_are_such_a_day_and_such_a_month() -> None:
    with pytest.raises(InvalidArgument, match="YYYY-MM-DD"):
        parse_day("9999-12-31")
    with pytest.raises(InvalidArgument, match="YYYY-MM"):
        BillingPeriod.parse("9999-12")
