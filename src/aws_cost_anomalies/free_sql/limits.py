"""What one statement may take, and how much of its answer is handed back. Knows numbers only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a statement may go.

    Attributes:
        seconds: a statement that takes longer is ended.
        memory_mib: what DuckDB may take; the whole process may take `address_mib`.
        rows: so many are handed back; characters: so many of one cell; size: so many of all cells, as JSON.
        statements: a worker is replaced after so many.
        idle: seconds after which a worker ends that nobody asks.
        length: characters of a statement.
    """

    seconds: float = 10.0
    memory_mib: int = 256
    rows: int = 500
    characters: int = 1_000
    size: int = 100_000
    statements: int = 50
    idle: float = 120.0
    length: int = 20_000

    @property
    def address_mib(self) -> int:
        """What the process may take: Python, DuckDB's code and what it does not count among its memory."""
        return 2 * self.memory_mib + 512
