"""What every test may ask for: AWS on loopback, real bills, an environment without anybody's credentials."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from athena_double import AthenaDouble
    from pyspark.sql import SparkSession
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

# Doubles lie beside the tests and are imported by their plain names.
sys.path.insert(0, str(Path(__file__).parent))

ONE_SPARK = re.compile(r"test_engines_agree|test_spark_(faults|in_place)|\[spark-")
"""Tests that ask the Spark of this process: starting it takes as long as many of them."""
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """The questions to real models have a mark of their own."""
    config.addinivalue_line("markers", "evals: asks a real language model, which costs money")
    # Programs that tests start would compile every module anew, each time, if they might not keep them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process works on alone at the end."""
    slow = {
        _together(item.nodeid)
        for item in items
        if item.get_closest_marker("slow") or item.get_closest_marker("spark")
    }
    items.sort(key=lambda item: _together(item.nodeid) not in slow)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Whole files go to one process, and all that ask one Spark to the same."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _together(nodeid)

    return Together(config, log)


def _together(nodeid: str) -> str:
    return "spark" if ONE_SPARK.search(nodeid) else nodeid.partition("::")[0]


@pytest.fixture(autouse=True)
def _no_credentials_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test that forgets to say which AWS it means reaches none."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "no-aws-config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-aws-credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Access keys that mean nothing to anybody."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """The address of a moto server on loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
    assert server._server is not None
    server._server.server_close()


@pytest.fixture
def aws(moto_url: str, credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An AWS of its own, empty again for each test: S3, Organizations, STS and more; yields its address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_url)
    yield moto_url
    reset = urllib.request.Request(f"{moto_url}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset, timeout=10).close()


@pytest.fixture
def athena(aws: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[AthenaDouble]:
    """A double of Athena over the buckets of `aws`."""
    import boto3
    from athena_double import athena_double

    assert aws
    folder = tmp_path / "athena"
    folder.mkdir()
    with athena_double(boto3.client("s3"), folder) as (address, double):
        monkeypatch.setenv("AWS_ENDPOINT_URL_ATHENA", address)
        monkeypatch.setattr("aws_cost_anomalies.engines.athena.queries.FIRST_WAIT", 0.005)
        yield double


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real bills; absent on a user's machine, never on the project's own."""
    if not SHARED_DATA.is_dir():
        reason = f"the real bills are not at {SHARED_DATA}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED_DATA


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo of this session is played, in the folder `demo`."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def demo_run(demo_folder: Path) -> str:
    """What `demo --dir demo` prints, 80 columns wide; played once."""
    program = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(demo_folder), "COLUMNS": "80", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [*program, "demo", "--dir", "demo"],
        cwd=demo_folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="session")
def demo_store(demo_folder: Path, demo_run: str) -> Path:
    """The settings of a store that holds the sample bill; read it, do not write to it."""
    assert demo_run
    return demo_folder / "demo" / "config.yaml"


@pytest.fixture(scope="session")
def java() -> str:
    """The Java that Spark runs on; a user's machine may lack it, the project's own never."""
    found = shutil.which("java")
    if found is None:
        reason = "Apache Spark needs Java 17, and there is no `java` on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def s3_of_spark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Spark finds under s3a://bills/."""
    return tmp_path_factory.mktemp("s3")


@pytest.fixture(scope="session")
def spark(java: str, s3_of_spark: Path) -> Iterator[SparkSession]:
    """A real Spark of two cores in this process, its clock in California, its S3 a folder."""
    from pyspark.sql import SparkSession

    assert java
    session = (
        SparkSession.builder.master("local[2]")
        # A short life is not worth the second compiler; with one, Java would leave too little room for the
        # code that all the tests of a worker have it make, and end when that is full.
        .config(
            "spark.driver.extraJavaOptions",
            "-Duser.timezone=America/Los_Angeles -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
            "-XX:ReservedCodeCacheSize=240m",
        )
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.hadoop.fs.s3a.impl", "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme")
        .config(
            "spark.hadoop.fs.viewfs.overload.scheme.target.file.impl", "org.apache.hadoop.fs.LocalFileSystem"
        )
        .config("spark.hadoop.fs.viewfs.mounttable.bills.linkFallback", f"file://{s3_of_spark}")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    yield session
    session.stop()
