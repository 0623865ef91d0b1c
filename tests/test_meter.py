"""Paid requests are counted one by one, and the one too many does not leave."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.aws.meter import PRICE, Meter
from aws_cost_anomalies.errors import PaidRequestCapReached


def test_a_request_costs_a_cent() -> None:
    assert str(PRICE) == "0.01"


def test_without_a_cap_all_are_counted_and_none_is_stopped() -> None:
    meter = Meter()
    meter.allow(None)
    meter.require(1_000)
    for _ in range(5):
        meter.before_send()
    assert (meter.sent, meter.limit, meter.cap) == (5, None, 0)


def test_the_cap_counts_from_where_it_is_given() -> None:
    meter = Meter()
    meter.before_send()
    meter.allow(2)
    meter.before_send()
    meter.before_send()
    with pytest.raises(PaidRequestCapReached, match=r"more paid requests; the cap is 2\."):
        meter.before_send()
    assert meter.sent == 3


def test_what_cannot_be_paid_is_said_before_the_first_request() -> None:
    meter = Meter()
    meter.before_send()
    meter.allow(4)
    meter.before_send()
    meter.require(3)
    with pytest.raises(PaidRequestCapReached, match=r"at least 5 paid requests; the cap is 4\."):
        meter.require(4)
    assert meter.sent == 2


def test_a_cap_of_nothing_lets_nothing_leave() -> None:
    meter = Meter()
    meter.allow(0)
    with pytest.raises(PaidRequestCapReached, match="the cap is 0"):
        meter.before_send()
