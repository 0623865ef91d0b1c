"""No character of a bill reaches a terminal or a spreadsheet as an order."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.cli import characters
from aws_cost_anomalies.model.characters import named


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Amazon RDS", "Amazon RDS"),
        ("São Paulo 東京", "São Paulo 東京"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("user\u202egpj.exe", r"user\u202egpj.exe"),
        ("a\u2028b", r"a\u2028b"),
        ("\ud800", r"\ud800"),
        ("no\uffff\ufdd0\U0001fffe", r"no\uffff\ufdd0\U0001fffe"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
        ("pay\u200dpal é\u200c\u202e", r"pay\u200dpal é\u200c\u202e"),
        ("::error::x ::Set-Output name=a::b", r"\x3a:error::x \x3a:Set-Output name=a::b"),
        ("##[group]a ###vso[b]", r"\x23#[group]a #\x23#vso[b]"),
        ("arn:aws:s3:::bucket AWS::EC2::Instance ## a", "arn:aws:s3:::bucket AWS::EC2::Instance ## a"),
    ],
)
def test_strange_characters_are_spelled_out(text: str, shown: str) -> None:
    assert characters.visible(text) == shown


@pytest.mark.parametrize(
    ("name", "called"), [("a", "a"), ("", ""), ("  ", "(blank)"), ("\u3164\u00a0", "(blank)"), (" a ", " a ")]
)
def test_a_name_of_which_nothing_is_seen_has_a_word(name: str, called: str) -> None:
    assert named(name) == called


@settings(deadline=None)
@given(st.text())
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    shown = characters.visible(text)
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("plain", "plain"),
        (-3.25, "-3.25"),
        (None, ""),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert characters.cell(value) == cell


def test_a_poor_encoding_gets_something_near() -> None:
    characters.register()
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", errors=characters.NEAREST) as stream:
        stream.write("▁█░▓▲ 1 → 2 – é")
        stream.flush()
        assert raw.getvalue() == b"_#.%^ 1 -> 2 - ?"
