"""A look at the bill over time: what is asked of it, and what comes back; and how this month stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from aws_cost_anomalies.model.answers import Asked, Comparison, Trends


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at.

    Attributes:
        days: back from the last one loaded.
        granularity: daily, weekly or monthly.
        top: slices told one by one.
    """

    asked: Asked = field(default_factory=Asked)
    days: int = 30
    granularity: str = "daily"
    top: int = 8


@dataclass(frozen=True, slots=True)
class Explored:
    """Cost over time, and the same days before; None where nothing is loaded of them.

    Attributes:
        movers: the two periods side by side.
    """

    trends: Trends
    before: Trends | None
    movers: Comparison | None


@dataclass(frozen=True, slots=True)
class Month:
    """How a month stands, in `currency`.

    Attributes:
        first: its first day.
        through: the last day with data in it.
        so_far: spent up to then.
        before_so_far: the month before, up to the same day of it; None when it was not loaded.
        before: the whole month before; None likewise.
        projected: the whole month, if it goes on as in the last four weeks.
    """

    currency: str
    first: date
    through: date
    so_far: float
    before_so_far: float | None
    before: float | None
    projected: float
