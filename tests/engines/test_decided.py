"""A CASE loses what no row comes to, keeps what some row may come to, and gives every row the same."""

from __future__ import annotations

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from aws_cost_anomalies.sql.decided import decide

ALL = ("Fee", "RIFee", "Tax", "Usage", "EdpDiscount", None)


def left(case: str, *texts: str | None) -> str:
    """What is left of a CASE in `raw` where the column a has these texts."""
    mapping = sqlglot.parse_one(f"SELECT {case} AS x FROM raw", into=exp.Select)
    decide(mapping, {"a": set(texts)} if texts else {})
    return mapping.selects[0].unalias().sql()


@pytest.mark.parametrize(
    ("texts", "remains"),
    [
        ((), "CASE WHEN a = 'Fee' THEN 1 WHEN a = 'Tax' THEN 2 ELSE 3 END"),
        (("Fee", "Tax"), "CASE WHEN a = 'Fee' THEN 1 WHEN a = 'Tax' THEN 2 ELSE 3 END"),
        (("Fee", None), "CASE WHEN a = 'Fee' THEN 1 ELSE 3 END"),
        (("Usage", "Tax"), "CASE WHEN a = 'Tax' THEN 2 ELSE 3 END"),
        (("Tax",), "2"),
        (("Usage", None), "3"),
        ((None,), "3"),
    ],
)
def test_branches_that_no_text_comes_to_go(texts, remains):
    assert left("CASE WHEN a = 'Fee' THEN 1 WHEN a = 'Tax' THEN 2 ELSE 3 END", *texts) == remains


def test_what_stands_after_a_branch_that_all_come_to_goes():
    case = "CASE WHEN b = 'x' THEN 1 WHEN a = 'Tax' THEN 2 WHEN c = 'y' THEN 3 ELSE 4 END"
    assert left(case, "Tax") == "CASE WHEN b = 'x' THEN 1 ELSE 2 END"


@pytest.mark.parametrize(
    ("condition", "texts", "outcome"),
    [
        ("a IN ('Fee', 'Tax')", ("Fee", "Tax"), True),
        ("a IN ('Fee', 'Tax')", ("Usage", None), False),
        ("a IN ('Fee', 'Tax')", ("Fee", "Usage"), None),
        ("a IN ('Fee', b)", ("Usage",), None),
        ("a LIKE '%Discount'", ("EdpDiscount", "Discount"), True),
        ("a LIKE '%Discount'", ("Discounted", None), False),
        ("a LIKE 'T_x'", ("Tax", "T.x", "T\nx"), True),
        ("a LIKE 'T.x'", ("Tax",), False),
        ("(a = 'Fee')", ("Fee",), True),
        ("a = 'Fee' AND b IS NULL", ("Tax",), False),
        ("a = 'Fee' AND b IS NULL", ("Fee",), None),
        ("a = 'Fee' AND a LIKE 'F%'", ("Fee",), True),
        ("a = 'Fee' OR b IS NULL", ("Fee",), True),
        ("a = 'Fee' OR b IS NULL", ("Tax",), None),
        ("a = 'Fee' OR a = 'Tax'", ("Usage",), False),
        ("NOT a = 'Fee'", ("Fee",), None),
        ("a = b", ("Fee",), None),
        ("a > 'Fee'", ("Tax",), None),
        ("a IS NULL", ("Fee",), None),
    ],
)
def test_a_condition_holds_everywhere_nowhere_or_nobody_knows(condition, texts, outcome):
    case = f"CASE WHEN {condition} THEN 1 ELSE 2 END"
    assert left(case, *texts) == {True: "1", False: "2", None: left(case)}[outcome]


@pytest.mark.parametrize(
    ("case", "has", "lacks"),
    [
        ("CASE WHEN a = 'Fee' AND whole THEN 1 ELSE 2 END", "CASE WHEN a = 'Fee' THEN 1 ELSE 2 END", "2"),
        ("CASE WHEN whole AND a = 'Fee' THEN 1 ELSE 2 END", "CASE WHEN a = 'Fee' THEN 1 ELSE 2 END", "2"),
        (
            "CASE WHEN a = 'Fee' AND b IS NULL AND whole THEN 1 ELSE 2 END",
            "CASE WHEN a = 'Fee' AND b IS NULL THEN 1 ELSE 2 END",
            "2",
        ),
        ("CASE WHEN whole THEN b ELSE c END", "b", "c"),
        (
            "CASE WHEN whole OR a = 'Fee' THEN 1 ELSE 2 END",
            "1",
            "CASE WHEN FALSE OR a = 'Fee' THEN 1 ELSE 2 END",
        ),
    ],
)
def test_what_a_file_has_is_decided_before_any_row_is_read(case, has, lacks):
    for outcome, remains in ((True, has), (False, lacks)):
        mapping = sqlglot.parse_one(f"SELECT {case} AS x FROM raw", into=exp.Select)
        decide(mapping, {}, {"whole": outcome})
        assert mapping.selects[0].unalias().sql() == remains


def test_a_case_without_an_else_keeps_its_type():
    case = "CASE WHEN a = 'Fee' THEN CAST(b AS DECIMAL(18, 12)) END"
    assert left(case, "Tax") == case
    assert left(case, "Fee") == "CAST(b AS DECIMAL(18, 12))"
    assert left("CASE WHEN a = 'Fee' THEN 1 WHEN b THEN 2 END", "Tax") == "CASE WHEN b THEN 2 ELSE NULL END"


def test_a_case_inside_another_and_one_that_asks_a_value_are_read_rightly():
    case = "CASE WHEN b THEN CASE WHEN a = 'Fee' THEN 1 ELSE 2 END ELSE 3 END"
    assert left(case, "Tax") == "CASE WHEN b THEN 2 ELSE 3 END"
    asked = "CASE a WHEN 'Fee' THEN 1 ELSE 2 END"
    assert left(asked, "Tax") == asked


@pytest.mark.parametrize("texts", [(one, other) for one in ALL for other in ALL])
def test_every_row_gets_what_it_got_before(texts):
    case = (
        "CASE WHEN a IN ('Fee', 'RIFee') AND b > 1 THEN 1 WHEN a LIKE '%Discount' THEN b "
        "WHEN a = 'Tax' OR a = 'Usage' THEN CASE WHEN a = 'Tax' THEN 4 ELSE b + 1 END ELSE 6 END"
    )
    rows = [(text, number) for text in texts for number in (0, 2)]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE raw (a VARCHAR, b INTEGER)")
        connection.executemany("INSERT INTO raw VALUES (?, ?)", rows)
        for_all, for_these = (
            connection.execute(f"SELECT a, b, {each} FROM raw ORDER BY ALL").fetchall()  # noqa: S608
            for each in (left(case), left(case, *texts))
        )
    assert for_all == for_these
