"""Bills rolled up: whole, or as their files come, so that the engine does not wait for the line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from aws_cost_anomalies import kinds
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import DailyCharges, RawBill, RawFile
from aws_cost_anomalies.model.ports import Engine, InParts
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.sql.lasting import is_monthly


@dataclass(slots=True)
class _Begun:
    """A bill whose files are still coming.

    Attributes:
        bill: its first beginning.
        folder: where its parts lie.
        known: its files so far.
        parts: their daily charges, some at a time.
        problem: why one of them is refused; the bill is, then.
    """

    bill: RawBill
    folder: Path
    known: set[RawFile] = field(default_factory=set)
    parts: list[DailyCharges] = field(default_factory=list)
    problem: BadBill | None = None


class Gathering:
    """Raw bills on their way to daily charges; a block, after which nothing of them is left on the disk."""

    def __init__(self, settings: Settings) -> None:
        """Begin nothing yet."""
        self._settings = settings
        self._held = ExitStack()
        self._begun: _Begun | None = None

    def __enter__(self) -> Self:
        """Nothing lies there yet."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Forget what was begun and never ended: some of its files did not come."""
        self._forget()

    @cached_property
    def engine(self) -> Engine:
        """Made for the first bill: an ingest that finds none to load has no use for it."""
        return kinds.engine(self._settings)

    def begin(self, bill: RawBill) -> None:
        """Roll up what came of a bill since its last beginning; why one is refused is told at its end."""
        begun = self._begun_of(bill)
        if begun is None:
            self._forget()
            begun = _Begun(bill, self._held.enter_context(kinds.scratch(self._settings)))
            self._begun = begun
        if begun.problem is None:
            try:
                begun.parts.append(self._rest(bill, begun))
            except BadBill as refused:
                begun.problem = refused

    @contextmanager
    def whole(self, bill: RawBill) -> Iterator[DailyCharges]:
        """The daily charges of a bill, for a block.

        Raises:
            BadBill: as the engine does; and for any of its beginnings.
        """
        begun = self._begun_of(bill)
        with kinds.scratch(self._settings) as scratch:
            into = scratch / "charges.parquet"
            if begun is None:
                yield self.engine.rollup(bill, self._tags(bill), into)
            elif begun.problem is not None:
                raise begun.problem
            else:
                parts = [*begun.parts, self._rest(bill, begun)]
                yield cast(InParts, self.engine).together(parts, into)
        self._forget()

    def is_monthly(self, bill: RawBill) -> bool:
        """Whether every line of its usage lasts a month, and there are enough of them to say so.

        Raises:
            BadBill: as the engine does.
        """
        if bill.mapping.lasting is None:
            return False
        counted = replace(bill, mapping=bill.mapping.lasting)
        with kinds.scratch(self._settings) as scratch:
            return is_monthly(self.engine.rollup(counted, (), scratch / "lasting.parquet").totals)

    def _rest(self, bill: RawBill, begun: _Begun) -> DailyCharges:
        """The charges of the files that were not here when the bill was looked at last."""
        rest = replace(bill, files=tuple(file for file in bill.files if file not in begun.known))
        begun.known.update(rest.files)
        return self.engine.rollup(rest, self._tags(bill), begun.folder / f"{len(begun.parts)}.parquet")

    def _begun_of(self, bill: RawBill) -> _Begun | None:
        """The bill's own beginning, where it has one."""
        begun = self._begun
        return begun if begun is not None and _unit(begun.bill) == _unit(bill) else None

    def _forget(self) -> None:
        self._begun = None
        self._held.close()

    def _tags(self, bill: RawBill) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self._settings.tags, *bill.tags)))


def _unit(bill: RawBill) -> tuple[str, str, str]:
    return bill.export, bill.billing_period, bill.version
