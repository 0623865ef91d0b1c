"""Figures of an answer are traced to results, and what stems from nowhere is marked."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.agent.grounding import MARK, Grounds

RESULT = {
    "rests_on": "daily_cost_summary · sample",
    "data": {
        "total": 57937.7123,
        "share": 0.3217,
        "change": -1007.29,
        "exact": "50410.329257045",
        "account": "100000000005",
        "id": "a23f30b2f44f",
        "kind": "ml.g5.2xlarge",
        "start_date": "2026-08-01",
        "end_date": "2026-08-31",
    },
}


@pytest.fixture
def grounds() -> Grounds:
    known = Grounds()
    known.add_text("What are my top 7 services since 2026-07-15, above 250 USD?")
    known.add_result(json.dumps(RESULT))
    return known


@pytest.mark.parametrize(
    "line",
    [
        "It cost 57,937.71 USD in 2026-08.",
        "About 57.9k USD, or $57,938.",
        "That is 32.2 % or 32% of it.",
        "Kinesis fell by 1,007.29 USD.",
        "EC2: 50,410.33 USD",
        "1. account 100000000005",
        "Anomaly a23f30b2f44f on ml.g5.2xlarge",
        "From August 1 to August 31, 2026",
        "between 2026-07-15 and 2026-08-31",
        "the top 7, above 250 USD",
        "3 of them in S3",
        "No figures at all.",
        "",
    ],
)
def test_a_figure_of_a_result_is_left_alone(grounds: Grounds, line: str) -> None:
    assert grounds.marked(line) == (line, [])


@pytest.mark.parametrize(
    ("line", "strange"),
    [
        ("It cost 57,937.72 USD.", "57,937.72"),
        ("It cost $60,000.", "$60,000"),
        ("That is 33% of it.", "33%"),
        ("It rose by 8 %.", "8"),
        ("on ml.g6.2xlarge", "ml.g6.2xlarge"),
        ("account 100000000006", "100000000006"),
        ("on 2026-10-03", "2026-10-03"),
        ("on 2026-08-32", "2026-08-32"),
        ("Some 250.5 million", "250.5"),
        (r"odd \x1b31 text", r"\x1b31"),
    ],
)
def test_a_figure_from_nowhere_is_marked(grounds: Grounds, line: str, strange: str) -> None:
    marked, found = grounds.marked(line)
    assert found == [strange]
    assert f"{strange} {MARK}" in marked


def test_what_an_earlier_question_found_stays_known(grounds: Grounds) -> None:
    grounds.add_text("And July?")
    assert grounds.marked("57,937.71 USD")[1] == []


@settings(deadline=None, max_examples=200)
@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_every_rounding_of_a_result_is_traced(value: float, places: int) -> None:
    known = Grounds()
    known.add_result(json.dumps({"value": value}))
    assert known.marked(f"It is {abs(value):,.{places}f} USD.")[1] == []


@settings(deadline=None, max_examples=200)
@given(st.floats(1000, 1e8), st.floats(0.0011, 0.5))
def test_no_other_amount_is(value: float, off: float) -> None:
    known = Grounds()
    known.add_result(json.dumps({"value": value}))
    assert known.marked(f"It is {value * (1 + off):,.2f} USD.")[1] != []
