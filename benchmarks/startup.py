"""How long people wait for the command line: `python -m benchmarks.startup [RUNS]`.

Measures whole processes, as a shell would: `--help`, and `trends` and `anomalies` on the demo's store, each
beside a bare interpreter that does nothing, in turns within one run. Every command runs once before it is
measured, and may keep its byte code, as it does for people. Prints medians and their ratio to that
interpreter.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("aws-cost-anomalies")
BARS = {"--help": 0.25, "trends": 0.8, "anomalies": 1.0}
"""Seconds that an answer may take on a quiet machine."""
DEMO_BAR = 20
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Of every process measured: with this variable set, each start compiles what has no byte code yet."""


@dataclass(frozen=True)
class Taken:
    """One process: seconds on the clock and of the processor."""

    wall: float
    cpu: float


def taken(command: Sequence[str | Path]) -> Taken:
    """What one process takes, its output thrown away."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measured(folder: Path, runs: int) -> dict[str, list[Taken]]:
    """Every command's runs after a first one, taken in turns so that a busy moment hits all alike."""
    config = folder / "config.yaml"
    commands: dict[str, list[str | Path]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "--help": [PROGRAM, "--help"],
        "trends": [PROGRAM, "trends", "--quiet", "--config", config],
        "anomalies": [PROGRAM, "anomalies", "--quiet", "--config", config],
    }
    for command in commands.values():
        taken(command)
    found: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(taken(command))
    return found


def main() -> None:
    """Make the demo's store, measure, print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as temporary:
        build = [PROGRAM, "demo", "--quiet", "--dir", temporary]
        taken(build)
        demo = taken(build)
        found = measured(Path(temporary), runs)
    bare = statistics.median(run.wall for run in found["python -c pass"])
    print(f"median of {runs}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'command':<16}{'seconds':>9}{'CPU':>8}{'ratio':>8}{'bar':>8}")
    for name, taken_runs in found.items():
        wall = statistics.median(run.wall for run in taken_runs)
        cpu = statistics.median(run.cpu for run in taken_runs)
        bar = f"{BARS[name]:.2f}" if name in BARS else ""
        print(f"{name:<16}{wall:>9.3f}{cpu:>8.3f}{wall / bare:>8.1f}{bar:>8}")
    print(f"{'demo (one run)':<16}{demo.wall:>9.1f}{demo.cpu:>8.1f}{demo.wall / bare:>8.0f}{DEMO_BAR:>8}")


if __name__ == "__main__":
    main()
