"""The file an answer is kept in: complete or not there."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from cost_explorer_bills import cached_files

from aws_cost_anomalies.errors import DiskFull, SettingsError
from aws_cost_anomalies.sources.cost_explorer.answers import METRICS, Group
from aws_cost_anomalies.sources.cost_explorer.raw_file import write_groups

ROOM = 4096


def groups(count: int) -> Iterator[Group]:
    amounts = dict.fromkeys(METRICS, "1")
    for number in range(count):
        yield Group(date(2026, 11, 1), {"service": f"AWS Service {number}"}, amounts, "USD", "N/A")


@contextmanager
def little_room() -> Iterator[None]:
    """No file may grow beyond `ROOM` bytes; the test's own report may, so it ends before that is written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    assert write_groups(groups(2), tmp_path, {}) is not None
    before = cached_files(tmp_path)
    with (
        little_room(),
        pytest.raises(DiskFull, match="keeping the answer of Cost Explorer was given up"),
    ):
        write_groups(groups(200), tmp_path, {})
    assert cached_files(tmp_path) == before


def test_a_folder_that_is_a_file_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(SettingsError, match="cannot be written") as caught:
        write_groups(groups(1), tmp_path / "cache" / "cost_explorer", {})
    assert "database.cache_dir" in caught.value.hint


def test_an_answer_without_groups_is_no_file(tmp_path: Path) -> None:
    assert write_groups(groups(0), tmp_path, {}) is None
    assert cached_files(tmp_path) == []
