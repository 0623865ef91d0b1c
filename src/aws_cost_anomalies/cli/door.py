"""The front door: runs the program and turns every ending into an exit code and at most two lines.

Knows which exception means what to a shell; knows nothing of the commands.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

import typer

from aws_cost_anomalies.cli import streams
from aws_cost_anomalies.cli.program import ReaderLeft, program
from aws_cost_anomalies.cli.stderr import Notices
from aws_cost_anomalies.cli.usage import PROGRAM, ParserError, explained
from aws_cost_anomalies.errors import CostAnomaliesError, PartialResult, UsageError

INTERRUPTED = 130
READER_LEFT = 141
"""What a shell reports of a program whose reader went away: 128 + SIGPIPE."""
BUG = 70
DEBUG = "AWS_COST_DEBUG"
QUICK = {
    "OPENBLAS_NUM_THREADS": "1",  # the matrices here are small: idle threads only burn a processor
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # else every installed package is searched for some
}
"""Environment of the libraries loaded later, unless set: a quick start is part of the contract."""
OBJECTS_BEFORE_A_SEARCH = 50_000
"""New objects before Python looks for unused ones among all: most runs end with fewer, and all in use."""
ISSUES = "https://github.com/aws-cost-anomalies/aws-cost-anomalies/issues"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line, the process's own where none is given, and exit. Raises: SystemExit."""
    line = sys.argv[1:] if arguments is None else list(arguments)
    streams.prepare()
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)
    os.environ.update({name: value for name, value in QUICK.items() if name not in os.environ})
    try:
        code = exit_code(lambda: _run(line), Notices(is_plain="--no-color" in line))
    except (ReaderLeft, BrokenPipeError):
        code = READER_LEFT
    streams.forget()
    _leave_what_ends_anyway()
    raise SystemExit(code)


def _leave_what_ends_anyway() -> None:
    """Spare Python the search for unused objects, several times, at the end.

    DuckDB 2 takes what is left for leaks, and tells of each on standard error.
    """
    database = sys.modules.get("duckdb")
    if database is None or str(database.__version__).startswith("1."):
        gc.freeze()


def exit_code(work: Callable[[], object], notices: Notices) -> int:
    """The exit code of a piece of work, its failure told. Raises: ReaderLeft, BrokenPipeError."""
    try:
        result = work()
        sys.stdout.flush()
    except (ReaderLeft, BrokenPipeError):
        raise
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except CostAnomaliesError as error:
        notices.failure(error.message, error.hint)
        return error.exit_code
    except ParserError as error:
        notices.failure(*explained(error))
        return UsageError.exit_code
    except Exception as error:  # noqa: BLE001 - the one broad except of this door
        if isinstance(error, OSError) and not error.filename and streams.is_unwritable(sys.stdout):
            return _unwritable(error, notices)
        return _bug(error, notices)
    return result if isinstance(result, int) else 0


def _run(line: list[str]) -> object:
    """What the command returned. Raises: UsageError for a value, other than a path, that is no text."""
    try:
        return program(line, prog_name=PROGRAM, standalone_mode=False)
    except UnicodeEncodeError:
        if not any("\ud800" <= c <= "\udfff" for word in line for c in word):
            raise
        hint = "Write it anew; only paths may be of any bytes."
        raise UsageError("The command line holds bytes that are no UTF-8.", hint) from None


def _unwritable(error: OSError, notices: Notices) -> int:
    problem = error.strerror or "the system does not say why"
    notices.failure(f"Standard output cannot be written: {problem}.", "Send it to a place with room.")
    return PartialResult.exit_code


def _bug(error: Exception, notices: Notices) -> int:
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(error)
    said = f"{type(error).__name__}: {error}".rstrip(": ").rstrip(".")
    hint = f"Please report it at {ISSUES} with the output of the same command under {DEBUG}=1."
    notices.failure(f"This is a bug in aws-cost-anomalies: {said}.", hint)
    return BUG
