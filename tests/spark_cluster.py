"""A real Spark of several processes on loopback: a master, two workers of one core, and a Connect server."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
FAST = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m"
WORKER, SERVER = (
    "org.apache.spark.deploy.worker.Worker",
    "org.apache.spark.sql.connect.service.SparkConnectServer",
)
_PATIENCE = 150.0
_DONE = re.compile(r"Finished task (\d+)\.0 in stage")


@dataclass
class LoopbackCluster:
    """What runs, and where."""

    folder: Path
    master_port: int
    connect_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def remote(self) -> str:
        return f"sc://127.0.0.1:{self.connect_port}"

    def start(self, name: str, *command: str) -> None:
        """Start one process, its words in a file; what it starts itself shares its process group."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_MEMORY": "600m",
            "SPARK_DAEMON_JAVA_OPTS": FAST,
            # It would listen on a port of its own choice.
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [str(HOME / "bin" / command[0]), *command[1:]],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_listening(self, name: str, port: int) -> None:
        """Come back when a process takes connections; fail with its last words when it ends before."""
        process = self.processes[name]
        wait_for(f"the start of {name}", lambda: _listens(port) or process.poll() is not None)
        assert process.poll() is None, self.said(name)[-2000:]

    def kill(self, name: str) -> None:
        """End a process and all it started, at once and without a word."""
        process = self.processes[name]
        # The number of one that has ended may be somebody else's by now.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def said(self, name: str) -> str:
        """What a process has said so far."""
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def finished_tasks(self, worker: str) -> int:
        """How far into a stage of many tasks a worker's executor has come."""
        logs = (self.folder / worker).rglob("stderr")
        numbers = [int(n) for log in logs for n in _DONE.findall(log.read_text(errors="replace"))]
        return max(numbers, default=0)


def wait_for(what: str, happened: Callable[[], bool]) -> None:
    """Come back as soon as it has happened."""
    deadline = time.monotonic() + _PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen within {_PATIENCE:.0f} s"
        time.sleep(0.2)


@contextmanager
def loopback_cluster(folder: Path) -> Iterator[LoopbackCluster]:
    """A cluster with its two workers, ready to take a session; gone afterwards."""
    cluster = LoopbackCluster(folder, *free_ports(2))
    master = f"spark://127.0.0.1:{cluster.master_port}"
    try:
        cluster.start(
            "master", "spark-class", "org.apache.spark.deploy.master.Master",
            "--host", "127.0.0.1", "--port", str(cluster.master_port), "--webui-port", "0",
        )  # fmt: skip
        cluster.wait_until_listening("master", cluster.master_port)
        for name in ("one", "two"):
            (folder / name).mkdir()
            cluster.start(
                name, "spark-class", WORKER, "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                "--webui-port", "0", "--work-dir", str(folder / name), master,
            )  # fmt: skip
        conf = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": str(cluster.connect_port),
            "spark.driver.host": "127.0.0.1",
            "spark.executor.memory": "600m",
            "spark.executor.extraJavaOptions": FAST,
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            # A task for each file, so that there is a middle to be killed in.
            "spark.sql.files.maxPartitionBytes": "100000",
            "spark.sql.files.openCostInBytes": "100000",
        }
        options = [part for key, value in conf.items() for part in ("--conf", f"{key}={value}")]
        cluster.start(
            "connect", "spark-submit", "--class", SERVER, "--master", master,
            "--driver-java-options", FAST, *options, "spark-internal",
        )  # fmt: skip
        cluster.wait_until_listening("connect", cluster.connect_port)
        yield cluster
    finally:
        for name in cluster.processes:
            cluster.kill(name)


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on."""
    doors = [socket.socket() for _ in range(count)]
    for door in doors:
        door.bind(("127.0.0.1", 0))
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0
