"""Whole processes, measured: the clock, the processor and the most memory held."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("aws-cost-anomalies"))


@dataclass(frozen=True)
class Taken:
    """One process: seconds on the clock and of the processor, and its largest resident memory in GB."""

    wall: float
    cpu: float
    memory: float


def taken(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Taken:
    """What one process takes, its output thrown away. Raises: CalledProcessError."""
    start = time.perf_counter()
    environment = {**os.environ, **(environment or {})}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(part) for part in command])
    return Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6)


def in_a_fork(work: Callable[[], object]) -> int:
    """The process that does some work and ends; the work must not count on threads begun before."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def apart(work: Callable[[], object]) -> None:
    """Do some work in a process of its own: what it leaves in memory would count for every later process."""
    _, status = os.waitpid(in_a_fork(work), 0)
    if status:
        raise SystemExit(1)


def in_turns(runs: int, contestants: Mapping[str, Callable[[], Taken]]) -> dict[str, Taken]:
    """The medians of several runs of each, taken in turns so that a busy moment hits all alike."""
    found: dict[str, list[Taken]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, run in contestants.items():
            found[name].append(run())
    return {name: median(several) for name, several in found.items()}


def median(runs: Sequence[Taken]) -> Taken:
    """The median of each figure."""
    return Taken(*(statistics.median(figures) for figures in zip(*map(_figures, runs), strict=True)))


def heading(title: str, runs: int) -> None:
    """What is measured, where and how often."""
    cores, version = os.cpu_count(), sys.version.split()[0]
    load = os.getloadavg()[0]
    print(f"\n{title}\nmedian of {runs}; {cores} cores, load {load:.1f}, Python {version}")
    print(f"{'':<38}{'seconds':>9}{'CPU':>8}{'GB':>7}")


def line(name: str, figures: Taken) -> None:
    """One contestant."""
    print(f"{name:<38}{figures.wall:>9.2f}{figures.cpu:>8.2f}{figures.memory:>7.2f}")


def ratio(name: str, ours: Taken, theirs: Taken, *, bar: str) -> None:
    """How many times as long one takes as the other."""
    print(f"{name:<38}{ours.wall / theirs.wall:>8.2f}×{ours.cpu / theirs.cpu:>7.2f}×{'':>7}  bar {bar}")


def _figures(run: Taken) -> tuple[float, float, float]:
    return run.wall, run.cpu, run.memory
