"""Processes that are killed while they send alerts: what a webhook's receiver has seen afterwards.

`python tests/alert_kills.py 120` does it so often and prints what was found. Each round puts alerts in the
outbox and starts a process that sends them; it gets SIGKILL at a random moment; others follow, each an hour
later by their clock, until everything is sent. No alert may be lost, and a message that arrives twice must
have said the second time that it may be a repeat.
"""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aws_cost_anomalies import kinds
from aws_cost_anomalies.dispatch import ON_ITS_WAY, Dispatch
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry, Reason, Told
from aws_cost_anomalies.model.message import Message, Paragraph
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

MORNING = datetime(2026, 11, 22, 7, tzinfo=UTC)
ALERTS = 5
"""In each round."""


@dataclass
class Inbox:
    """A webhook's receiver on loopback: idempotency key → whether each arrival said that it may repeat."""

    arrived: dict[str, list[bool]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""

    def take(self, body: bytes) -> None:
        """Keep what came."""
        told = json.loads(body)
        with self.lock:
            self.arrived.setdefault(told["key"], []).append("may repeat" in json.dumps(told))


@contextmanager
def inbox() -> Iterator[Inbox]:
    """An inbox that listens for as long as the block runs."""
    taken = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        taken.url = f"http://127.0.0.1:{server.server_port}/hook"
        try:
            yield taken
        finally:
            server.shutdown()


@dataclass
class Tally:
    """What was found."""

    kills: int = 0
    alerts: int = 0
    repeats: int = 0


def send_all(path: Path, url: str, now: datetime) -> None:
    """What `alert` does with its outbox, in a process of its own."""
    channel = {"name": "hook", "kind": "webhook", "url": url, "allow_private": True}
    settings = Settings.model_validate({"channels": [channel]})
    sending = Dispatch(Store(path), lambda name: kinds.notifier(settings, name), now=now, wait=time.sleep)
    for _ in sending.deliver():
        pass


def entries(number: int, now: datetime) -> list[OutboxEntry]:
    """The alerts of a round."""
    keys = [f"{number:08d}-{one}" for one in range(ALERTS)]
    return [
        OutboxEntry(key, "all", "hook", Reason.NEW, "first seen", (Told(key, 100.0),), _message(key), now)
        for key in keys
    ]


def _message(key: str) -> Message:
    return Message(key, "EC2 +100.00 USD", "EC2 cost more.", key, (Paragraph("Why"),), payload={"key": key})


def one_round(store: Store, taken: Inbox, *, number: int, pauses: list[float]) -> int:
    """Put alerts in the outbox, kill a sender after each pause, send the rest; how many were killed."""
    now, killed = MORNING + timedelta(days=number), 0
    with store.writing(now) as writer:
        writer.save_findings([], entries(number, now))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["alert_kills"])
    for hour, pause in enumerate([*pauses, 60.0]):
        later = now + timedelta(hours=hour)
        sender = context.Process(target=send_all, args=(store.path, taken.url, later))
        sender.start()
        sender.join(pause)
        sender.kill()
        sender.join()
        # It may have ended in the same moment.
        killed += sender.exitcode == -signal.SIGKILL
    return killed


def kill_many(kills: int, folder: Path, *, seed: int = 1) -> Tally:
    """Kill that many senders. Raises: AssertionError when an alert is lost or repeated without a word."""
    chance, tally, number = random.Random(seed), Tally(), 0
    with inbox() as taken:
        longest = _measure(Store(folder / "measure.duckdb"), taken)
        store = Store(folder / "costs.duckdb")
        while tally.kills < kills:
            pauses = [chance.uniform(0.2, 1.0) * longest for _ in range(min(2, kills - tally.kills))]
            tally.kills += one_round(store, taken, number=number, pauses=pauses)
            number += 1
            assert not store.alerts(ON_ITS_WAY), "everything is sent in the end"
        told = store.alerts()
        tally.alerts = len(told)
        for entry in told:
            assert entry.delivery is Delivery.SENT, entry
            arrivals = taken.arrived[entry.alert_id]
            assert all(arrivals[1:]), f"{entry.alert_id} came {len(arrivals)} times without a word"
            tally.repeats += len(arrivals) - 1
    return tally


def _measure(store: Store, taken: Inbox) -> float:
    """Seconds that a sender takes from its start to its end when nobody stops it."""
    one_round(store, taken, number=10_000, pauses=[])
    with store.writing(MORNING) as writer:
        writer.save_findings([], entries(10_001, MORNING))
    started = time.monotonic()
    context = multiprocessing.get_context("forkserver")
    sender = context.Process(target=send_all, args=(store.path, taken.url, MORNING))
    sender.start()
    sender.join()
    return time.monotonic() - started


def main() -> None:
    """Kill as many senders as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        tally = dataclasses.asdict(kill_many(int(sys.argv[1]), Path(folder)))
    sys.stdout.write(", ".join(f"{name} {count}" for name, count in tally.items()) + "; none lost\n")


if __name__ == "__main__":
    main()
