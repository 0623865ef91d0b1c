"""Which earlier days tell what a day may cost: month starts, month ends, and dates that come again.

Knows the calendar of bills (fees on the first days, closing jobs on the last, Support on the sixth or
seventh); must not know costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTH_START_DAYS = 3
MONTH_END_DAYS = 3
MONTHS_BACK = 2
FEE_DAYS = frozenset({1, 2, 3, 6, 7})
"""Days of the month on which fees, subscriptions, tax and Support are billed."""
LOOK_BACK = 70
PLAY = 1
"""Days a recurring date may move either way."""


@dataclass(frozen=True, slots=True)
class Analogues:
    """Earlier days that are like a judged day, as days before it, one group for each earlier month.

    Attributes:
        months: e.g. ((29, 30, 31), (59, 60, 61)): positions 29 … 31 days back, the latest month first.
        exact: the same day of those months, likewise; fewer where a month has no such day.
        fees: earlier days on which fees come, whatever the judged day is, likewise.
        ends: earlier days that are one of the last of their month, likewise.
        day_of_month: of the judged day, 1 the first.
        is_zone: whether any one earlier month is precedent enough (the edges of a month), or every one must
            agree.
    """

    months: tuple[tuple[int, ...], ...]
    exact: tuple[int, ...]
    fees: tuple[int, ...]
    ends: tuple[int, ...]
    day_of_month: int
    is_weekday: bool
    is_zone: bool


def analogues(day: date) -> Analogues:
    """The days of the two months before that are like `day`."""
    last = _last_day(day.year, day.month)
    if day.day <= MONTH_START_DAYS:
        wanted = [range(1, MONTH_START_DAYS + 1)] * MONTHS_BACK
        return _positions(day, [list(days) for days in wanted], is_zone=True)
    if last - day.day < MONTH_END_DAYS:
        ends = [_last_day(*_earlier(day, k + 1)) for k in range(MONTHS_BACK)]
        return _positions(day, [[end - 2, end - 1, end] for end in ends], is_zone=True)
    near = list(range(day.day - PLAY, day.day + PLAY + 1))
    return _positions(day, [near] * MONTHS_BACK, is_zone=False)


def _positions(day: date, wanted: list[list[int]], *, is_zone: bool) -> Analogues:
    """Days of the month, for each earlier month, as distances back from `day`."""
    months, exact = [], []
    for back, days in enumerate(wanted, start=1):
        year, month = _earlier(day, back)
        first = date(year, month, 1)
        last = _last_day(year, month)
        months.append(tuple((day - first - timedelta(days=d - 1)).days for d in days if d <= last))
        if day.day <= last:
            exact.append((day - first - timedelta(days=day.day - 1)).days)
    earlier = [(back, day - timedelta(days=back)) for back in range(1, LOOK_BACK + 1)]
    fees = tuple(back for back, past in earlier if past.day in FEE_DAYS)
    ends = tuple(
        back for back, past in earlier if (past + timedelta(days=MONTH_END_DAYS)).day <= MONTH_END_DAYS
    )
    weekday = day.weekday() < 5
    return Analogues(tuple(months), tuple(exact), fees, ends, day.day, is_weekday=weekday, is_zone=is_zone)


def _earlier(day: date, back: int) -> tuple[int, int]:
    """Year and month `back` months before that of `day`."""
    index = day.year * 12 + day.month - 1 - back
    return index // 12, index % 12 + 1


def _last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
