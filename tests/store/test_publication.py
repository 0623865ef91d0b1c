"""Readers see a whole version at any time; one writer at a time; a full disk changes nothing."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from daily_bills import LATER, MARCH, charge, days_of, load, month_bill, rolled_up
from store_reads import read_many

from aws_cost_anomalies.errors import DiskFull, StoreBusy
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.store.opening import reading

AS_OF = date(2026, 6, 1)
QUERY = PanelQuery(month_bill(MARCH).period, "cur")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


def costs(store: Store) -> set[float]:
    """The costs of a day of March; one value in a whole version."""
    return set(store.panel(QUERY, as_of=AS_OF).costs[0].tolist())


def test_readers_see_what_is_published_and_nothing_else(store: Store, tmp_path: Path) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    with store.writing(LATER) as writer:
        writer.replace_charges(
            month_bill(MARCH, version="2"), rolled_up(days_of(MARCH, ["2"] * 31), tmp_path / "2.parquet")
        )
        assert costs(store) == {1.0}
        writer.publish()
        assert costs(store) == {2.0}
        writer.replace_charges(
            month_bill(MARCH, version="3"), rolled_up(days_of(MARCH, ["3"] * 31), tmp_path / "3.parquet")
        )
        assert costs(store) == {2.0}
    assert costs(store) == {3.0}


def interrupted(_: object) -> None:
    """What comes after the write never happens."""
    raise KeyboardInterrupt


def test_an_error_gives_up_what_was_not_published(store: Store, tmp_path: Path) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    rolled = rolled_up(days_of(MARCH, ["2"] * 31), tmp_path / "2.parquet")
    with pytest.raises(KeyboardInterrupt), store.writing(LATER) as writer:
        interrupted(writer.replace_charges(month_bill(MARCH, version="2"), rolled))
    assert costs(store) == {1.0}
    assert not list(tmp_path.glob(".*"))


def test_a_reader_that_stays_open_does_not_hold_others_back(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    with reading(store.path) as slow:
        before = slow.table("daily_cost_summary").sum("BilledCost").fetchall()
        load(store, month_bill(MARCH, version="2"), days_of(MARCH, ["2"] * 31))
        assert costs(store) == {2.0}
        assert slow.table("daily_cost_summary").sum("BilledCost").fetchall() == before


def test_readers_never_wait_nor_see_half_a_version(tmp_path: Path) -> None:
    tally = read_many(60, tmp_path)
    assert tally.reads == 60
    assert tally.publications > 2
    assert tally.versions == 2


HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from aws_cost_anomalies.store import Store
with Store(Path(sys.argv[1])).writing(datetime(2026, 6, 1, 12, 30, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(store: Store) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is told to stop."""
    command = [sys.executable, "-c", HOLD, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_a_second_writer_is_told_who_holds_the_lock(store: Store) -> None:
    with holder(store) as other:
        started = time.monotonic()
        with pytest.raises(StoreBusy) as busy, store.writing(LATER):
            pass
        assert time.monotonic() - started < 2
        assert f"process {other.pid} since 2026-06-01 12:30:00 UTC" in busy.value.message
        other.kill()
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert costs(store) == {1.0}


def test_a_second_writer_of_this_process_is_told_too(store: Store) -> None:
    with (
        store.writing(LATER),
        pytest.raises(StoreBusy, match=f"process {os.getpid()} "),
        store.writing(LATER),
    ):
        pass


def test_a_short_wait_is_enough_for_a_short_write(store: Store) -> None:
    with holder(store) as other:
        threading.Timer(0.3, lambda: other.stdin and other.stdin.close()).start()
        load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert costs(store) == {1.0}


@pytest.mark.parametrize("left", ["", "{", "7", '{"pid": 1, "since": "2026-01-01T00:00:00+00:00"}'])
def test_a_lock_file_without_a_holder_blocks_nobody(store: Store, left: str) -> None:
    store.path.with_name("costs.duckdb.lock").write_text(left)
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert costs(store) == {1.0}


def test_the_holder_is_unknown_while_it_has_not_said(store: Store) -> None:
    with store.writing(LATER):
        store.path.with_name("costs.duckdb.lock").write_text("{")
        with pytest.raises(StoreBusy, match=r"is being written by another process\."), store.writing(LATER):
            pass


def test_the_lock_says_who_and_since_when(store: Store) -> None:
    lock = store.path.with_name("costs.duckdb.lock")
    with store.writing(datetime(2026, 6, 1, 16, 30, tzinfo=timezone(timedelta(hours=2)))):
        assert json.loads(lock.read_text()) == {"pid": os.getpid(), "since": "2026-06-01T14:30:00+00:00"}
    assert lock.read_text() == ""


def test_only_the_owner_may_read(store: Store, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with store.writing(LATER) as writer:
            writer.replace_charges(month_bill(MARCH), rolled_up([charge(MARCH, "1")], tmp_path / "c.parquet"))
            (private,) = tmp_path.glob(".costs.duckdb.*.writing")
            assert stat.S_IMODE(private.stat().st_mode) == 0o700
    finally:
        os.umask(old)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_link_keeps_pointing_to_the_store(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "disk" / "costs.duckdb")
    store = Store(tmp_path / "link.duckdb")
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert (tmp_path / "link.duckdb").is_symlink()
    assert costs(Store(tmp_path / "disk" / "costs.duckdb")) == {1.0}


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a full disk answers, without filling one."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("before", [(), ("1",)], ids=["first load", "later load"])
@pytest.mark.parametrize("size", [0, 20_000, 900_000])
def test_a_full_disk_leaves_the_last_version(
    store: Store, tmp_path: Path, size: int, before: tuple[str, ...]
) -> None:
    for version in before:
        load(store, month_bill(MARCH, version=version), days_of(MARCH, ["1"] * 31))
    many = [
        charge(MARCH, f"{n}.{n:09d}", f"Service {n * 7919 % 100_003}", account=str(n)) for n in range(9_000)
    ]
    rolled = rolled_up(many, tmp_path / "many.parquet")
    with pytest.raises(DiskFull) as full, room(size), store.writing(LATER) as writer:
        writer.replace_charges(month_bill(MARCH, version="2"), rolled)
    assert f"The disk of {tmp_path} is full" in full.value.message
    assert tuple(kept.version for kept in store.loads()) == before
    assert not list(tmp_path.glob(".*"))
    load(store, month_bill(MARCH, version="3"), days_of(MARCH, ["3"] * 31))
    assert costs(store) == {3.0}


def test_the_empty_file_of_a_full_disk_is_no_store(store: Store) -> None:
    store.path.touch()
    assert not store.exists()
    assert store.loads() == ()
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert costs(store) == {1.0}


def test_whoever_asked_is_told_of_each_publication_when_readers_see_it(tmp_path: Path) -> None:
    path, told = tmp_path / "costs.duckdb", list[int]()
    store = Store(path, published=lambda place: told.append(len(Store(place).loads())))
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    with store.writing(LATER) as writer:
        writer.publish()
    assert told == [1]


def test_a_publication_that_cannot_be_passed_on_ends_the_work(tmp_path: Path) -> None:
    def refused(_: Path) -> None:
        raise StoreBusy("s3://costs/daily", None, None)

    store = Store(tmp_path / "costs.duckdb", published=refused)
    with pytest.raises(StoreBusy, match="s3://costs/daily is being written by another process"):
        load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))


def test_the_new_version_is_on_disk_before_it_takes_the_place_and_so_is_its_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    to_disk = os.fsync

    def fsync(descriptor: int) -> None:
        written.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        to_disk(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    load(store, month_bill(MARCH), days_of(MARCH, ["1"]))
    copy, folder = written
    assert (copy.name, copy.parent.suffix, folder) == (store.path.name, ".writing", store.path.parent)
    assert not copy.parent.exists()
