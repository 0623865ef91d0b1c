"""Answers: exact, in words that JSON knows, and marked where they were cut."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from aws_cost_anomalies.errors import RefusedStatement, StatementFailed, StatementTooExpensive
from aws_cost_anomalies.free_sql import FreeSql, Limits, Rows


def test_the_total_is_the_store_s_to_the_last_digit(free_sql: FreeSql, snapshot: Path) -> None:
    import duckdb

    total = "SELECT sum(BilledCost) AS total FROM daily_cost_summary"
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        found = connection.execute(total).fetchone()
    assert found is not None
    answer = free_sql.ask(total)
    assert answer == Rows(("total",), ("DECIMAL(38,12)",), ((f"{found[0]:f}".rstrip("0"),),))
    assert answer.what_was_cut == ()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("NULL", None),
        ("true", True),
        ("42", 42),
        ("9007199254740993", "9007199254740993"),
        ("1.50::DECIMAL(38, 12)", "1.5"),
        ("100::DECIMAL(38, 12)", "100"),
        ("-0.000000000001::DECIMAL(38, 12)", "-0.000000000001"),
        ("0.1::DOUBLE", 0.1),
        ("'NaN'::DOUBLE", "nan"),
        ("DATE '2026-01-31'", "2026-01-31"),
        ("TIMESTAMP '2026-01-31 10:00:00'", "2026-01-31T10:00:00"),
        ("TIME '10:00:00'", "10:00:00"),
        ("INTERVAL 36 HOUR", "1 day, 12:00:00"),
        ("'\\xAA\\x01'::BLOB", "aa01"),
        ("[1.5, NULL]", ["1.5", None]),
        ("{'a': DATE '2026-01-31'}", {"a": "2026-01-31"}),
        ("MAP {'team': 'web'}", {"team": "web"}),
        ("'[/x] “é”'", "[/x] “é”"),
    ],
)
def test_a_value_is_told_as_json_can_tell_it(free_sql: FreeSql, written: str, told: object) -> None:
    ((value,),) = free_sql.ask(f"SELECT {written}").rows
    assert value == told
    assert json.loads(json.dumps(value)) == told


def test_a_moment_with_a_zone_is_to_be_cast(free_sql: FreeSql) -> None:
    with pytest.raises(StatementFailed, match="cast it AS TIMESTAMP"):
        free_sql.ask("SELECT now()")


def test_more_rows_than_allowed_are_cut_and_said(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(rows=10)) as free_sql:
        whole, cut = (free_sql.ask(f"SELECT range FROM range({n})") for n in (10, 1_000_000_000_000))
    assert (len(whole.rows), whole.what_was_cut) == (10, ())
    assert (len(cut.rows), cut.what_was_cut) == (10, ("There are more rows than these 10.",))


def test_a_wide_cell_is_cut_and_said(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(characters=20)) as free_sql:
        answer = free_sql.ask("SELECT repeat('x', 21), repeat('x', 20), range(100)")
    ((text, fits, items),) = answer.rows
    assert (text, fits, items) == ("x" * 19 + "…", "x" * 20, "[0, 1, 2, 3, 4, 5, …")
    assert answer.what_was_cut == ("A cell longer than 20 characters was shortened; it ends in ….",)


def test_the_whole_answer_has_a_size(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(size=5_000)) as free_sql:
        answer = free_sql.ask("SELECT repeat('x', 500) FROM range(100)")
    assert 5 <= len(answer.rows) < 10
    assert answer.what_was_cut


@pytest.mark.parametrize("statement", ["SELECT 1 -- " + "x" * 20_000, "SELECT '\0'"])
def test_an_endless_statement_is_not_even_read(free_sql: FreeSql, statement: str) -> None:
    with pytest.raises(RefusedStatement, match="20000 characters"):
        free_sql.ask(statement)


@pytest.mark.parametrize(
    ("before", "after"),
    [("abs(", ")"), ("(SELECT ", ")"), ("NOT ", ""), ("[", "]"), ("CASE WHEN 1 THEN ", " END")],
)
def test_a_statement_nested_without_end_ends_nothing_but_the_worker(
    free_sql: FreeSql, before: str, after: str
) -> None:
    times = 19_000 // len(before + after)
    statement = "SELECT " + before * times + "1" + after * times
    if before.startswith("CASE") and sys.version_info >= (3, 13):  # whose stack is deep enough for it
        assert free_sql.ask(statement).rows == ((1,),)
    else:
        with pytest.raises((RefusedStatement, StatementFailed, StatementTooExpensive)):
            free_sql.ask(statement)
    assert free_sql.ask("SELECT 1").rows == ((1,),)
