"""The data dictionary is the schema: no table, column or type is missing, wrong or made up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from aws_cost_anomalies.free_sql import dictionary
from aws_cost_anomalies.free_sql.tables import TABLES
from aws_cost_anomalies.store import Store

NOT_FOR_READERS = {"schema_version"}


@pytest.fixture
def schema(tmp_path: Path) -> dict[str, list[tuple[str, str]]]:
    """Table → (column, type), of a store that was just made."""
    store = Store(tmp_path / "costs.duckdb")
    with store.writing(datetime(2026, 8, 29, tzinfo=UTC)) as writer:
        writer.bring_up_to_date()
    with duckdb.connect(str(store.path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {
            name: [(row[0], row[1]) for row in connection.execute(f"DESCRIBE {name}").fetchall()]
            for name in names
        }


def test_it_is_the_schema(schema: dict[str, list[tuple[str, str]]]) -> None:
    told = {table.name: [(column.name, column.type) for column in table.columns] for table in TABLES}
    wanted = {
        name: [(column, kind.replace('"', "")) for column, kind in columns]
        for name, columns in schema.items()
        if name not in NOT_FOR_READERS
    }
    assert told == wanted


def test_it_names_everything_with_its_meaning() -> None:
    text = dictionary()
    for table in TABLES:
        assert f"\nTable {table.name}: {table.meaning}\n" in text
        for column in table.columns:
            assert column.meaning
            assert f"\n- {column.name} {column.type}: {column.meaning}\n" in text


def test_it_says_that_sources_are_never_added_up() -> None:
    assert "one data_source" in dictionary()


def test_it_is_short_enough_to_be_read_with_every_question() -> None:
    assert len(dictionary()) < 12_000
