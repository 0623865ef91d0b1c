"""Half-open runs of UTC days, and billing months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from aws_cost_anomalies.errors import InvalidArgument

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""No bill is of another year, and around these the calendar has room for whatever is counted from them."""
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def parse_day(text: str, name: str = "The day") -> date:
    """The day that `YYYY-MM-DD` names. Raises: InvalidArgument."""
    try:
        return _day(text)
    except ValueError:
        raise InvalidArgument(name, text, "a date as YYYY-MM-DD") from None


def _day(text: str) -> date:
    """The day. Raises: ValueError: there is none, or no bill is of it."""
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`; UTC."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts. Raises: InvalidArgument."""
        if self.end < self.start:
            raise InvalidArgument(
                "A period", f"{self.start}..{self.end}", "a start that is not after its end"
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that people write: `FROM..TO` with both days in it, one day, or a month `YYYY-MM`.

        Raises:
            InvalidArgument: when the text is neither.
        """
        if _MONTH.fullmatch(text):
            return BillingPeriod.parse(text).period
        first, dots, last = text.partition("..")
        try:
            start = _day(first)
            final = _day(last) if dots else start
        except ValueError:
            raise InvalidArgument(
                "A period", text, "FROM..TO or one day as YYYY-MM-DD, a month as YYYY-MM"
            ) from None
        if final < start:
            raise InvalidArgument("A period", text, "FROM..TO with a first day that is not after the last")
        return cls(start, final + ONE_DAY)

    @classmethod
    def ending(cls, last_day: date, days: int) -> Period:
        """The `days` days up to and with `last_day`."""
        return cls(last_day - timedelta(days=days - 1), last_day + ONE_DAY)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day in it."""
        return self.end - ONE_DAY

    def __contains__(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        """Day by day."""
        return (self.start + timedelta(days=i) for i in range(self.days))

    def index(self, day: date) -> int:
        """Position of a day, 0 for the first."""
        return (day - self.start).days

    def meets(self, other: Period) -> bool:
        """Whether they have a day in common."""
        return self.start < other.end and other.start < self.end

    def without(self, other: Period) -> tuple[Period, ...]:
        """The days of this one that the other leaves, as none, one or two periods."""
        if other.end <= self.start or self.end <= other.start:
            return (self,)
        ends = ((self.start, other.start), (other.end, self.end))
        return tuple(Period(start, end) for start, end in ends if start < end)

    def before(self) -> Period:
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)

    def __str__(self) -> str:
        """`FROM..TO`, both days in it."""
        return f"{self.start}..{self.last_day}"


@dataclass(frozen=True, slots=True, order=True)
class BillingPeriod:
    """A calendar month of a bill; prints as `YYYY-MM`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> BillingPeriod:
        """The month that `YYYY-MM` names. Raises: InvalidArgument."""
        if not _MONTH.fullmatch(text) or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            raise InvalidArgument("A billing period", text, "a month as YYYY-MM")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> BillingPeriod:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def period(self) -> Period:
        """Its days."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return Period(date(self.year, self.month, 1), following)

    def __str__(self) -> str:
        """`YYYY-MM`."""
        return f"{self.year:04d}-{self.month:02d}"
