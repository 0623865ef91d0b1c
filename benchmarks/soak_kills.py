"""Kill `ingest` at any moment, again and again: `python -m benchmarks.soak_kills [KILLS] [SEED]`.

Each ingest is a process of its own, forked from one that has the program loaded, and gets SIGKILL at a random
moment of its work. After every kill another process reads the store: each month must be whole, at the cost of
the delivery before the kill or of the one that was being loaded, and equal to its load record.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

from aws_cost_anomalies.model.period import BillingPeriod
from benchmarks.processes import apart, in_a_fork
from benchmarks.tiny_bills import EXPORT, ITEMS, deliver, write_file

MONTHS = ("2026-01", "2026-02", "2026-03")
COSTS = range(1, 8)
LOADED = (
    "aws_cost_anomalies.cli.door",
    "aws_cost_anomalies.cli.commands.ingest",
    "aws_cost_anomalies.engines.duckdb",
    "aws_cost_anomalies.sources.cur",
)
"""What every fork finds in memory already."""
AFRESH = 60
"""After so many kills a store is made anew, so that the first load is killed too."""
Found = dict[str, tuple[str, str, int, int]]
"""month → sum of the charges, sum in the load record, charges, line items."""


def ingest(arguments: list[str]) -> None:
    """Run the command line; its exit code is that of the process."""
    from aws_cost_anomalies.cli import main

    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        main(arguments)
    except SystemExit as left:
        os._exit(left.code if isinstance(left.code, int) else 1)


def read(store: Path) -> Found:
    """What another process finds in the store."""
    reader, writer = os.pipe()

    def look() -> None:
        from aws_cost_anomalies.model.panel import PanelQuery
        from aws_cost_anomalies.store import Store

        found: Found = {}
        there = Store(store)
        for load in there.loads("cur"):
            days = BillingPeriod.parse(load.billing_period).period
            query = PanelQuery(days, "cur", metric="BilledCost")
            costs = there.panel(query, as_of=date(2026, 12, 1)).costs
            stated = load.totals["USD"]["BilledCost"]
            found[load.billing_period] = (str(costs.sum()), str(stated), load.rows, load.line_items)
            torn = len(set(costs[0].tolist())) > 1
            if torn:
                found[load.billing_period] = ("torn", "", 0, 0)
        os.write(writer, json.dumps(found).encode())
        os._exit(0)

    process = in_a_fork(look)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        text = answer.read()
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit("the store could not be read")
    return {month: tuple(figures) for month, figures in json.loads(text).items()}


class Soak:
    """One store, its export, and what each month may cost."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        """Make the files that deliveries are made of."""
        self.folder, self.chance = folder, chance
        self.export, self.store = folder / "export", folder / "costs.duckdb"
        self.config = folder / "config.yaml"
        paths = f"{{path: {self.store}, cache_dir: {folder}/cache}}"
        self.config.write_text(f"database: {paths}\n", encoding="utf-8")
        self.contents = self._contents()
        self.delivered = dict.fromkeys(MONTHS, 0)
        self.held = dict.fromkeys(MONTHS, 0)
        """What the store held when it was last read; 0 is nothing."""
        self.longest = 0.0
        """Seconds that an ingest takes when nobody stops it."""
        self.tally: Counter[str] = Counter()
        self.execution = 0

    def _contents(self) -> dict[tuple[str, int], bytes]:
        made = self.folder / "made"
        made.mkdir()

        def write() -> None:
            for month in MONTHS:
                for cost in COSTS:
                    write_file(made / f"{month}-{cost}", month, cost)

        apart(write)
        return {(m, c): (made / f"{m}-{c}").read_bytes() for m in MONTHS for c in COSTS}

    def kill_one(self) -> None:
        """Deliver something new, ingest it, kill the ingest, look at what is there."""
        self._deliver()
        self.tally[self._end(self._ingest(), self.chance.uniform(0, self.longest))] += 1
        self.check()

    def _deliver(self) -> None:
        for month in MONTHS:
            if self.chance.random() < 0.6 or not self.delivered[month]:
                self.execution += 1
                self.delivered[month] = self.chance.choice(COSTS)
                content = self.contents[month, self.delivered[month]]
                deliver(self.export, month, content, execution=str(self.execution))

    def measure(self) -> None:
        """One ingest to its end, which says how long the next ones may live."""
        self._deliver()
        started = time.monotonic()
        self._end(self._ingest(), 60.0)
        self.longest = time.monotonic() - started
        self.check()

    def _ingest(self) -> int:
        refresh = ["--full-refresh"] if self.chance.random() < 0.2 else []
        arguments = ["--config", str(self.config), "ingest", "--source", "cur", "--path"]
        return in_a_fork(lambda: ingest([*arguments, str(self.export), *refresh]))

    def _end(self, process: int, pause: float) -> str:
        """How it ended: killed after a pause, or done before that."""
        started = time.monotonic()
        while time.monotonic() - started < pause:
            done, status = os.waitpid(process, os.WNOHANG)
            if done:
                self.longest += 0.5 * (time.monotonic() - started - self.longest)
                code = os.waitstatus_to_exitcode(status)
                if code:
                    raise SystemExit(f"an ingest ended with exit code {code}")
                return "done before"
            time.sleep(0.002)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        return "killed"

    def check(self) -> None:
        """Hold what is there against what may be. Raises: SystemExit."""
        found = read(self.store) if self.store.exists() else {}
        for month in MONTHS:
            allowed = {self.held[month], self.delivered[month]}
            days = BillingPeriod.parse(month).period.days
            total, stated, rows, line_items = found.get(month, ("0", "0", 0, 0))
            whole = {str(float(days * ITEMS * cost)): cost for cost in allowed if cost}
            if month in found and (
                total not in whole
                or float(stated) != float(total)
                or (rows, line_items) != (days * ITEMS, days * ITEMS)
            ):
                raise SystemExit(f"{month}: {found[month]}, allowed were {allowed}")
            if month not in found and self.held[month]:
                raise SystemExit(f"{month} was lost")
            self.tally["moved on"] += bool(month in found and whole[total] != self.held[month])
            self.held[month] = whole[total] if month in found else 0
        self.tally["left by the killed"] += len(list(self.folder.glob(".costs.duckdb.*.writing")))

    def begin_anew(self) -> None:
        """Take the store away."""
        for path in [*self.folder.glob("costs.duckdb*"), *self.folder.glob(".costs.duckdb*")]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.held = dict.fromkeys(MONTHS, 0)
        self.tally["stores"] += 1


def main() -> None:
    """Kill so many, print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)  # noqa: S311
    for module in LOADED:
        import_module(module)

    with tempfile.TemporaryDirectory() as folder:
        soak, started = Soak(Path(folder), chance), time.monotonic()
        while soak.tally["killed"] < kills:
            if (soak.tally["killed"] + soak.tally["done before"]) % AFRESH == 0:
                soak.begin_anew()
                soak.kill_one() if soak.longest else soak.measure()
            soak.kill_one()
        minutes = (time.monotonic() - started) / 60
    figures = ", ".join(f"{count:,} {what}" for what, count in soak.tally.items())
    print(f"{EXPORT}: {figures}, in {minutes:.0f} minutes: no period lost, doubled or torn")


if __name__ == "__main__":
    main()
