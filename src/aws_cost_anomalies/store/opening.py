"""How the file is opened: to read the published store, or to write a private copy.

Every connection thinks in UTC, loads no extension by itself and takes no Python variable for a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from aws_cost_anomalies import private
from aws_cost_anomalies.errors import StoreUnreadable
from aws_cost_anomalies.store.failures import told_plainly
from aws_cost_anomalies.store.statements import statement

Connection = duckdb.DuckDBPyConnection

_PLAIN = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}
_STORAGE = "v1.5.0"
"""The oldest DuckDB that must be able to open the file."""


def is_there(path: Path) -> bool:
    """Whether a store was ever published; an empty file is what a full disk left of the first attempt."""
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection to the version of the store that is published now, and to that one until it is closed.

    The store is attached to a database in memory. Were it connected to, every further connection of this
    process would share the first one's file, even after another version took its place.

    Raises:
        StoreBusy, StoreUnreadable: the file cannot be opened.
    """
    with told_plainly(path, "reading"), private.room_to_spill(path.parent) as spill:
        refuse_leftover(path)
        with duckdb.connect(":memory:", config={**_PLAIN, "temp_directory": spill}) as connection:
            connection.execute(statement("open_store", {"path": str(path)}))
            yield connection


def open_copy(path: Path) -> Connection:
    """A connection that may write; makes the file when there is none."""
    connection = duckdb.connect(str(path), config={**_PLAIN, "storage_compatibility_version": _STORAGE})
    connection.execute(statement("open_copy"))
    return connection


def refuse_leftover(path: Path) -> None:
    """Refuse a store whose last changes lie in a file beside it: this program never leaves any.

    Raises:
        StoreUnreadable: there is one.
    """
    leftover = path.with_name(f"{path.name}.wal")
    if leftover.exists():
        problem = "another program has it open, or left changes beside it"
        raise StoreUnreadable(path, problem, f"Close that program, or move {leftover.name} away.")
