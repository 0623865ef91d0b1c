"""The tables, in numbered steps: `sql/steps/NNNN_name.sql`. The columns of charges follow `model.focus`."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import StoreOutdated, StoreUnreadable
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.store.opening import Connection
from aws_cost_anomalies.store.statements import statement


@cache
def steps() -> tuple[str, ...]:
    """The names of the steps in order; the number of the last is the version of the schema."""
    folder = files(__package__).joinpath("sql/steps")
    return tuple(
        sorted(step.name.removesuffix(".sql") for step in folder.iterdir() if step.name.endswith(".sql"))
    )


def bring_up_to_date(connection: Connection, path: Path, now: datetime) -> None:
    """Take every step the store has not taken yet, each in a transaction of its own, then checkpoint.

    Args:
        connection: to the private copy.
        path: of the published store, for messages.
        now: naive, UTC.

    Raises:
        StoreUnreadable: it is no store, or one of a newer version.
    """
    version = _version(connection, path)
    for number, step in enumerate(steps()[version:], start=version + 1):
        connection.begin()
        connection.execute(_tables(step))
        record = {"version": number, "applied_at": now}
        connection.execute(statement("record_step", record))
        connection.commit()
        connection.checkpoint()


def is_older(connection: Connection, path: Path) -> bool:
    """Whether steps are missing. Raises: StoreUnreadable: it is no store, or one of a newer version."""
    return _version(connection, path) < len(steps())


def check(connection: Connection, path: Path) -> None:
    """Refuse what this version cannot read.

    Raises:
        StoreOutdated: it lacks steps.
        StoreUnreadable: it is no store, or one of a newer version.
    """
    if is_older(connection, path):
        raise StoreOutdated(path)


def _version(connection: Connection, path: Path) -> int:
    """The last step taken; 0 for an empty file."""
    tables = {name for (name,) in connection.execute(statement("tables")).fetchall()}
    if not tables:
        return 0
    if "schema_version" not in tables:
        hint = "Choose another file with `database.path`."
        raise StoreUnreadable(path, "it is not a store of this program", hint)
    row = connection.execute(statement("schema_version")).fetchone()
    version = int(row[0] or 0) if row else 0
    if version > len(steps()):
        hint = "Upgrade aws-cost-anomalies, or choose another file with `database.path`."
        raise StoreUnreadable(path, f"a newer version of this program wrote it (schema {version})", hint)
    return version


def _tables(step: str) -> str:
    """The statements of a step; the first makes the table of charges."""
    if step != steps()[0]:
        return statement(f"steps/{step}")
    return statement(f"steps/{step}", columns=[f"{sql.name(c.name)} {c.type}" for c in SUMMARY])
