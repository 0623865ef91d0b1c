"""Which earlier days tell what a day may cost: month starts, month ends, and dates that come again.

Knows the calendar of bills (fees on the first days, closing jobs on the last, Support on the sixth or
seventh); must not know costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from aws_cost_anomalies.analysis.holidays import MONDAY, SATURDAY, SUNDAY, is_holiday, is_year_end

MONTH_START_DAYS = 3
MONTH_END_DAYS = 3
MONTHS_BACK = 2
FEE_DAYS = frozenset({1, 2, 3, 6, 7})
"""Days of the month on which fees, subscriptions, tax and Support are billed."""
LOOK_BACK = 70
WEEKEND = (SATURDAY, SUNDAY)
WEEK = 7
DISTANCES = (1, 2, 3, 4, 6, 12)
"""Months after which charges come again."""
ENOUGH = frozenset({3, 6, 12})
"""Of these: after which they come by contract or season, so that one time is enough."""
LATEST = 3
"""Days by which one workday of a month may lie behind its date."""
PLAY = 1
"""Days a recurring date may move either way."""


@dataclass(frozen=True, slots=True)
class Anniversary:
    """Days like a judged one at some distance in months, and at twice of it, as days before it.

    Attributes:
        is_enough: whether the nearer ones speak alone while the others are not remembered.
    """

    once: tuple[int, ...]
    twice: tuple[int, ...]
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A date on which a fee may come.

    Attributes:
        late: days by which a judged day is behind it.
        earlier: the same date of both months before, as days before the judged day.
    """

    late: int
    earlier: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Analogues:
    """Earlier days that are like a judged day, as days before it, one group for each earlier month.

    Attributes:
        months: e.g. ((29, 30, 31), (59, 60, 61)): positions 29 … 31 days back, the latest month first.
        fees: earlier days on which fees come, whatever the judged day is, likewise.
        ends: earlier days that are one of the last of their month, likewise.
        day_of_month: of the judged day, 1 the first.
        just_before: days of the month of the two days before it.
        weekday: of the judged day, 0 Monday.
        is_holiday: whether many offices are closed on it.
        is_year_end: whether it is one on which most have rested for days.
        after_year_end: whether one of the seven days up to it was such a day.
        holidays: whether one of the seven days up to it was such a day.
        is_zone: whether any one earlier month is precedent enough (the edges of a month), or every one must
            agree.
        due: dates whose fees must have come by the judged day, and not before it: its own, unless those days
            of both months were one workday of them (the eighth) that is yet to come; then on that.
    """

    months: tuple[tuple[int, ...], ...]
    fees: tuple[int, ...]
    ends: tuple[int, ...]
    day_of_month: int
    just_before: tuple[int, int]
    weekday: int
    is_holiday: bool
    is_year_end: bool
    after_year_end: bool
    holidays: bool
    is_zone: bool
    due: tuple[Due, ...]

    @property
    def is_workday(self) -> bool:
        """Whether the judged day is none of a weekend."""
        return self.weekday < SATURDAY


@lru_cache(maxsize=1024)
def anniversaries(day: date) -> tuple[Anniversary, ...]:
    """The days of earlier months that are like `day`.

    They have its day of the month, or are next to that, or are the same weekday of the month (the first
    Saturday), or the same workday of it from its beginning or end, or the last day of the month as well.
    """
    return tuple(
        Anniversary(_like(day, months), _like(day, 2 * months), months in ENOUGH) for months in DISTANCES
    )


def _like(day: date, months: int) -> tuple[int, ...]:
    """Days so many months before that are like `day`, as days before it."""
    year, month = _earlier(day, months)
    first, last = date(year, month, 1), date(year, month, _last_day(year, month))
    on = min(first + timedelta(days=day.day - 1), last)
    ahead = (day.weekday() - first.weekday()) % WEEK + (day.day - 1) // WEEK * WEEK
    near = [(day - on).days + apart for apart in range(-PLAY, PLAY + 1)]
    if day.day == _last_day(day.year, day.month):
        near.append((day - last).days)
    if day.weekday() < SATURDAY:
        near += [(day - other).days for other in _workdays_like(day, first, last)]
    return tuple(sorted({*near, (day - first).days - ahead}))


def _workdays_like(day: date, first: date, last: date) -> list[date]:
    """Workdays of another month as far from its first day, or from its last, as `day` is in its own.

    Holidays are counted as workdays: which of them an office keeps is not known.
    """
    month = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    workdays = [other for other in month if other.weekday() < SATURDAY]
    passed, left = _workdays_around(day)
    return [workdays[n] for n in (passed, len(workdays) - 1 - left) if 0 <= n < len(workdays)]


def _workdays_around(day: date) -> tuple[int, int]:
    """How many workdays of its month lie before a day, and how many after it."""
    month = [day.replace(day=n) for n in range(1, _last_day(day.year, day.month) + 1)]
    workdays = [other for other in month if other.weekday() < SATURDAY]
    return sum(other < day for other in workdays), sum(other > day for other in workdays)


def _due(day: date) -> tuple[Due, ...]:
    """The dates whose fees must have come by `day`, and not before it."""
    due = []
    for late in range(LATEST + 1):
        dated = day - timedelta(days=late)
        earlier = [other for back in range(1, MONTHS_BACK + 1) if (other := _same_date(dated, back))]
        if len(earlier) == MONTHS_BACK and _is_due(day, dated, earlier):
            due.append(Due(late, tuple((day - other).days for other in earlier)))
    return tuple(due)


def _is_due(day: date, dated: date, earlier: list[date]) -> bool:
    """Whether a fee of a date must have come by a day, and not before: on it, or on its workday, if later."""
    if not _may_be_later(dated, earlier):
        return day == dated
    workday_before = day - timedelta(days=3 if day.weekday() == MONDAY else 1)
    is_reached = day.weekday() < SATURDAY and not _may_be_later(day, earlier)
    return is_reached and _may_be_later(max(workday_before, dated), earlier)


def _same_date(day: date, months: int) -> date | None:
    """The same day of the month so many months before; none where that has no such day."""
    year, month = _earlier(day, months)
    return date(year, month, day.day) if day.day <= _last_day(year, month) else None


def _may_be_later(day: date, earlier: list[date]) -> bool:
    """Whether some days of earlier months were one workday of them, which this month has yet to come to."""
    if any(other.weekday() >= SATURDAY for other in earlier):
        return False
    passed, left = _workdays_around(day)
    (first, *others) = map(_workdays_around, earlier)
    by_start = all(other[0] == first[0] for other in others) and passed < first[0]
    by_end = all(other[1] == first[1] for other in others) and left > first[1]
    return by_start or by_end


@lru_cache(maxsize=1024)
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
    months = []
    for back, days in enumerate(wanted, start=1):
        year, month = _earlier(day, back)
        first = date(year, month, 1)
        last = _last_day(year, month)
        months.append(tuple((day - first - timedelta(days=d - 1)).days for d in days if d <= last))
    fees, ends = _special(day)
    return Analogues(
        months=tuple(months),
        fees=fees,
        ends=ends,
        day_of_month=day.day,
        just_before=((day - timedelta(days=1)).day, (day - timedelta(days=2)).day),
        weekday=day.weekday(),
        is_holiday=is_holiday(day),
        is_year_end=is_year_end(day),
        after_year_end=any(is_year_end(day - timedelta(days=back)) for back in range(WEEK)),
        holidays=any(is_holiday(day - timedelta(days=back)) for back in range(WEEK)),
        is_zone=is_zone,
        due=_due(day),
    )


def _special(day: date) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Days on which fees come, and the last ones of their months, as distances back from `day`."""
    fees: list[int] = []
    ends: list[int] = []
    for months_back in range(4):
        year, month = _earlier(day, months_back)
        since_first = day.toordinal() - date(year, month, 1).toordinal() + 1
        last = _last_day(year, month)
        fees += [since_first - d for d in FEE_DAYS]
        ends += [since_first - d for d in range(last - MONTH_END_DAYS + 1, last + 1)]
    return _within(fees), _within(ends)


def _within(distances: list[int]) -> tuple[int, ...]:
    """Those that lie in the look-back, the latest day first."""
    return tuple(sorted(back for back in distances if 1 <= back <= LOOK_BACK))


def _earlier(day: date, back: int) -> tuple[int, int]:
    """Year and month `back` months before that of `day`."""
    index = day.year * 12 + day.month - 1 - back
    return index // 12, index % 12 + 1


def _last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
