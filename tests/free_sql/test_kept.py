"""A worker that is kept: quick for the next statement, and no less a prison for it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, pthread_kill
from threading import Thread, Timer, main_thread

import pytest

from aws_cost_anomalies.errors import RefusedStatement, StatementFailed
from aws_cost_anomalies.free_sql import FreeSql, Limits
from aws_cost_anomalies.free_sql.kept import Kept

DAY = "SELECT max(ChargePeriodStart) FROM daily_cost_summary"


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Somebody to ask, again and again."""
    made = Kept()
    yield made
    made.close()


def pid(kept: Kept) -> int:
    """The process that would answer now."""
    assert kept._idle is not None
    worker = kept._idle[1]._worker
    assert worker is not None
    return worker._process.pid


def test_the_next_statement_finds_the_same_worker(kept: Kept, snapshot: Path) -> None:
    kept.ask(snapshot, DAY)
    first = pid(kept)
    began = time.monotonic()
    kept.ask(snapshot, DAY)
    assert pid(kept) == first
    assert time.monotonic() - began < 0.2, "a process does not start as quickly"
    with pytest.raises(RefusedStatement):
        kept.ask(snapshot, "DROP TABLE runs")
    assert pid(kept) == first


def test_one_that_failed_is_not_the_one_that_is_kept(kept: Kept, snapshot: Path) -> None:
    kept.ask(snapshot, DAY)
    first = pid(kept)
    with pytest.raises(StatementFailed):
        kept.ask(snapshot, "SELECT nothing FROM daily_cost_summary")
    assert pid(kept) != first
    assert kept.ask(snapshot, DAY).rows


def test_the_answer_of_a_statement_that_was_interrupted_is_not_the_next_ones(
    kept: Kept, snapshot: Path
) -> None:
    kept.ask(snapshot, DAY)
    interrupt = Timer(0.5, lambda: pthread_kill(main_thread().ident or 0, SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt):
        kept.ask(snapshot, "SELECT sum(a.range * b.range % 7) FROM range(30000) a, range(30000) b")
    interrupt.join()
    assert kept.ask(snapshot, "SELECT 'mine'").rows == (("mine",),)


def test_another_store_has_another_worker_and_the_first_one_ends(
    kept: Kept, snapshot: Path, tmp_path: Path
) -> None:
    kept.ask(snapshot, DAY)
    first = pid(kept)
    shutil.copyfile(snapshot, tmp_path / "costs.duckdb")
    kept.ask(tmp_path / "costs.duckdb", DAY)
    assert pid(kept) != first
    assert not Path(f"/proc/{first}").exists()


def test_statements_at_the_same_time_do_not_wait_for_one_another_and_one_worker_stays(
    kept: Kept, snapshot: Path
) -> None:
    kept.ask(snapshot, DAY)
    taken = kept._taken(snapshot.resolve())
    answers: list[object] = []
    other = Thread(target=lambda: answers.append(kept.ask(snapshot, DAY).rows))
    other.start()
    other.join(timeout=30)
    assert answers == [taken.ask(DAY).rows]
    theirs = pid(kept)
    kept._keep((snapshot.resolve(), taken))
    assert pid(kept) != theirs
    assert not Path(f"/proc/{theirs}").exists()


def test_nothing_is_left_when_it_is_closed(kept: Kept, snapshot: Path) -> None:
    kept.ask(snapshot, DAY)
    last = pid(kept)
    kept.close()
    assert not Path(f"/proc/{last}").exists()


def test_a_worker_that_nobody_asks_ends_and_the_next_statement_does_not_notice(snapshot: Path) -> None:
    with FreeSql(snapshot, Limits(idle=0.2)) as free_sql:
        free_sql.ask(DAY)
        assert free_sql._worker is not None
        assert free_sql._worker._process.wait(timeout=10) == 0
        assert free_sql.ask(DAY).rows
