"""Texts fit to be shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messages import rich

from aws_cost_anomalies.model.message import Table
from aws_cost_anomalies.sending.plain import fixed_width
from aws_cost_anomalies.sending.receipts import seconds_of
from aws_cost_anomalies.sending.texts import line, lines, safe_url, squeezed, title_of, width


@given(st.text(max_size=300), st.integers(1, 80))
def test_a_line_is_one_line_and_hides_nothing(text: str, limit: int) -> None:
    made = line(text, limit)
    assert len(made) <= limit
    assert "\n" not in made
    assert not {unicodedata.category(letter) for letter in made} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(letter) for letter in made} & {
        "RLO",
        "LRO",
        "RLE",
        "LRE",
        "PDF",
        "RLI",
        "LRI",
    }
    made.encode()


def test_of_an_arn_both_ends_are_kept() -> None:
    arn = "arn:aws:sagemaker:us-east-1:100000000005:endpoint/recommend-2"
    assert squeezed(arn, 40) == "arn:aws:sagem…00005:endpoint/recommend-2"
    assert squeezed(arn, len(arn)) == arn


@given(st.text(max_size=100), st.integers(2, 60))
def test_what_is_squeezed_fits(text: str, limit: int) -> None:
    assert len(squeezed(text, limit)) <= limit


def test_lines_stay_lines() -> None:
    assert lines("a\r\nb\rc\x00\td ") == "a\nb\nc d"


@given(st.text(max_size=200))
def test_a_safe_url_cannot_be_left(text: str) -> None:
    made = safe_url(f"https://a.test/{text}")
    assert made.startswith("https://a.test/")
    assert not set(made) & set(" <>\"'`\\|\n")
    assert made.isascii()


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "data:text/html,x", "https://", "//a.test", "https://[", "/a"]
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


def test_that_it_may_repeat_is_never_cut_off() -> None:
    assert title_of(rich(), may_repeat=True, limit=40) == "Critical: Amazon RDS in pr… (may repeat)"


def test_columns_are_flush_whatever_the_script() -> None:
    rows = fixed_width(Table(("Name", "USD"), (("日本", "1.00"), ("e\u0301", "20.00")), numbers=(1,)))
    assert rows == ["Name    USD", "日本   1.00", "e\u0301     20.00"]
    assert {width(row) for row in rows} == {11}


@pytest.mark.parametrize(
    ("retry_after", "date", "seconds"),
    [
        ("0", "", 0.0),
        (" 120 ", "", 120.0),
        ("1.5", "", 1.5),
        ("999999999", "", 86400.0),
        ("Sun, 22 Nov 2026 10:02:00 GMT", "Sun, 22 Nov 2026 10:00:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 22 Nov 2026 10:00:30 GMT", 0.0),
        ("Sun, 22 Nov 2026 10:02:00 GMT", "", None),
        ("soon", "Sun, 22 Nov 2026 10:00:30 GMT", None),
        ("-5", "Sun, 22 Nov 2026 10:00:30 GMT", None),
    ],
)
def test_how_long_to_wait(retry_after: str, date: str, seconds: float | None) -> None:
    assert seconds_of(retry_after, date) == seconds
