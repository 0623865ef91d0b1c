"""Folders of their owner: room to spill, and what killed processes left there."""

import os
from pathlib import Path

from aws_cost_anomalies import private

TWO_DAYS = 2 * private.A_DAY


def aged(path: Path, seconds: float) -> Path:
    """A folder with a file in it, last touched so long ago."""
    path.mkdir()
    (path / "part").write_text("costs")
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path


def test_room_to_spill_is_for_its_owner_and_gone_after_the_block(tmp_path: Path) -> None:
    with private.room_to_spill(tmp_path) as room:
        assert Path(room).stat().st_mode & 0o777 == 0o700
    assert not list(tmp_path.iterdir())


def test_what_a_killed_process_left_goes_after_a_day_and_what_is_in_use_stays(tmp_path: Path) -> None:
    left, in_use, other = (
        aged(tmp_path / name, seconds)
        for name, seconds in ((".0a.spill", TWO_DAYS), (".0b.spill", 0), ("mine", TWO_DAYS))
    )
    with private.room_to_spill(tmp_path) as room:
        private.remove_leftovers(tmp_path, ".*.spill", made_now=Path(room))
    assert [left.exists(), in_use.exists(), other.exists()] == [False, True, True]
