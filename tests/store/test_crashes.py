"""A writer may be killed at any moment. `tests/store_kills.py` does the same as often as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_kills import kill_many


@pytest.mark.slow
def test_killed_writers_lose_double_and_tear_nothing(tmp_path: Path) -> None:
    tally = kill_many(30, tmp_path)
    assert tally.kills == 30
    assert tally.publications > 0
    assert tally.leftovers > 0, "no writer was killed at work"
