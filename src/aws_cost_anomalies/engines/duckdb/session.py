"""Connections, and the door of this room: what DuckDB raises leaves as one of this program's errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from aws_cost_anomalies import private, sql
from aws_cost_anomalies.errors import BadBill, DiskFull, PartialResult

_NO_ROOM = ("No space left", "Could not write", "max_temp_directory_size")


@dataclass(frozen=True, slots=True)
class Session:
    """What a connection may use.

    Attributes:
        memory_limit: as DuckDB writes it, e.g. `2GB`; None means its own limit.
        threads: None means every core.
        temp_dir: below it goes what does not fit in memory; None means DuckDB's own choice.
    """

    memory_limit: str | None = None
    threads: int | None = None
    temp_dir: Path | None = None

    @contextmanager
    def connected(self, step: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for one step of work; the step is named when there is no room for it.

        Raises:
            DiskFull: a write found no room.
            PartialResult: the memory allowed does not suffice.
        """
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        if self.memory_limit:
            config["memory_limit"] = self.memory_limit
        if self.threads:
            config["threads"] = self.threads
        try:
            with ExitStack() as held:
                if self.temp_dir:
                    config["temp_directory"] = held.enter_context(private.room_to_spill(self.temp_dir))
                connection = held.enter_context(duckdb.connect(config=config))
                connection.execute(sql.read(__package__, "session"))
                yield connection
        except duckdb.OutOfMemoryException as error:
            if any(sign in str(error) for sign in _NO_ROOM):
                raise DiskFull(self.temp_dir or Path(), step) from error
            raise PartialResult(
                f"The memory allowed does not suffice: {step} was given up.",
                "Raise `engine.memory_limit`, or lower `engine.threads`.",
            ) from error
        except duckdb.IOException as error:
            if any(sign in str(error) for sign in _NO_ROOM):
                raise DiskFull(self.temp_dir or Path(), step) from error
            raise


@contextmanager
def reading(fault: Callable[[duckdb.Error], BadBill]) -> Iterator[None]:
    """A step that reads raw files: what fails here is the bill's fault, unless this machine ran out of room.

    Args:
        fault: finds what is wrong with the bill.

    Raises:
        BadBill: what `fault` found.
    """
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and any(sign in str(error) for sign in _NO_ROOM):
            raise
        raise fault(error) from error


def reason(error: duckdb.Error) -> str:
    """What DuckDB said, in one line without its own kind of error."""
    first = str(error).strip().splitlines()[0]
    return first.split("Error: ", 1)[-1].rstrip(".")
