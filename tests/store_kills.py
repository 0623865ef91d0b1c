"""Writers that are killed at any moment: what readers and later writers find afterwards.

`python tests/store_kills.py 1000` does it a thousand times and prints what was found. A writer replaces the
bills of three months over and over, every charge of a round costing the same amount, so that a torn, doubled
or lost period shows in its sums. It reports each round once it is published; the store must never be older
than that.
"""

from __future__ import annotations

import dataclasses
import math
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from daily_bills import LATER, charge, month_bill, rolled_up

from aws_cost_anomalies.model.bill import DailyCharges
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store import Store

MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))
SERVICES = 20


@dataclass(frozen=True)
class Moment:
    """When a writer dies: so many publications after its start, and a pause in seconds."""

    after: int
    pause: float


@dataclass
class Tally:
    """What was found after the kills."""

    kills: int = 0
    publications: int = 0
    leftovers: int = 0


Deliveries = dict[tuple[int, int], DailyCharges]
"""(month, round modulo 2) → its charges."""


def deliveries(folder: Path) -> Deliveries:
    """Months in which every charge costs the same: 1, or in odd rounds 2."""
    made = {}
    for number, month in enumerate(MONTHS):
        for odd in (0, 1):
            days = month_bill(month).period
            charges = [charge(day, str(1 + odd), f"Service {n}") for day in days for n in range(SERVICES)]
            made[number, odd] = rolled_up(charges, folder / f"{month}-{odd}.parquet")
    return made


def write_until_killed(path: Path, first: int, made: Deliveries, reports: Connection) -> None:
    """Load the three months, a round after the other, and report each that is published."""
    store, version = Store(path), first
    reports.send(None)
    while True:
        version += 1
        with store.writing(LATER) as writer:
            for number, month in enumerate(MONTHS):
                writer.replace_charges(month_bill(month, version=str(version)), made[number, version % 2])
                writer.publish()
                reports.send((number, version))


def versions(store: Store) -> list[int]:
    """The round of each month, once its sums are found to be those of that round; 0 for none."""
    loads = {load.billing_period: load for load in store.loads()}
    if not loads:
        return [0 for _ in MONTHS]
    panel = store.panel(PanelQuery(QUARTER, "cur"), as_of=date(2026, 6, 1))
    found = []
    for month in MONTHS:
        bill = month_bill(month)
        days = slice(QUARTER.index(bill.period.start), QUARTER.index(bill.period.end))
        load = loads.get(bill.billing_period)
        found.append(int(load.version) if load else 0)
        cost = float(SERVICES * (1 + found[-1] % 2)) if load else None
        costs = [None if math.isnan(c) else c for c in panel.costs[0, days].tolist()]
        assert costs == [cost] * bill.period.days, f"{bill.billing_period} is not that of round {found[-1]}"
        assert load is None or load.rows == SERVICES * bill.period.days
    return found


def kill_one(store: Store, made: Deliveries, moment: Moment) -> tuple[list[int], int]:
    """The rounds published when a writer was killed, and how many publications it reported."""
    done = versions(store)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["store_kills"])
    reports, told = context.Pipe(duplex=False)
    writer = context.Process(target=write_until_killed, args=(store.path, max(done), made, told))
    writer.start()
    told.close()
    with reports:
        reports.recv()
        told_of = [reports.recv() for _ in range(moment.after)]
        time.sleep(moment.pause)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        told_of += drained(reports)
    for number, version in told_of:
        done[number] = version
    return done, len(told_of)


def drained(reports: Connection) -> Iterator[tuple[int, int]]:
    """Everything sent before the other end was gone."""
    while True:
        try:
            yield reports.recv()
        except EOFError:
            return


def pace(store: Store, made: Deliveries) -> float:
    """Seconds that a publication takes on this machine, now."""
    started = time.perf_counter()
    for number, month in enumerate(MONTHS):
        with store.writing(LATER) as writer:
            writer.replace_charges(month_bill(month), made[number, 1])
    return (time.perf_counter() - started) / len(MONTHS)


def kill_many(kills: int, folder: Path, *, seed: int = 1) -> Tally:
    """Kill that many writers; a fresh store after every tenth. Raises: AssertionError."""
    chance, tally, made = random.Random(seed), Tally(), deliveries(folder)
    seconds = pace(Store(folder / "pace.duckdb"), made)
    for kill in range(kills):
        place = folder / str(kill // 10)
        place.mkdir(exist_ok=True)
        store = Store(place / "costs.duckdb")
        moment = Moment(after=chance.randrange(3), pause=chance.uniform(0, 1.5 * seconds))
        done, publications = kill_one(store, made, moment)
        found = versions(store)
        for kept, published in zip(found, done, strict=True):
            assert published <= kept <= max(done) + 1, f"kill {kill}: {found} after {done} was published"
        tally.kills += 1
        tally.publications += publications
        tally.leftovers += len(list(place.glob(".*.writing")))
        with store.writing(LATER):
            assert not list(place.glob(".*.writing")), "what a killed writer left is removed"
    return tally


def main() -> None:
    """Kill as many writers as the command line says."""
    kills = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        tally = dataclasses.asdict(kill_many(kills, Path(folder)))
    sys.stdout.write(
        ", ".join(f"{name} {count}" for name, count in tally.items()) + "; no period torn or lost\n"
    )


if __name__ == "__main__":
    main()
