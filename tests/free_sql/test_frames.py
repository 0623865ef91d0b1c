"""What is said through a pipe is heard whole, or there is a name for why not."""

from __future__ import annotations

import os
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from aws_cost_anomalies.free_sql.frames import Ended, Silence, TooLong, hear, say


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        try:
            os.close(descriptor)
        except OSError:
            assert descriptor == writing, "a test may close what it writes to, nothing else"


@pytest.mark.parametrize("value", [None, "é\n", 1.5, [], {"a": [1, None]}])
def test_a_value_is_heard_as_it_was_said(pipe: tuple[int, int], value: object) -> None:
    say(pipe[1], value)
    say(pipe[1], "next")
    assert hear(pipe[0], seconds=10) == value
    assert hear(pipe[0]) == "next"


def test_what_is_larger_than_a_pipe_is_heard_whole(pipe: tuple[int, int]) -> None:
    text = "x" * 300_000
    speaking = threading.Thread(target=say, args=(pipe[1], text))
    speaking.start()
    assert hear(pipe[0], seconds=60) == text
    speaking.join()


def test_what_is_no_json_is_not_said(pipe: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="JSON"):
        say(pipe[1], float("nan"))


def test_silence_ends_when_the_time_is_over_and_not_before(pipe: tuple[int, int]) -> None:
    started = time.monotonic()
    with pytest.raises(Silence):
        hear(pipe[0], seconds=0.2)
    assert 0.2 <= time.monotonic() - started < 30


def test_half_a_value_is_silence_too(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack(">I", 10) + b'"abc')
    with pytest.raises(Silence):
        hear(pipe[0], seconds=0.05)


def test_the_time_is_for_the_whole_value(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], struct.pack(">I", 3))
    with pytest.raises(Silence):
        hear(pipe[0], seconds=0)


@pytest.mark.parametrize("said", [b"", b"\0\0", struct.pack(">I", 10) + b'"abc'])
def test_an_end_before_the_value_is_whole_is_an_end(pipe: tuple[int, int], said: bytes) -> None:
    os.write(pipe[1], said)
    os.close(pipe[1])
    with pytest.raises(Ended):
        hear(pipe[0], seconds=10)


def test_what_is_too_long_is_not_even_read(pipe: tuple[int, int]) -> None:
    say(pipe[1], "x" * 8)
    assert hear(pipe[0], seconds=10, longest=10) == "x" * 8
    say(pipe[1], "x" * 9)
    with pytest.raises(TooLong):
        hear(pipe[0], seconds=10, longest=10)
