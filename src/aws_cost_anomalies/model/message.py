"""Message: what is said to people, in blocks, with no platform's syntax in it.

Texts are plain: a notifier escapes them as its platform wants, since names and tags in a bill are anybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from aws_cost_anomalies.model.anomaly import Severity
from aws_cost_anomalies.model.explanation import DayVerdict


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `title` stands above it, in bold where there is bold."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value, short enough for two columns; the most important first."""

    pairs: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; amounts stand in the columns named in `numbers`, flush right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what, the command that does it, a page that shows it; both may be empty."""

    text: str
    command: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do next, in order."""

    steps: tuple[Step, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Actual against the expected band, day by day; left out where the platform takes no pictures."""

    title: str
    currency: str
    days: tuple[DayVerdict, ...]
    through: date


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """What the message rests on: data source, metric, through which day."""

    text: str


Block = Paragraph | Facts | Table | Steps | Chart | SmallPrint


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said to one channel.

    Attributes:
        key: of the alert, the same at every attempt; receivers can drop repeats by it.
        title: the heading, one line.
        text: all of it in one or two sentences, for notifications and platforms without blocks.
        thread: what belongs together; a follow-up has the thread of the first notice.
        mentions: whom to call, as the channel's configuration names them; never from the bill.
        severity: the gravest told; None when nothing is.
        payload: the same facts for machines, JSON values only.
    """

    key: str
    title: str
    text: str
    thread: str
    blocks: tuple[Block, ...] = ()
    mentions: tuple[str, ...] = ()
    severity: Severity | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
