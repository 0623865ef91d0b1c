"""Kill the upgrade of an old store at any moment: `python -m benchmarks.soak_upgrades [KILLS] [SEED]`.

Each upgrade is a process of its own, forked from one that has the program loaded, over a store that an older
version wrote; it gets SIGKILL at a random moment. Afterwards the published store must be, byte for byte, the
one before, or the new one with the same charges, records and anomalies. Another upgrade must then succeed.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import aws_cost_anomalies.store.writer  # noqa: F401 - so that each fork finds it loaded
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.store import Store
from benchmarks.processes import in_a_fork

OLDER = Path(__file__).parents[1] / "tests" / "store" / "older"
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def upgrade(path: Path) -> int:
    """The process that brings a store up to date."""
    return in_a_fork(lambda: Store(path).bring_up_to_date(NOW))


def empty_handed(path: Path) -> None:
    """The next writer, whoever that is: it removes what a killed one left."""
    with Store(path).writing(NOW):
        pass


def ended(process: int) -> None:
    """Wait for a process that nobody kills. Raises: SystemExit: it failed."""
    _, status = os.waitpid(process, 0)
    if status:
        raise SystemExit("an upgrade failed")


def held(path: Path) -> str:
    """What a store of this version says of itself, read by another process."""
    reader, writer = os.pipe()

    def look() -> None:
        store = Store(path)
        loads = store.loads()
        panels = [
            store.panel(PanelQuery(load.period, load.data_source), as_of=NOW.date()).costs.tolist()
            for load in loads
        ]
        said = [str(loads), str(panels), str(store.followed()), str(store.alerts()), str(store.runs())]
        os.write(writer, json.dumps(said).encode())

    process = in_a_fork(look)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        text = answer.read().decode()
    ended(process)
    return text


def kill_one(path: Path, old: bytes, *, pause: float) -> str:
    """What was found after an upgrade was killed: `as before` or `upgraded`."""
    path.write_bytes(old)
    process = upgrade(path)
    time.sleep(pause)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "as before" if path.read_bytes() == old else "upgraded"


def main() -> None:
    """Kill as many upgrades as the command line says, of each old store in turn."""
    kills, seed = (int(text) for text in (*sys.argv[1:3], "1000", "1")[:2])
    chance, tally = random.Random(seed), Counter[str]()
    fixtures = sorted(OLDER.glob("*.duckdb.gz"))[:-1]  # the last one is of this version
    with tempfile.TemporaryDirectory() as folder:
        for number, fixture in enumerate(fixtures):
            old = gzip.decompress(fixture.read_bytes())
            path = Path(folder) / fixture.name.split(".")[0] / "costs.duckdb"
            path.parent.mkdir()
            path.write_bytes(old)
            started = time.monotonic()
            ended(upgrade(path))
            longest, whole = time.monotonic() - started, held(path)
            for _ in range(number, kills, len(fixtures)):
                found = kill_one(path, old, pause=chance.uniform(0, longest))
                tally[found] += 1
                ended(upgrade(path))
                if held(path) != whole:
                    raise SystemExit(f"{fixture.name}: another content after a kill that left it {found}")
                ended(in_a_fork(partial(empty_handed, path)))
                left = [each.name for each in path.parent.iterdir() if each.name.endswith(".writing")]
                if left:
                    raise SystemExit(f"left behind: {left}")
    said = ", ".join(f"{count:,} {what}" for what, count in tally.most_common())
    print(f"{kills:,} upgrades killed: {said}; nothing lost, nothing left behind")


if __name__ == "__main__":
    main()
