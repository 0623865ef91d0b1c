"""Which files are stores, and what their tables look like."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from daily_bills import LATER, MARCH, days_of, load, month_bill

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.errors import StoreBusy, StoreUnreadable
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.store.opening import reading
from aws_cost_anomalies.store.schema import steps
from aws_cost_anomalies.store.statements import statement

TABLES = {
    "alerts", "anomalies", "api_calls", "aws_anomalies", "daily_cost_summary",
    "feedback", "ingestion_log", "runs", "schema_version",
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "costs.duckdb")
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    return store


def edit(path: Path, statement: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)


def refused(store: Store) -> StoreUnreadable:
    """What a reader and a writer are told, the same."""
    with pytest.raises(StoreUnreadable) as by_reader:
        store.loads()
    before = store.path.read_bytes()
    with pytest.raises(StoreUnreadable) as by_writer:
        load(store, month_bill(MARCH), days_of(MARCH, ["2"]))
    assert store.path.read_bytes() == before
    assert by_reader.value.message == by_writer.value.message
    return by_reader.value


def test_the_columns_of_charges_are_those_of_the_model(store: Store) -> None:
    with reading(store.path) as connection:
        table = connection.table("daily_cost_summary")
        columns = dict(zip(table.columns, map(str, table.types), strict=True))
    expected = {c.name: c.type.replace(", ", ",") for c in SUMMARY}
    assert list(columns)[:3] == ["data_source", "export", "billing_period"]
    assert {name: kind.replace(", ", ",") for name, kind in columns.items() if name in expected} == expected
    assert list(columns)[3:] == [*expected, "x_LineItems"]


def test_no_table_has_a_key_or_an_index(store: Store) -> None:
    with reading(store.path) as connection:
        kinds = connection.execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
        indexes = connection.execute("SELECT count(*) FROM duckdb_indexes()").fetchall()
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert kinds == [("NOT NULL",)]
    assert indexes == [(0,)]
    assert {name for (name,) in tables} == TABLES


def test_every_step_is_on_record(store: Store) -> None:
    with reading(store.path) as connection:
        taken = connection.execute('SELECT "version", applied_at FROM schema_version').fetchall()
    assert taken == [(number, LATER.replace(tzinfo=None)) for number in range(1, len(steps()) + 1)]
    assert [int(step[:4]) for step in steps()] == list(range(1, len(steps()) + 1))


def test_the_oldest_duckdb_supported_can_open_it(store: Store) -> None:
    with reading(store.path) as connection:
        (version,) = connection.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'store'"
        ).fetchone() or (None,)
    assert str(version).startswith("v1.5")


def test_a_newer_schema_is_refused(store: Store) -> None:
    edit(store.path, "INSERT INTO schema_version VALUES (99, TIMESTAMP '2030-01-01 00:00:00')")
    error = refused(store)
    assert "a newer version of this program wrote it (schema 99)" in error.message
    assert error.exit_code == 2
    assert "Upgrade" in error.hint


def older(path: Path) -> Store:
    """A store as the first version of the schema made it."""
    first = steps()[0]
    columns = [f'"{column.name}" {column.type}' for column in SUMMARY]
    edit(path, statement(f"steps/{first}", columns=columns))
    edit(path, f"INSERT INTO schema_version VALUES (1, TIMESTAMP '{LATER:%Y-%m-%d %H:%M:%S}')")
    return Store(path)


def test_a_store_of_an_older_version_is_brought_up_to_date_once(tmp_path: Path) -> None:
    store = older(tmp_path / "costs.duckdb")
    with pytest.raises(StoreUnreadable, match="an older version"):
        store.followed()
    store.bring_up_to_date(LATER)
    assert (store.followed(), store.alerts(), store.runs()) == ((), (), ())
    before = store.path.stat().st_ino
    store.bring_up_to_date(LATER)
    assert store.path.stat().st_ino == before, "what is up to date is not written again"


UPGRADE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import aws_cost_anomalies.store.writer
from aws_cost_anomalies.store import Store
print("ready", flush=True)
Store(Path(sys.argv[1])).bring_up_to_date(datetime(2026, 6, 1, tzinfo=UTC))
"""


def test_whoever_is_killed_takes_the_steps_of_the_schema_all_or_none(tmp_path: Path) -> None:
    made = older(tmp_path / "made.duckdb").path.read_bytes()
    store = Store(tmp_path / "costs.duckdb")
    store.path.write_bytes(made)
    left = Counter[bool]()
    for kill in range(10):
        command = [sys.executable, "-c", UPGRADE, str(store.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.01 * kill)
            process.kill()
        is_as_it_was = store.path.read_bytes() == made
        left[is_as_it_was] += 1
        if not is_as_it_was:
            assert (store.loads(), store.followed(), store.runs()) == ((), (), ())
            store.path.write_bytes(made)
    store.bring_up_to_date(LATER)
    assert store.runs() == ()
    assert left[True], "nobody was killed before the end"


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = Store(tmp_path / "costs.duckdb")
    store.bring_up_to_date(LATER)
    assert not store.exists()


def test_an_ingest_into_an_older_store_does_what_its_hint_says(tmp_path: Path) -> None:
    older(tmp_path / "costs.duckdb")
    flags = {"database.path": tmp_path / "costs.duckdb", "database.cache_dir": tmp_path / "cache"}
    app = App(Settings.load(environment={}, flags=flags), as_of=LATER.date(), now=LATER)
    (tmp_path / "bill").mkdir()
    app.plan_ingest(Wanted(source="cur", path=str(tmp_path / "bill")))
    assert app.store.loads() == ()


def test_an_older_schema_is_brought_up_to_date_by_the_next_writer(store: Store) -> None:
    edit(
        store.path,
        "DELETE FROM schema_version; " + "; ".join(f"DROP TABLE {t}" for t in TABLES - {"schema_version"}),
    )
    edit(store.path, "INSERT INTO schema_version VALUES (0, TIMESTAMP '2020-01-01 00:00:00')")
    with pytest.raises(StoreUnreadable, match="an older version of this program wrote it") as old:
        store.loads()
    assert "ingest" in old.value.hint
    edit(store.path, "DROP TABLE schema_version")
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert len(store.loads()) == 1


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    edit(path, "CREATE TABLE theirs AS SELECT 1 AS a")
    assert "it is not a store of this program" in refused(Store(path)).message


@pytest.mark.parametrize("content", [b"hello", b"\x00" * 20_000, b"PAR1" * 5_000])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.duckdb"
    path.write_bytes(content)
    assert "it is not a DuckDB file" in refused(Store(path)).message


def test_a_damaged_store_is_refused(store: Store) -> None:
    content = bytearray(store.path.read_bytes())
    for place in range(12_288, len(content), 1_000):
        content[place] ^= 0xFF
    store.path.write_bytes(content)
    assert "it is damaged" in refused(store).message


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "costs.duckdb").mkdir()
    with pytest.raises(StoreUnreadable, match="is a directory"):
        load(Store(tmp_path / "costs.duckdb"), month_bill(MARCH), days_of(MARCH, ["1"]))


def test_a_file_in_the_place_of_its_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    store = Store(tmp_path / "data" / "costs.duckdb")
    assert not store.exists()
    with pytest.raises(StoreUnreadable, match="cannot be used"), store.writing(LATER):
        pass


def test_changes_left_beside_the_store_are_refused(store: Store) -> None:
    store.path.with_name("costs.duckdb.wal").write_bytes(b"planted")
    error = refused(store)
    assert "another program has it open, or left changes beside it" in error.message
    assert "costs.duckdb.wal" in error.hint


def test_a_store_that_another_program_writes_to_is_busy(store: Store) -> None:
    import subprocess
    import sys

    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy, match=f"process {other.pid}"):
            store.loads()
