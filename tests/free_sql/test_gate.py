"""What analysts ask is answered; what attackers try is refused, and leaves no trace."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import duckdb
import pytest

from aws_cost_anomalies.errors import RefusedStatement
from aws_cost_anomalies.free_sql import FreeSql
from aws_cost_anomalies.free_sql.gate import functions

sys.path.insert(0, str(Path(__file__).parent))

from statements import families

LEGITIMATE, ATTACKS = families("legitimate"), families("attacks")
WRITTEN_BY_THE_PARSER = {"coalesce", "nullif", "ifnull", "if", "grouping", "grouping_id"}
"""Functions that DuckDB's catalog need not list."""


def test_the_suites_are_as_large_as_they_say() -> None:
    for suite in (LEGITIMATE, ATTACKS):
        statements = [statement for family in suite.values() for statement in family]
        assert len(set(statements)) == len(statements) >= 200


@pytest.mark.parametrize("family", LEGITIMATE)
def test_an_analyst_is_answered(free_sql: FreeSql, family: str) -> None:
    for statement in LEGITIMATE[family]:
        answer = free_sql.ask(statement)
        assert len(answer.columns) == len(answer.types) > 0, statement
        assert all(len(row) == len(answer.columns) for row in answer.rows), statement


@pytest.mark.parametrize("family", ATTACKS)
def test_an_attacker_is_refused(free_sql: FreeSql, snapshot: Path, family: str) -> None:
    before = _everything(snapshot.parent)
    for statement in ATTACKS[family]:
        with pytest.raises(RefusedStatement, match=r"^The statement was refused: ") as refused:
            free_sql.ask(statement.replace("{db}", str(snapshot)))
        assert refused.value.hint, statement
    assert _everything(snapshot.parent) == before


def test_line_items_are_refused_with_the_way_to_them(free_sql: FreeSql) -> None:
    with pytest.raises(RefusedStatement, match="raw files") as refused:
        free_sql.ask("SELECT ResourceId FROM cost_line_items")
    assert "drill down" in refused.value.hint


def test_every_function_allowed_is_one_that_duckdb_has() -> None:
    rows = duckdb.sql("SELECT DISTINCT lower(function_name) FROM duckdb_functions()").fetchall()
    there = {name for (name,) in rows} | WRITTEN_BY_THE_PARSER
    assert functions() - there == set()


@pytest.mark.parametrize(
    "word",
    ["read", "scan", "glob", "parquet", "duckdb", "pragma", "setting", "query", "secret", "sleep", "log"],
)
def test_no_function_allowed_sounds_like_a_way_out(word: str) -> None:
    kept = {"log", "log2", "log10", "formatreadablesize", "formatreadabledecimalsize"}
    assert {name for name in functions() if word in name} - kept == set()


def _everything(folder: Path) -> dict[str, str]:
    """Every file of a folder and the digest of its content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
