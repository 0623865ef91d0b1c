"""Readers while a writer publishes again and again: none waits, fails or sees half a version.

`python tests/store_reads.py 1000` reads a thousand times, by threads of the writer's process and by another
process, and prints what was found.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daily_bills import LATER, MARCH, days_of, month_bill, rolled_up

from aws_cost_anomalies.model.bill import DailyCharges
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.store import Store

QUERY = PanelQuery(month_bill(MARCH).period, "cur")


@dataclass
class Tally:
    """What was found; `versions` are those of the amounts 1 and 2 that anybody saw."""

    reads: int
    publications: int
    versions: int
    slowest_seconds: float


def read(path: Path) -> tuple[set[float], float]:
    """The different costs of a month whose charges all cost the same, and how long it took to read them."""
    started = time.perf_counter()
    panel = Store(path).panel(QUERY, as_of=date(2026, 6, 1))
    return set(panel.costs[0].tolist()), time.perf_counter() - started


def read_many(reads: int, folder: Path) -> Tally:
    """Read that often, half in threads, half in another process. Raises: AssertionError."""
    store = Store(folder / "costs.duckdb")
    made = [rolled_up(days_of(MARCH, [str(n)] * 31), folder / f"{n}.parquet") for n in (1, 2)]
    publish(store, made, 0)
    forkserver = multiprocessing.get_context("forkserver")
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(1, mp_context=forkserver) as process:
        asked: list[Future[tuple[set[float], float]]] = []
        readers: tuple[Executor, ...] = (threads, process)
        for number in range(reads):
            asked.append(readers[number % 2].submit(read, store.path))
        version = 0
        while not all(reading.done() for reading in asked):
            version += 1
            publish(store, made, version)
    seen = [reading.result() for reading in asked]
    assert all(len(costs) == 1 for costs, _ in seen)
    versions = {cost for costs, _ in seen for cost in costs}
    return Tally(len(seen), version, len(versions), round(max(seconds for _, seconds in seen), 2))


def publish(store: Store, made: list[DailyCharges], version: int) -> None:
    """Replace the month once more."""
    with store.writing(LATER) as writer:
        writer.replace_charges(month_bill(MARCH, version=str(version)), made[version % 2])


def main() -> None:
    """Read as often as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        tally = dataclasses.asdict(read_many(int(sys.argv[1]), Path(folder)))
    sys.stdout.write(", ".join(f"{name} {count}" for name, count in tally.items()) + "; none failed\n")


if __name__ == "__main__":
    main()
