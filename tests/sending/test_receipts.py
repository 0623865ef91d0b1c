"""What an answer means for an attempt: arrived, surely not, perhaps, or never."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.errors import CredentialsError, SettingsError, StoreBusy, Unanswered
from aws_cost_anomalies.model.alert import Delivery, Receipt
from aws_cost_anomalies.sending import receipts

NO_SUCH_STATUS = 599


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        (199, Delivery.FAILED),
        (200, Delivery.SENT),
        (204, Delivery.SENT),
        (299, Delivery.SENT),
        (300, Delivery.FAILED),
        (307, Delivery.FAILED),
        (399, Delivery.FAILED),
        (400, Delivery.FAILED),
        (404, Delivery.FAILED),
        (429, Delivery.PENDING),
        (499, Delivery.FAILED),
        (500, Delivery.AMBIGUOUS),
        (502, Delivery.AMBIGUOUS),
        (503, Delivery.PENDING),
        (504, Delivery.AMBIGUOUS),
    ],
)
def test_what_a_status_means(status: int, delivery: Delivery) -> None:
    receipt = receipts.of_status("Slack", status, retry_after=7.0)
    assert receipt.delivery is delivery
    assert receipt.retry_after == (7.0 if delivery is Delivery.PENDING else None)


@pytest.mark.parametrize(
    ("status", "said", "detail"),
    [
        (200, "ok", "Slack took it (200)"),
        (404, "no_service", "Slack answered 404 Not Found: no_service"),
        (404, "", "Slack answered 404 Not Found"),
        (500, "oh", "Slack answered 500 Internal Server Error: oh; it may have arrived"),
        (NO_SUCH_STATUS, "", "Slack answered 599; it may have arrived"),
        (302, "", "Slack answered 302: a redirect, which is not followed; set the final address"),
        (400, "", "Slack answered 400 Bad Request"),
    ],
)
def test_what_people_are_told_of_a_status(status: int, said: str, detail: str) -> None:
    assert receipts.of_status("Slack", status, said=said).detail == detail


def test_an_answer_is_told_in_part_and_a_detail_has_an_end() -> None:
    told = receipts.of_status("Slack", 404, said="x" * 500).detail
    assert len(told) == len("Slack answered 404 Not Found: ") + 200
    made = [receipts.sent, receipts.failed, receipts.pending, receipts.ambiguous]
    assert [len(make("y" * 1000).detail) for make in made] == [receipts.LONGEST_DETAIL] * 4
    assert receipts.LONGEST_DETAIL == 300


def test_a_receipt_keeps_what_the_platform_calls_the_message() -> None:
    assert receipts.sent("ok", "ts1") == Receipt(Delivery.SENT, "ok", "ts1")
    assert receipts.pending("busy", 3.0) == Receipt(Delivery.PENDING, "busy", retry_after=3.0)


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        (Unanswered("No answer.", "Look."), Delivery.AMBIGUOUS),
        (StoreBusy("costs.duckdb", "somebody", None), Delivery.PENDING),
        (CredentialsError("They ran out.", "Renew them."), Delivery.PENDING),
        (SettingsError("Wrong.", "Right it."), Delivery.FAILED),
    ],
)
def test_what_an_error_means(error: Exception, delivery: Delivery) -> None:
    receipt = receipts.of_error(error)  # type: ignore[arg-type]
    assert (receipt.delivery, receipt.retry_after) == (delivery, None)
    assert receipt.detail == f"{error.message} {error.hint}"  # type: ignore[attr-defined]


def test_a_secret_that_cannot_be_had_is_waited_for_longer_than_a_run() -> None:
    receipt = receipts.of_secret(SettingsError("No secret.", "Set it."))
    assert receipt == Receipt(Delivery.PENDING, "No secret. Set it.", retry_after=150.0)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("86399", 86399.0),
        ("86401", 86400.0),
        ("1234567890", None),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 86400.0),
    ],
)
def test_nobody_is_waited_for_longer_than_a_day(asked: str, seconds: float | None) -> None:
    assert receipts.seconds_of(asked, "Sun, 22 Nov 2026 10:00:00 GMT") == seconds
