"""What a channel's configuration says of the network."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Door:
    """How a channel may reach the network.

    Attributes:
        allow_private: whether addresses inside one's own network, and plain http, are meant.
        seconds: for the whole of one request and its answer.
    """

    allow_private: bool = False
    seconds: float = 15.0
