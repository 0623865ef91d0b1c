"""One fault on trial: the module with the fault in place, and its tests run in a process of their own.

The libraries are loaded once; the program and its tests are loaded anew in each fork, so that a fault is met
wherever its name was imported to, and by the processes that a test starts.
"""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.mutants.tracing import Tracing

LIBRARIES = (
    "boto3 botocore.session duckdb moto.server numpy pydantic pydantic_settings rich.table rich.console "
    "sqlglot sqlglot.dialects.duckdb sqlglot.dialects.trino sqlglot.dialects.spark typer werkzeug"
)
OPTIONS = (
    "-q",
    "--no-header",
    "--no-summary",
    "--tb=no",
    "-p",
    "no:cacheprovider",
    "-m",
    "not slow",
    "--hypothesis-seed=1",
)
MEMORY = 12 << 30
PACKAGE = "aws_cost_anomalies"
KILLED, SURVIVED, UNVIABLE, TIMED_OUT = "killed", "survived", "unviable", "timed out"
_DOES_NOT_LOAD = 77


@dataclass
class Baseline:
    """What the tests reach and take while there is no fault."""

    reached: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def load_libraries() -> None:
    """Import what every fork needs and no fault touches."""
    for name in LIBRARIES.split():
        importlib.import_module(name)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="mutants-examples-")


class Module:
    """A module of the copy of the program that faults are put into."""

    _moment = int(time.time()) - 10_000_000

    def __init__(self, sources: Path, name: str) -> None:
        """Args: sources: the copy of `src`; name: of the module's file, below the package."""
        self.path = sources / PACKAGE / name
        self.dotted = ".".join((PACKAGE, *Path(name).with_suffix("").parts)).removesuffix(".__init__")
        self.original = self.path.read_text(encoding="utf-8")

    def put(self, source: str) -> None:
        """Write the module; its time is one of its own, so that no compiled version is taken for another."""
        Module._moment += 10
        self.path.write_text(source, encoding="utf-8")
        os.utime(self.path, (Module._moment, Module._moment))


def baseline(tests: Sequence[str], files: set[str]) -> Baseline:
    """What the tests reach, run once without a fault."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        told = Path(folder) / "told"

        def run() -> int:
            tracing = Tracing(files)
            code = int(pytest.main([*tests, *OPTIONS, f"--basetemp={folder}/tests"], plugins=[tracing]))
            found = Baseline(tracing.reached, tracing.seconds, tracing.failed)
            told.write_bytes(pickle.dumps(found))
            return code

        _forked(run, processor=3600, wall=7200)
        found: Baseline = pickle.loads(told.read_bytes())  # noqa: S301 - just written
        return found


def judged(module: Module, source: str, tests: Sequence[str], *, seconds: float) -> str:
    """What the tests say of a fault.

    Args:
        module: where the fault is.
        source: of the module with the fault.
        tests: ids, the one to be tried first at the front.
        seconds: of processor time that the tests take without the fault.
    """
    if not tests:
        return SURVIVED
    folder = tempfile.mkdtemp(prefix="mutants-")

    def run() -> int:
        try:
            importlib.import_module(module.dotted)
        except Exception:  # noqa: BLE001 - whatever it is, the fault is no program
            return _DOES_NOT_LOAD
        return int(pytest.main([*tests, *OPTIONS, "-x", f"--basetemp={folder}/tests"]))

    module.put(source)
    try:
        code = _forked(run, processor=10 + int(3 * seconds), wall=600 + 40 * seconds)
    finally:
        module.put(module.original)
        shutil.rmtree(folder, ignore_errors=True)
    if code is None:
        return TIMED_OUT
    return {0: SURVIVED, 1: KILLED}.get(code, KILLED if code < 0 else UNVIABLE)


def _forked(run: Callable[[], int], *, processor: int, wall: float) -> int | None:
    """How `run` ends in a process of its own: its code, minus a signal, or None when it took too long."""
    process = os.fork()
    if process == 0:
        code = 70
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            nowhere = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nowhere, descriptor)
            code = run()
        finally:
            os._exit(code)
    until = time.monotonic() + wall
    status = _ended(process, until)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    if status is None:
        os.waitpid(process, 0)
        return None
    code = os.waitstatus_to_exitcode(status)
    return None if code == -signal.SIGXCPU else code


def _ended(process: int, until: float) -> int | None:
    while time.monotonic() < until:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return status
        time.sleep(0.02)
    return None


def own_environment(folder: Path, sources: Path) -> Path:
    """The interpreter of an environment that has this one's libraries and the program from `sources`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "program.pth").write_text("\n".join([str(sources), *libraries]) + "\n", encoding="utf-8")
    return folder / "bin" / "python"
