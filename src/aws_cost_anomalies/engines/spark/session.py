"""Sessions, and the door of this room: what Spark raises leaves as one of this program's errors.

The client of Spark Connect and the whole of Spark are two packages; what only one of them has loads late.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import cast
from urllib.parse import urlsplit

from pyspark.logger import PySparkLogger
from pyspark.sql import SparkSession

from aws_cost_anomalies.engines.spark import faults
from aws_cost_anomalies.engines.spark.faults import SPARK_ERRORS
from aws_cost_anomalies.engines.spark.files import Reader
from aws_cost_anomalies.errors import ServiceUnavailable, SettingsError
from aws_cost_anomalies.model.bill import RawBill

CONNECT = "sc://"
CONNECT_PORT, MASTER_PORT = 15002, 7077
_ANSWERS_WITHIN = 10.0
"""Seconds a host may take to accept a connection: Spark itself would try for ten minutes."""
CONDITIONS = {
    # A day is a UTC day, whatever the cluster's time zone; INT96 and text would move otherwise.
    "spark.sql.session.timeZone": "UTC",
    # A cost of `n/a` stops the roll-up; outside ANSI mode it would silently count as nothing.
    "spark.sql.ansi.enabled": "true",
    # Tag columns of a legacy CUR may differ by letter case only.
    "spark.sql.caseSensitive": "true",
    # Of a file that is gone or garbled Spark would otherwise skip the rest, where the cluster says so.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    # Days before 1900 are as written: bills have none, and Spark would refuse to choose a calendar.
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    # Old writers do not say that bytes are text.
    "spark.sql.parquet.binaryAsString": "true",
    # Java never compiles a method above 8,000 bytes. A mapping and its sums fused into one method are three
    # times that, and would be interpreted row by row: twice the processor time of many small methods.
    "spark.sql.codegen.hugeMethodLimit": "8000",
}
"""What every statement of ours runs under, so that its rows equal DuckDB's and are made fast."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where Spark is, and how it reads raw files.

    Attributes:
        remote: a Spark Connect address or a master.
        session: of the caller, instead of one made here.
        read_in_place: whether workers read from S3 what came from S3.
    """

    remote: str
    session: SparkSession | None = None
    read_in_place: bool = False

    @contextmanager
    def connected(self, *bills: RawBill) -> Iterator[Reader]:
        """A reader in a session of its own, for one step of work on these bills.

        Raises:
            BadBill: what Spark failed on is the fault of a file.
            ServiceUnavailable: it is not.
            SettingsError: this Spark client cannot reach it, or its workers cannot see the files.
        """
        # What Spark would write on standard error is told by the error raised here.
        PySparkLogger.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
        session = self._opened()
        reader = Reader(session, in_place=self.read_in_place)
        try:
            for name, value in CONDITIONS.items():
                session.conf.set(name, value)
            yield reader
        except SPARK_ERRORS as error:
            raise faults.told(reader, bills, error, where=self._name) from error
        finally:
            # A session that broke has nothing to take away.
            with suppress(*SPARK_ERRORS):
                reader.forget()
                if self._is_ours:
                    session.stop()

    @property
    def _is_ours(self) -> bool:
        """Whether a session is made on a server for one step, and must not stay there."""
        return self.session is None and self.remote.startswith(CONNECT)

    @property
    def _name(self) -> str:
        return f"Spark at {self.remote}" if self.remote else "The Spark session"

    def _opened(self) -> SparkSession:
        """A session that nobody else uses; views and settings in it bother no one."""
        try:
            if self.session is not None:
                return _beside(self.session)
            self._check_answers()
            return _connected(self.remote) if self._is_ours else _started(self.remote)
        except SPARK_ERRORS as error:
            raise ServiceUnavailable(self._name, faults.reason(error)) from error

    def _check_answers(self) -> None:
        """Knock at the door first. Raises: ServiceUnavailable."""
        address = urlsplit(self.remote)
        if "," in address.netloc or not address.hostname or not address.scheme:
            return
        port = address.port or (CONNECT_PORT if address.scheme == "sc" else MASTER_PORT)
        try:
            socket.create_connection((address.hostname, port), timeout=_ANSWERS_WITHIN).close()
        except OSError as error:
            hint = "Check `engine.remote`, and that the cluster is up; nothing was changed."
            raise ServiceUnavailable(self._name, str(error.strerror or error).lower(), hint) from error


def _connected(remote: str) -> SparkSession:
    """A fresh session of a Spark Connect server."""
    from pyspark.sql.connect.session import SparkSession as ConnectSession  # noqa: PLC0415 - needs gRPC

    return cast("SparkSession", ConnectSession.builder.remote(remote).create())


def _started(master: str) -> SparkSession:
    """A fresh session of this process's own Spark application, which lives until the process ends."""
    if find_spec("py4j") is None:
        hint = "`pip install pyspark` brings the whole of Spark; Spark Connect (sc://…) does without."
        raise SettingsError(f"The Spark client cannot reach the master {master}.", hint)
    application = (
        SparkSession.builder.master(master)
        .appName("aws-cost-anomalies")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "OFF")
        .getOrCreate()
    )
    return _beside(application)


def _beside(session: SparkSession) -> SparkSession:
    """A session next to a given one; that one itself where its client cannot make another."""
    try:
        return session.newSession()
    except (AttributeError, NotImplementedError):
        return session
