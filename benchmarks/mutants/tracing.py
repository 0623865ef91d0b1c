"""A plug-in of pytest that notes which test runs which lines of the modules on trial, and how long it is."""

from __future__ import annotations

import resource
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest


class Tracing:
    """What the tests of one run reach.

    Attributes:
        reached: (file, line) → ids of tests.
        seconds: id of a test → processor time, its fixtures included.
        failed: ids of tests that do not pass as it is.
    """

    def __init__(self, files: set[str]) -> None:
        """Watch these files."""
        self.reached: dict[tuple[str, int], set[str]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self._files = files
        self._test = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test."""
        self._test = item.nodeid
        started = _used()
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            self.seconds[item.nodeid] = _used() - started

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what fails."""
        if report.failed:
            self.failed.append(report.nodeid)

    def _call(self, frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401 - as sys.settrace has it
        return self._line if frame.f_code.co_filename in self._files else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401 - as sys.settrace has it
        if event == "line":
            place = frame.f_code.co_filename, frame.f_lineno
            self.reached.setdefault(place, set()).add(self._test)
        return self._line


def _used() -> float:
    """Processor seconds of this process and of those it started that have ended."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)
