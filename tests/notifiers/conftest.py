"""A web server that answers as the platforms do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from http_double import HttpDouble


@pytest.fixture
def web() -> Iterator[HttpDouble]:
    with HttpDouble() as double:
        yield double
