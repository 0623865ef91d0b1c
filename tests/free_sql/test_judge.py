"""Which statements pass, asked of the gate itself: DuckDB's parser in this process, nothing is run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from aws_cost_anomalies import sql
from aws_cost_anomalies.free_sql import worker
from aws_cost_anomalies.free_sql.gate import DICTIONARY, DRILL_DOWN, ONE_SELECT, Refusal, functions, judge
from aws_cost_anomalies.free_sql.limits import Limits
from aws_cost_anomalies.free_sql.tables import TABLES

sys.path.insert(0, str(Path(__file__).parent))

from statements import families

HIDDEN = {"schema_version", "cost_line_items", *(table.name for table in TABLES)}
NOTHING_READ = "it reads '', which is not among the tables allowed"
NOT_ONE = Refusal("it is not exactly one SELECT", ONE_SELECT)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        yield connection


def refusal(connection: duckdb.DuckDBPyConnection, statement: str) -> Refusal | None:
    refused, parsed = worker._gate(connection, statement, HIDDEN)
    assert (refused is None) == (parsed is not None)
    return refused


def test_what_analysts_ask_passes(connection: duckdb.DuckDBPyConnection) -> None:
    asked = [statement for family in families("legitimate").values() for statement in family]
    assert {statement for statement in asked if refusal(connection, statement)} == set()


def test_what_attackers_try_does_not(connection: duckdb.DuckDBPyConnection) -> None:
    tried = [statement for family in families("attacks").values() for statement in family]
    assert {statement for statement in tried if not refusal(connection, statement)} == set()


def unknown(what: str) -> Refusal:
    return Refusal(f"it reads {what!r}, which is not among the tables allowed", DICTIONARY)


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("SELECT 1", None),
        ("SELECT * FROM main.runs", None),
        ("SELECT * FROM RUNS", None),
        ("WITH a AS (SELECT 1) SELECT * FROM A", None),
        ("WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b JOIN a ON true", None),
        ("SELECT * FROM (WITH RECURSIVE n AS (SELECT 1 UNION SELECT 2 FROM n) SELECT * FROM n)", None),
        ("SELECT 1 + 2, -3, 'a' || 'b', 1 <> 2", None),
        ("SELECT * FROM (VALUES (1), (2)) AS given(number)", None),
        ("SHOW TABLES", None),
        ("DESCRIBE runs", None),
        ("SELECT 1; SELECT 2", NOT_ONE),
        ("DROP TABLE runs", NOT_ONE),
        ("SELECT * FROM schema_version", unknown("schema_version")),
        ("SELECT * FROM other.runs", unknown("other.runs")),
        ("SELECT * FROM a.main.runs", unknown("a.main.runs")),
        ("SELECT * FROM 'bill.csv'", unknown("bill.csv")),
        (f"SELECT * FROM {'x' * 80}", unknown("x" * 60)),
        ("WITH a AS (SELECT 1) SELECT * FROM main.a", unknown("main.a")),
        ("WITH a AS (SELECT * FROM b) SELECT * FROM a", unknown("b")),
        ("SELECT * FROM runs JOIN secrets ON true", unknown("secrets")),
        (
            "WITH runs AS (SELECT 1) SELECT * FROM runs",
            Refusal("it calls an intermediate result 'runs'", "Give it another name."),
        ),
        (
            "WITH Schema_Version AS (SELECT 1) SELECT 2",
            Refusal("it calls an intermediate result 'Schema_Version'", "Give it another name."),
        ),
        (
            'WITH "a.csv" AS (SELECT 1) SELECT 2',
            Refusal("it calls an intermediate result 'a.csv'", "Give it another name."),
        ),
        (
            "SELECT getenv('HOME')",
            Refusal("it calls 'getenv', which is not among the functions allowed", DICTIONARY),
        ),
        (
            f"SELECT {'f' * 80}(1)",
            Refusal(f"it calls {'f' * 60!r}, which is not among the functions allowed", DICTIONARY),
        ),
        (
            "SELECT * FROM read_csv('a')",
            Refusal("it calls 'read_csv', which is not among the functions allowed", DICTIONARY),
        ),
        (
            "SELECT ResourceId FROM cost_line_items",
            Refusal("cost_line_items lies in raw files that no statement reaches", DRILL_DOWN),
        ),
        ("SHOW ALL TABLES", Refusal("it asks for the catalog", DICTIONARY)),
    ],
)
def test_each_rule(connection: duckdb.DuckDBPyConnection, statement: str, refused: Refusal | None) -> None:
    assert refusal(connection, statement) == refused


def tree(connection: duckdb.DuckDBPyConnection, statement: str) -> dict[str, object]:
    found = connection.execute(f"SELECT json_serialize_sql({sql.literal(statement)})").fetchone()
    assert found
    parsed = json.loads(found[0])
    assert isinstance(parsed, dict)
    return parsed


def test_a_tree_that_is_none_does_not_pass(connection: duckdb.DuckDBPyConnection) -> None:
    whole = tree(connection, "SELECT 1")
    statements = whole["statements"]
    assert isinstance(statements, list)
    assert judge(whole, HIDDEN) is None
    no_trees = ({}, {"statements": {}}, {"statements": []}, {**whole, "error": True})
    wanted = Refusal("it is not one SELECT that can be judged", ONE_SELECT)
    assert [judge(each, HIDDEN) for each in (*no_trees, {"statements": statements * 2})] == [wanted] * 5


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"type": "DELETE_NODE"}, "it does more than SELECT"),
        ({"type": "NEW_REF", "sample": None, "alias": ""}, "it reads from a new_ref"),
        ({"type": "SHOW_REF", "table_name": '"databases"'}, "it asks for the catalog"),
        ({"type": "BASE_TABLE", "table_name": "runs", "qualified_name": {}}, NOTHING_READ),
        ({"type": "BASE_TABLE", "table_name": ""}, NOTHING_READ),
        (
            {"type": "BASE_TABLE", "table_name": "runs", "qualified_name": {"path": ["a", "main", "runs"]}},
            "it reads 'a.main.runs', which is not among the tables allowed",
        ),
    ],
)
def test_what_a_later_parser_may_say_does_not_pass(
    connection: duckdb.DuckDBPyConnection, part: dict[str, object], why: str
) -> None:
    statements = tree(connection, "SELECT 1")["statements"]
    refused = judge({"statements": [[statements, part]]}, HIDDEN)
    assert refused is not None
    assert refused.why == why


@pytest.mark.parametrize(
    "part",
    [
        {"type": "SHOW_REF", "table_name": '"tables"'},
        {"type": "SHOW_REF", "table_name": "x", "query": {"type": "SELECT_NODE"}},
        {"type": "NEW_EXPRESSION", "alias": ""},
        {"type": "BASE_TABLE", "table_name": "runs", "qualified_name": {"path": ["", "", "runs"]}},
        {"cte_map": {"map": None}},
        {"cte_map": []},
        {"function_name": "SUM"},
        {"function_name": "+"},
    ],
)
def test_what_does_no_harm_passes(part: dict[str, object]) -> None:
    assert judge({"statements": [part]}, HIDDEN) is None


def test_the_list_of_functions_is_read_without_its_comments() -> None:
    assert {"sum", "round", "date_trunc"} <= functions()
    assert not {name for name in functions() if "#" in name or name != name.lower()}


def test_what_is_no_sql_is_told_in_one_line(connection: duckdb.DuckDBPyConnection) -> None:
    refused = refusal(connection, "SELEKT\n1")
    assert refused is not None
    assert refused.hint == ONE_SELECT
    assert refused.why.startswith("it is not SQL: Parser Error: ")
    assert "\n" not in refused.why
    assert "LINE" not in refused.why


def answer(connection: duckdb.DuckDBPyConnection, statement: str, **more: int) -> dict[str, object]:
    return worker._answer(connection, statement, limits=Limits(**more), hidden=HIDDEN)  # type: ignore[arg-type]


def test_an_answer_is_whole_up_to_its_limits(connection: duckdb.DuckDBPyConnection) -> None:
    said = answer(connection, "SELECT 1 AS a, 'x' AS b", rows=1, characters=7)
    assert said == {"columns": ["a", "b"], "types": ["INTEGER", "VARCHAR"], "rows": [[1, "x"]], "cut": []}


@pytest.mark.parametrize(("there", "told"), [(3, 3), (4, 4), (5, 4), (250, 4)])
def test_of_too_many_rows_the_first_are_told(
    connection: duckdb.DuckDBPyConnection, there: int, told: int
) -> None:
    said = answer(connection, f"SELECT range FROM range({there})", rows=4)
    assert said["rows"] == [[number] for number in range(told)]
    assert said["cut"] == ([] if told == there else ["There are more rows than these 4."])


def test_rows_come_in_more_than_one_batch(connection: duckdb.DuckDBPyConnection) -> None:
    assert answer(connection, "SELECT range FROM range(250)")["rows"] == [[number] for number in range(250)]


def test_the_size_counts_names_types_and_every_row(connection: duckdb.DuckDBPyConnection) -> None:
    head, row = len('[["a"], ["VARCHAR"]]'), len('["xxxxxxxx"]')
    statement = "SELECT repeat('x', 8) AS a FROM range(9)"
    for size, told in ((head + 3 * row, 3), (head + 3 * row - 1, 2), (head + 9 * row, 9)):
        said = answer(connection, statement, size=size)
        assert said["rows"] == [["xxxxxxxx"]] * told
        assert said["cut"] == ([] if told == 9 else [f"There are more rows than these {told}."])


def test_names_and_cells_are_cut_to_the_width_and_said_once(connection: duckdb.DuckDBPyConnection) -> None:
    said = answer(connection, "SELECT repeat('y', 9) AS abcdefghijk FROM range(2)", characters=8)
    assert said == {
        "columns": ["abcdefgh"],
        "types": ["VARCHAR"],
        "rows": [["yyyyyyy…"]] * 2,
        "cut": ["A cell longer than 8 characters was shortened; it ends in …."],
    }


def test_why_it_failed_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    zone = "a column of the answer has a time zone; cast it AS TIMESTAMP"
    assert answer(connection, "SELECT now()") == {"failed": zone}
    failed = str(answer(connection, "SELECT nothing")["failed"])
    assert failed.startswith("Binder Error: Referenced column")
    assert "\n" not in failed
    assert "LINE" not in failed
    assert answer(connection, "SELECT * FROM secrets")["hint"] == DICTIONARY


def test_a_long_error_is_told_in_part(connection: duckdb.DuckDBPyConnection) -> None:
    failed = str(answer(connection, f"SELECT CAST('{'z' * 900}' AS INTEGER)")["failed"])
    assert len(failed) == 400


def test_no_memory_is_told_as_such() -> None:
    with duckdb.connect(":memory:", config={"memory_limit": "10MB", "temp_directory": ""}) as connection:
        statement = "SELECT list(repeat('x', 1000) || range) FROM range(100000)"
        assert answer(connection, statement) == {"failed": "memory"}


def test_no_memory_for_an_answer_is_told_as_such() -> None:
    class Full:
        """Python itself has no room."""

        def extract_statements(self, asked: str) -> list[object]:
            raise MemoryError

    assert answer(Full(), "SELECT 1") == {"failed": "memory"}  # type: ignore[arg-type]


def test_limits_are_what_the_documents_say() -> None:
    limits = Limits()
    assert (limits.seconds, limits.memory_mib, limits.address_mib) == (10.0, 256, 1024)
    assert (limits.rows, limits.characters, limits.size) == (500, 1_000, 100_000)
    assert (limits.statements, limits.length) == (50, 20_000)
