"""The worker: a process with nothing to lose that runs statements over one snapshot, one after another.

It has an empty environment, an empty folder and limits of the operating system that it cannot raise again;
DuckDB reads one file and opens no other. The program above ends it when it takes too long.
"""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path
from typing import Any

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.free_sql.frames import Ended, Silence, hear, say
from aws_cost_anomalies.free_sql.gate import ONE_SELECT, Refusal, judge
from aws_cost_anomalies.free_sql.limits import Limits
from aws_cost_anomalies.free_sql.values import fitting

_MIB = 1 << 20
_BATCH = 100
_TOLD = 400
"""Characters of an error that are passed on."""


def main() -> None:
    """Answer statements from standard input until it ends, or nobody asks any more."""
    started = hear(0)
    assert isinstance(started, dict)
    limits = Limits(**started["limits"])
    _confine(limits)
    try:
        connection = _opened(Path(started["snapshot"]), limits)
    except duckdb.Error as error:
        say(1, {"unreadable": _first_line(error)})
        return
    hidden = {str(name).lower() for (name,) in connection.execute(_text("catalog")).fetchall()}
    _answer(connection, _text("warm_up"), limits=limits, hidden=hidden)
    _close_the_door()
    say(1, {"ready": True})
    for _ in range(limits.statements):
        _allow_seconds(limits.seconds)
        try:
            asked = hear(0, seconds=limits.idle)
        except (Ended, Silence):
            return
        assert isinstance(asked, str)
        answer = _answer(connection, asked, limits=limits, hidden=hidden)
        say(1, answer)
        if "failed" in answer:
            return


def _confine(limits: Limits) -> None:
    """Take away what no statement needs; nothing of it can be taken back."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, limits.address_mib * _MIB),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def _close_the_door() -> None:
    """No further file, pipe or connection can be opened: every number up to the highest is taken."""
    lowest = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))


def _allow_seconds(seconds: float) -> None:
    """Processor time for one statement more: whoever forgot this process need not remember it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _opened(snapshot: Path, limits: Limits) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "temp_directory": "",
        "memory_limit": f"{limits.memory_mib}MiB",
        "threads": "1",
        "python_enable_replacements": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "allow_community_extensions": "false",
        "allow_persistent_secrets": "false",
    }
    connection = duckdb.connect(str(snapshot), read_only=True, config=settings)
    connection.execute(_text("lock"))
    return connection


def _answer(
    connection: duckdb.DuckDBPyConnection, asked: str, *, limits: Limits, hidden: set[str]
) -> dict[str, Any]:
    try:
        refusal, statement = _gate(connection, asked, hidden)
        if refusal or statement is None:
            assert refusal
            return {"refused": refusal.why, "hint": refusal.hint}
        return _fetched(connection.execute(statement), limits)
    except MemoryError:
        return {"failed": "memory"}
    except duckdb.OutOfMemoryException:
        return {"failed": "memory"}
    except (duckdb.Error, RuntimeError, ValueError, OverflowError) as error:
        return {"failed": _first_line(error)}


def _gate(
    connection: duckdb.DuckDBPyConnection, asked: str, hidden: set[str]
) -> tuple[Refusal | None, duckdb.Statement | None]:
    """Why the statement is refused, or the statement itself; nothing of it is run."""
    try:
        statements = connection.extract_statements(asked)
        kinds = [statement.type for statement in statements]
    except (duckdb.Error, ValueError, RuntimeError) as error:
        return Refusal(f"it is not SQL: {_first_line(error)}", ONE_SELECT), None
    if kinds != [duckdb.StatementType.SELECT]:
        return Refusal("it is not exactly one SELECT", ONE_SELECT), None
    parsed = connection.execute(_text("parse", text=sql.literal(asked))).fetchone()
    refusal = judge(json.loads(parsed[0]) if parsed else {}, hidden)
    return refusal, None if refusal else statements[0]


def _fetched(found: duckdb.DuckDBPyConnection, limits: Limits) -> dict[str, Any]:
    columns = [str(column[0])[: limits.characters] for column in found.description or ()]
    types = [str(column[1])[: limits.characters] for column in found.description or ()]
    if any("TIME ZONE" in kind for kind in types):
        return {"failed": "a column of the answer has a time zone; cast it AS TIMESTAMP"}
    rows: list[list[Any]] = []
    cut: dict[str, None] = {}
    size = len(json.dumps([columns, types]))
    while batch := found.fetchmany(_BATCH):
        for row in batch:
            cells = [fitting(value, limits.characters) for value in row]
            values = [value for value, _ in cells]
            size += len(json.dumps(values))
            if any(was_cut for _, was_cut in cells):
                cut[f"A cell longer than {limits.characters} characters was shortened; it ends in …."] = None
            if len(rows) == limits.rows or size > limits.size:
                cut[f"There are more rows than these {len(rows)}."] = None
                return {"columns": columns, "types": types, "rows": rows, "cut": list(cut)}
            rows.append(values)
    return {"columns": columns, "types": types, "rows": rows, "cut": list(cut)}


def _text(name: str, **fill: str) -> str:
    return sql.read(__package__ or "", name, **fill)


def _first_line(error: Exception) -> str:
    text = str(error).strip().split("\n\nLINE ")[0]
    return " ".join(text.split())[:_TOLD]
