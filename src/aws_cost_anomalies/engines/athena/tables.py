"""Raw files as tables of the Glue catalog, one per folder and schema, for as long as a question takes.

A table of Athena's is a folder with all that lies in it; the files of the bill are picked by their own names.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.athena.schemas import schemas
from aws_cost_anomalies.model.bill import RawBill, RawFile
from aws_cost_anomalies.sql.tables import TRINO, FileColumn, RawTable

if TYPE_CHECKING:
    from aws_cost_anomalies.engines.athena.queries import Athena

Columns = tuple[FileColumn, ...]


@dataclass(frozen=True, slots=True)
class _Alike:
    """Files of one folder that have the same columns."""

    folder: str
    columns: Columns
    files: tuple[RawFile, ...]


@contextmanager
def tables_of(athena: Athena, bills: Sequence[RawBill]) -> Iterator[list[list[RawTable]]]:
    """The tables of each bill; they are dropped after the block, the files stay. Raises: as `schemas`."""
    athena.run(sql.read(__package__, "create_database", database=_hive(athena.database)), in_database=False)
    made: dict[str, str] = {}
    try:
        yield [[_table(athena, alike, made) for alike in _alike(athena, bill)] for bill in bills]
    finally:
        for name in made.values():
            athena.run(sql.read(__package__, "drop_table", table=_hive(name)))


def _alike(athena: Athena, bill: RawBill) -> list[_Alike]:
    """The files of a bill, those of one folder and the same columns together."""
    found: dict[tuple[str, Columns], list[RawFile]] = {}
    for file, columns in zip(bill.files, schemas(athena, bill.files), strict=True):
        folder = file.origin[: file.origin.rindex("/") + 1]
        found.setdefault((folder, columns), []).append(file)
    return [_Alike(folder, columns, tuple(files)) for (folder, columns), files in found.items()]


def _table(athena: Athena, alike: _Alike, made: dict[str, str]) -> RawTable:
    """A table of these files, made unless it was, its name added to what was made.

    The name is this question's own: another one over the same files drops its tables when it likes.
    """
    folder, columns, files = alike.folder, alike.columns, alike.files
    versions = "\n".join(f"{file.origin} {file.etag}" for file in files)
    name = made.get(versions, f"raw_{uuid.uuid4().hex}")
    if versions not in made:
        statement = sql.read(
            __package__,
            "create_table",
            table=_hive(name),
            columns=[f"{_hive(column.name)} {_hive_type(column.type)}" for column in columns],
            location=_text(folder),
        )
        athena.run(statement)
        made[versions] = name
    relation = sql.read(
        __package__,
        "relation",
        columns=sql.names(column.name for column in columns),
        table=f"{sql.name(athena.database)}.{sql.name(name)}",
        files=sql.literals(file.origin for file in files),
    )
    return RawTable(relation, columns, files[0].origin)


def _hive(name: str) -> str:
    """A name as the statements that make tables quote it."""
    return exp.to_identifier(name, quoted=True).sql("hive")


def _text(text: str) -> str:
    return exp.Literal.string(text).sql("hive")


def _hive_type(sql_type: str) -> str:
    return exp.DataType.build(sql_type, dialect=TRINO).sql("hive")
