"""The joints of the house: what each kind of a family offers, and nothing more.

Source.fetch ─► RawBill ─► Engine.rollup ─► DailyCharges ─► Store ─► Panel ─► Detector.detect ─► Flags
Explanation ─► Narrator.narrate ─► Narrative;  Alert ─► Message ─► Notifier.send ─► Receipt
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aws_cost_anomalies.errors import PartialResult
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.bill import DailyCharges, FetchRequest, Plan, RawBill
from aws_cost_anomalies.model.panel import Panel, PanelQuery

if TYPE_CHECKING:  # who looks for anomalies need not load what alerts are made of
    from aws_cost_anomalies.model.alert import Receipt
    from aws_cost_anomalies.model.explanation import Explanation, Narrative
    from aws_cost_anomalies.model.message import Message


class Source(Protocol):
    """Where charges come from."""

    data_source: str
    skipped: list[tuple[str, str]]
    """(export, billing period) of what `fetch` left out because the store has that version already."""
    problems: list[tuple[str, str, PartialResult]]
    """(export, billing period, why) of what failed while `fetch` went on with the rest."""

    @property
    def paid_requests(self) -> int:
        """How many paid API requests it has made so far, retries and pages included."""

    def plan(self, request: FetchRequest) -> Plan:
        """What `fetch` would do and what it would pay, without doing it."""

    def fetch(self, request: FetchRequest) -> Iterator[RawBill]:
        """The bills wanted, one billing period after another, raw files on this disk.

        Where the request says so, beginnings of a bill may come before it: `RawBill.awaits` is above 0 then,
        and `files` are those that are here so far.

        Raises (while iterating): the errors of `errors.py` that name the source's trouble.
        """


class Engine(Protocol):
    """Who reads raw bills."""

    def rollup(self, bill: RawBill, tags: Sequence[str], into: Path) -> DailyCharges:
        """The bill as daily FOCUS charges, written to the Parquet file `into`.

        Raises:
            BadBill: a file is unreadable, lacks a required column or holds a cost that is no number.
        """

    def panel(self, bills: Sequence[RawBill], query: PanelQuery) -> Panel:
        """A Panel over raw line items, so by resource or operation too; every day counts as settled."""

    def line_items_sql(self, bills: Sequence[RawBill], tags: Sequence[str]) -> str:
        """A SELECT of every line item of these bills, in DuckDB's dialect, for the view `cost_line_items`."""


class InParts(Engine, Protocol):
    """An engine that can begin a bill before all of its files are here."""

    def together(self, parts: Sequence[DailyCharges], into: Path) -> DailyCharges:
        """The daily charges of a bill from those of its files, some at a time, in the Parquet file `into`."""


class Detector(Protocol):
    """Who says how odd each day is."""

    def detect(self, panel: Panel) -> Flags:
        """A verdict on every day of every scope from the days before it; vectorised over scopes."""


class Narrator(Protocol):
    """Who puts an explanation into words."""

    def narrate(self, explanation: Explanation) -> Narrative:
        """Likely cause, what to look at first, the command that confirms it, one-time or ongoing.

        At most 200 words, and every number a fact of the explanation. Never fails: what cannot be told
        otherwise is told plainly.
        """


class Notifier(Protocol):
    """Who carries a message to one channel."""

    def send(self, message: Message, *, reply_to: str = "", may_repeat: bool = False) -> Receipt:
        """One attempt; its failure is a receipt, not an error.

        Args:
            message: rendered here, in the platform's own syntax and within its limits.
            reply_to: reference of the thread's first message, empty for none.
            may_repeat: whether an earlier attempt may have arrived; people are told so.
        """
