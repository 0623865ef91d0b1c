"""The writer's lock: a file beside the store, locked by the operating system while its holder lives.

Knows nothing of the store's content. A lock file without a living holder blocks nobody, so it is never
removed.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from aws_cost_anomalies.errors import StoreBusy
from aws_cost_anomalies.store.failures import told_plainly
from aws_cost_anomalies.store.moments import stored, told

_TRIES = 20
_PAUSE = 0.05
"""Seconds between tries: a writer that only notes a feedback is gone after the first few."""


@contextmanager
def writer_lock(store: Path, now: datetime) -> Iterator[None]:
    """Be the only writer of the store meanwhile, over all processes and threads.

    Raises:
        StoreBusy: another one is, for a second already; names its pid and since when.
        DiskFull, StoreUnreadable: the lock file cannot be written.
    """
    holder = {"pid": os.getpid(), "since": told(stored(now)).isoformat()}
    with ExitStack() as at_the_end:
        with told_plainly(store, "taking the lock"):
            descriptor = os.open(store.with_name(f"{store.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
            at_the_end.callback(os.close, descriptor)
            _acquire(descriptor, store)
            at_the_end.callback(os.ftruncate, descriptor, 0)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield


def _acquire(descriptor: int, store: Path) -> None:
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return
    raise StoreBusy(store, *_holder(descriptor))


def _holder(descriptor: int) -> tuple[int | None, datetime | None]:
    """Who wrote last that it holds the lock, and since when; unknown in the instant before it has."""
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return int(holder["pid"]), datetime.fromisoformat(holder["since"])
    except (ValueError, KeyError, TypeError):
        return None, None
