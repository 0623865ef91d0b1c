"""Ctrl-C while an answer is on its way: an event between the library's steps, an interruption within a tool.

Only the main thread may see to signals: a page that asks in another one is stopped by closing its stream.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def on_ctrl_c(
    loop: asyncio.AbstractEventLoop, tell: Callable[[KeyboardInterrupt], object]
) -> Callable[[], object]:
    """Let Ctrl-C be told between the library's steps and never within one; returns what ends that."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    loop.add_signal_handler(signal.SIGINT, tell, KeyboardInterrupt())
    return lambda: loop.remove_signal_handler(signal.SIGINT)


@contextmanager
def interruptible() -> Iterator[None]:
    """A block without any await that Ctrl-C ends at once: the loop cannot tell of it meanwhile.

    Raises:
        KeyboardInterrupt: in the block.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
