"""The worker's life: what it is denied, when it dies, and that the program goes on without it."""

from __future__ import annotations

import os
import re
import resource
import shutil
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from aws_cost_anomalies.errors import (
    NoData,
    RefusedStatement,
    StatementFailed,
    StatementTooExpensive,
    StoreUnreadable,
)
from aws_cost_anomalies.free_sql import FreeSql, Limits

DAY = "SELECT max(ChargePeriodStart) FROM daily_cost_summary"


def pid(free_sql: FreeSql) -> int:
    """The process that would answer now."""
    free_sql.ask("SELECT 1")
    assert free_sql._worker is not None
    return free_sql._worker._process.pid


def test_it_has_nothing_and_may_open_nothing(free_sql: FreeSql, snapshot: Path) -> None:
    process = Path(f"/proc/{pid(free_sql)}")
    assert (process / "environ").read_bytes() == b""
    folder = Path(os.readlink(process / "cwd"))
    assert list(folder.iterdir()) == []
    limits = {line[:26].strip(): line[26:].split() for line in (process / "limits").read_text().splitlines()}
    assert limits["Max file size"][:2] == limits["Max core file size"][:2] == ["0", "0"]
    assert limits["Max address space"][1] == str(Limits().address_mib << 20)
    assert Limits().seconds + 1 <= int(limits["Max cpu time"][0]) <= Limits().seconds + 10
    assert os.getsid(int(process.name)) == int(process.name), "what is typed in a terminal does not end it"
    opened = sorted(int(each.name) for each in (process / "fd").iterdir())
    assert limits["Max open files"][1] == str(len(opened)), "the next one would be one too many"
    targets = [os.readlink(process / "fd" / str(number)) for number in opened]
    assert [each for each in targets if each.startswith("/") and each != os.devnull] == [str(snapshot)]
    told = (process / "fdinfo" / str(opened[targets.index(str(snapshot))])).read_text()
    flags = int(re.search(r"flags:\s*(\d+)", told)[1], 8)  # type: ignore[index]
    assert flags & os.O_ACCMODE == os.O_RDONLY


def test_its_folder_goes_with_it(snapshot: Path) -> None:
    with FreeSql(snapshot) as free_sql:
        process = pid(free_sql)
        folder = Path(os.readlink(f"/proc/{process}/cwd"))
    assert not folder.exists()
    assert not Path(f"/proc/{process}").exists()


def test_a_refusal_does_not_cost_it_its_life(free_sql: FreeSql) -> None:
    first = pid(free_sql)
    with pytest.raises(RefusedStatement):
        free_sql.ask("DROP TABLE runs")
    assert pid(free_sql) == first


def test_an_error_does(free_sql: FreeSql) -> None:
    first = pid(free_sql)
    with pytest.raises(StatementFailed, match="BilledCosts.*BilledCost") as failed:
        free_sql.ask("SELECT BilledCosts FROM daily_cost_summary")
    assert "dictionary" in failed.value.hint
    assert pid(free_sql) != first


def test_it_retires_in_time(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(statements=3)) as free_sql:
        served = [pid(free_sql) for _ in range(7)]
    # `pid` looks after the answer: the third of each finds the successor.
    assert len(set(served)) == 3


def test_one_that_was_killed_is_replaced(free_sql: FreeSql) -> None:
    first = pid(free_sql)
    os.kill(first, 9)
    os.waitpid(first, os.WNOHANG)
    time.sleep(0.2)
    assert pid(free_sql) != first


def test_a_new_version_of_the_store_is_noticed(snapshot: Path, tmp_path: Path) -> None:
    copy = tmp_path / "costs.duckdb"
    shutil.copyfile(snapshot, copy)
    with FreeSql(copy) as free_sql:
        first = pid(free_sql)
        assert pid(free_sql) == first
        shutil.copyfile(snapshot, tmp_path / "next")
        (tmp_path / "next").replace(copy)
        assert pid(free_sql) != first


def test_without_a_store_there_is_no_data(tmp_path: Path) -> None:
    with FreeSql(tmp_path / "none.duckdb") as free_sql, pytest.raises(NoData):
        free_sql.ask("SELECT 1")


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "costs.duckdb").write_bytes(b"no database" * 1000)
    with FreeSql(tmp_path / "costs.duckdb") as free_sql, pytest.raises(StoreUnreadable, match="valid"):
        free_sql.ask("SELECT 1")


def test_changes_that_lie_beside_the_store_are_not_taken_for_its_own(snapshot: Path, tmp_path: Path) -> None:
    shutil.copyfile(snapshot, tmp_path / "costs.duckdb")
    with FreeSql(tmp_path / "costs.duckdb") as free_sql:
        (tmp_path / "costs.duckdb.wal").write_bytes(b"planted")
        with pytest.raises(StoreUnreadable, match="beside it"):
            free_sql.ask("SELECT 1")


def test_several_threads_may_ask(free_sql: FreeSql) -> None:
    answers: list[object] = []
    threads = [Thread(target=lambda: answers.append(free_sql.ask(DAY).rows)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.slow
def test_whatever_never_ends_is_ended(snapshot: Path) -> None:
    import sys

    sys.path.insert(0, str(Path(__file__).parent))
    from statements import families

    bombs = [statement for family in families("bombs").values() for statement in family]
    assert len(bombs) >= 30
    limits = replace(Limits(), seconds=0.5)
    with FreeSql(snapshot, limits) as free_sql:
        for bomb in bombs:
            free_sql.ask("SELECT 1")
            started = time.monotonic()
            with pytest.raises((StatementTooExpensive, StatementFailed)):
                free_sql.ask(bomb)
            assert time.monotonic() - started < limits.seconds + 1, bomb
        assert free_sql.ask(DAY).rows
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert largest < limits.address_mib


def test_it_does_not_outlive_a_program_that_forgot_it(snapshot: Path) -> None:
    free_sql = FreeSql(snapshot)
    process = pid(free_sql)
    worker = free_sql._worker
    assert worker is not None
    worker._in.close()
    assert worker._process.wait(timeout=10) == 0
    assert not Path(f"/proc/{process}/fd").exists()
    worker._out.close()
    shutil.rmtree(worker._folder)


def test_a_statement_may_be_as_long_as_the_limit(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(length=8)) as free_sql:
        assert free_sql.ask("SELECT 1").rows == ((1,),)
        with pytest.raises(RefusedStatement, match="longer than 8 characters"):
            free_sql.ask("SELECT 12")


def test_an_empty_file_is_no_data_and_starts_no_worker(tmp_path: Path) -> None:
    (tmp_path / "costs.duckdb").touch()
    with FreeSql(tmp_path / "costs.duckdb") as free_sql:
        assert free_sql._worker is None
        with pytest.raises(NoData):
            free_sql.ask("SELECT 1")


def test_one_that_is_ready_is_not_started_again(snapshot: Path) -> None:
    with FreeSql(snapshot) as free_sql:
        assert free_sql._worker is not None
        started = free_sql._worker._process.pid
        assert pid(free_sql) == pid(free_sql) == started


def test_what_needs_too_much_memory_is_told_as_such(free_sql: FreeSql) -> None:
    with pytest.raises(StatementTooExpensive):
        free_sql.ask("SELECT list(repeat('x', 10000) || range) FROM range(1000000)")
    assert free_sql.ask("SELECT 1").rows == ((1,),)


def test_what_takes_too_long_is_told_as_such(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(seconds=0.5)) as free_sql:
        first = pid(free_sql)
        with pytest.raises(StatementTooExpensive):
            free_sql.ask("SELECT sum(a.range * b.range) FROM range(1000000) AS a, range(1000000) AS b")
        assert pid(free_sql) != first


def test_an_answer_may_be_as_large_as_the_limit(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(size=3_000_000, rows=2_000)) as free_sql:
        found = free_sql.ask("SELECT repeat('x', 1000) FROM range(2000)")
    assert (len(found.rows), found.what_was_cut) == (2_000, ())


def test_one_that_will_end_soon_is_not_asked_any_more(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(idle=100.0)) as free_sql:
        worker = free_sql._worker
        assert worker is not None
        assert 40 < worker._awake_until - time.monotonic() <= 50
        worker._awake_until -= 30
        free_sql.ask("SELECT 1")
        assert 40 < worker._awake_until - time.monotonic() <= 50
        worker._awake_until -= 60
        assert pid(free_sql) != worker._process.pid


def test_one_that_cannot_be_started_is_told_and_does_not_stay(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aws_cost_anomalies.free_sql.free_sql._PROGRAM", "raise SystemExit(1)")
    with FreeSql(snapshot) as free_sql:
        with pytest.raises(StoreUnreadable, match="could not be started") as failed:
            free_sql.ask("SELECT 1")
        assert (failed.value.hint, free_sql._worker) == ("Try again.", None)
        monkeypatch.undo()
        assert free_sql.ask("SELECT 1").rows == ((1,),)


def test_one_that_cannot_read_the_store_does_not_stay(tmp_path: Path) -> None:
    (tmp_path / "costs.duckdb").write_bytes(b"no database" * 1000)
    with FreeSql(tmp_path / "costs.duckdb") as free_sql:
        with pytest.raises(StoreUnreadable):
            free_sql.ask("SELECT 1")
        assert free_sql._worker is None


def test_a_store_that_was_put_right_is_read(snapshot: Path, tmp_path: Path) -> None:
    path = tmp_path / "costs.duckdb"
    path.write_bytes(b"no database" * 1000)
    with FreeSql(path) as free_sql:
        with pytest.raises(StoreUnreadable):
            free_sql.ask("SELECT 1")
        shutil.copyfile(snapshot, path)
        assert free_sql.ask(DAY).rows == (("2026-03-31",),)


def test_limits_that_are_lower_already_stay(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(memory_mib=300)) as free_sql:
        told = Path(f"/proc/{pid(free_sql)}/limits").read_text()
    address = next(line for line in told.splitlines() if line.startswith("Max address space"))
    assert address[26:].split()[:2] == [str(1112 << 20)] * 2
