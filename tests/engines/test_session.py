"""Connections say nothing of their own, and what does not fit in memory is for nobody else to read."""

import threading
from pathlib import Path

import pytest

from aws_cost_anomalies.engines.duckdb.session import Session
from aws_cost_anomalies.errors import PartialResult

SPILLS = "SELECT md5(i::VARCHAR) AS m, count(*) FROM range(1_500_000) r(i) GROUP BY m ORDER BY m DESC LIMIT 1"


def test_duckdb_draws_no_progress_bar_where_answers_belong() -> None:
    with Session().connected("a question") as connection:
        assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_what_does_not_fit_in_memory_lies_in_a_folder_of_its_owner_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    room = tmp_path / "cache" / "scratch"
    seen: dict[str, int] = {}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.005):
            for folder in room.glob(".*.spill"):
                if any(folder.iterdir()):
                    seen[folder.name] = folder.stat().st_mode & 0o777

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with Session("60MB", 2, room).connected("a sum") as connection:
            assert connection.execute(SPILLS).fetchone() is not None
    finally:
        done.set()
        watcher.join()
    assert list(seen.values()) == [0o700]
    assert not list(room.iterdir())
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_where_nothing_may_be_written_what_does_not_fit_is_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    with (
        pytest.raises(PartialResult, match="memory allowed does not suffice"),
        Session("60MB", 2, in_the_way / "scratch").connected("a sum") as connection,
    ):
        connection.execute(SPILLS).fetchone()
