"""Values in statements can be nothing but values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aws_cost_anomalies.store.statements import literal, statement

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["\0", "a\0'b", "{{x}}", "\\'"])
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), TEXTS,
    st.decimals(-(10**20), 10**20, places=12), st.dates(date(1, 1, 1)), st.datetimes(),
)  # fmt: skip


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        yield connection


def read_back(connection: duckdb.DuckDBPyConnection, value: object) -> object:
    row = connection.execute(f"SELECT {literal(value)}").fetchone()
    return row[0] if row else None


@settings(deadline=None, max_examples=60)
@given(VALUES)
def test_a_value_comes_back_as_it_is(connection: duckdb.DuckDBPyConnection, value: object) -> None:
    assert read_back(connection, value) == value


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXTS), st.dictionaries(st.sampled_from(["a", "it's", 'b"']), TEXTS, min_size=1))
def test_lists_and_structs_come_back_as_they_are(
    connection: duckdb.DuckDBPyConnection, texts: list[str], named: dict[str, str]
) -> None:
    assert read_back(connection, texts) == texts
    assert read_back(connection, [named, named]) == [named, named]


def test_an_infinite_number_is_a_value_too(connection: duckdb.DuckDBPyConnection) -> None:
    assert read_back(connection, float("-inf")) == float("-inf")
    assert read_back(connection, Decimal("1e-12")) == Decimal("0.000000000001")


def test_anything_else_is_a_bug() -> None:
    with pytest.raises(TypeError, match="timedelta"):
        literal(datetime(2026, 1, 2, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC))


def test_a_statement_holds_its_values() -> None:
    assert "'it''s'" in statement("delete_alerts", {"ids": ["it's"]})
    assert "{{" not in statement("delete_alerts", {"ids": []})
    assert statement("runs") == statement("runs", {})
