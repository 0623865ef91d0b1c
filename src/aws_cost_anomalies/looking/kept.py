"""Answers that are made once for each version of what they are made from, and shared by all who ask.

Knows threads; knows nothing of what an answer is about.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """The latest answers, each made by the first who asks while the others wait for it."""

    def __init__(self, most: int = 64) -> None:
        """Keep so many."""
        self._most = most
        self._answers: OrderedDict[Hashable, Future[Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, version: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of a version, made now where there is none. Raises: what `make` raises."""
        answer, is_mine = self._claimed(version)
        if is_mine:
            self._made(version, answer, make)
        return answer.result()

    def is_there(self, version: Hashable) -> bool:
        """Whether the answer of a version is finished."""
        with self._lock:
            answer = self._answers.get(version)
        return answer is not None and answer.done() and answer.exception() is None

    def start(self, version: Hashable, make: Callable[[], Answer]) -> Future[Answer]:
        """The answer of a version, made in the background where there is none."""
        answer, is_mine = self._claimed(version)
        if is_mine:
            thread = threading.Thread(target=self._made, args=(version, answer, make), daemon=True)
            thread.start()
        return answer

    def _claimed(self, version: Hashable) -> tuple[Future[Answer], bool]:
        """The answer, and whether it is the caller's to make."""
        with self._lock:
            answer = self._answers.get(version)
            if answer is not None:
                self._answers.move_to_end(version)
                return answer, False
            answer = Future()
            self._answers[version] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
            return answer, True

    def _made(self, version: Hashable, answer: Future[Answer], make: Callable[[], Answer]) -> None:
        """Make it; a failure is told to those who wait, and not kept."""
        try:
            answer.set_result(make())
        except BaseException as error:  # noqa: BLE001 - whoever waits is told, whatever it was
            with self._lock:
                self._answers.pop(version, None)
            answer.set_exception(error)
