"""The private copy a writer works on, and how it takes the place of the published store.

Whatever happens to the writer, a reader finds the version before or the version after, whole. Knows files;
knows nothing of their tables beyond the schema's own steps.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from aws_cost_anomalies import private
from aws_cost_anomalies.store import schema
from aws_cost_anomalies.store.failures import told_plainly
from aws_cost_anomalies.store.opening import Connection, is_there, open_copy, refuse_leftover


class PrivateCopy:
    """A copy of the store that is made when first needed, and again after each publication.

    It lies in a folder of its own beside the store: only its owner may look in, and a killed writer leaves
    one thing to remove.
    """

    def __init__(self, store: Path, now: datetime) -> None:
        """Remove what killed writers left; the caller holds the lock.

        Args:
            store: the published file.
            now: naive, UTC.

        Raises:
            StoreUnreadable: it cannot be removed.
        """
        self._store = store
        self._now = now
        self._folder: Path | None = None
        self._connection: Connection | None = None
        with told_plainly(store, "removing what a killed writer left"):
            for leftover in store.parent.glob(f".{glob.escape(store.name)}.*.writing"):
                shutil.rmtree(leftover)

    def connection(self) -> Connection:
        """The connection to the copy, its schema up to date.

        Raises:
            DiskFull, StoreUnreadable: the copy cannot be made.
        """
        if self._connection is None:
            with told_plainly(self._store, "making a copy to write to"), ExitStack() as on_failure:
                on_failure.callback(self.discard)
                self._connection = self._open()
                on_failure.pop_all()
        return self._connection

    def publish(self) -> bool:
        """Put the copy in the store's place, on disk for good; whether there was one.

        Raises:
            DiskFull: there was no room; the version before stays.
        """
        if self._connection is None or self._folder is None:
            return False
        with told_plainly(self._store, "publishing the new version"), ExitStack() as at_the_end:
            at_the_end.callback(self.discard)
            self._connection.checkpoint()
            self._connection.close()
            copy = self._folder / self._store.name
            copy.chmod(0o600)
            _sync(copy)
            copy.replace(self._store)
            _sync(self._store.parent)
        return True

    def discard(self) -> None:
        """Forget what was not published."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None

    def _open(self) -> Connection:
        folder = tempfile.mkdtemp(prefix=f".{self._store.name}.", suffix=".writing", dir=self._store.parent)
        self._folder = Path(folder)
        private.remove_leftovers(self._store.parent, private.SPILLED, made_now=self._folder)
        copy = self._folder / self._store.name
        if is_there(self._store):
            refuse_leftover(self._store)
            shutil.copyfile(self._store, copy)
        self._connection = open_copy(copy)
        schema.bring_up_to_date(self._connection, self._store, self._now)
        return self._connection


def _sync(path: Path) -> None:
    """Have the operating system write a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
