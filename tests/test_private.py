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
    names = {f".{'0a' * 8}.spill": TWO_DAYS, f".{'0b' * 8}.spill": 0.0, ".mine.spill": TWO_DAYS}
    left, in_use, other = (aged(tmp_path / name, seconds) for name, seconds in names.items())
    with private.room_to_spill(tmp_path) as room:
        assert Path(room).match(private.SPILLED)
        private.remove_leftovers(tmp_path, private.SPILLED, made_now=Path(room))
    assert [left.exists(), in_use.exists(), other.exists()] == [False, True, True]
