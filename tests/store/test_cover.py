"""Which days the loads speak for, and which are settled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from aws_cost_anomalies.model.bill import RawFile, RawFormat
from aws_cost_anomalies.model.load import Load
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.store.cover import cover, covered_period

MARCH, APRIL = Period(date(2026, 3, 1), date(2026, 4, 1)), Period(date(2026, 4, 1), date(2026, 5, 1))
SUMMER, LATE = date(2026, 7, 1), datetime(2026, 6, 30, tzinfo=UTC)


def made(period: Period, name: str, *, covered: Period | None, loaded_at: datetime, export: str) -> Load:
    files = (RawFile(Path("a"), "a", "e", 1),)
    return Load("cur", export, name, period, "1", loaded_at, files, RawFormat.PARQUET, "m", 1, 1, {}, covered)


def month(
    period: Period, first: int = 1, last: int | None = None, *, at: datetime = LATE, export: str = "a"
) -> Load:
    """The bill of a month with charges from one day of it to another."""
    end = period.start.replace(day=last) + ONE_DAY if last else period.end
    covered = Period(period.start.replace(day=first), end)
    return made(period, f"{period.start:%Y-%m}", covered=covered, loaded_at=at, export=export)


def days(first: date, last: date, *, at: datetime = LATE) -> Load:
    """A bill of plain days, with a charge on the first only."""
    period = Period(first, last + ONE_DAY)
    return made(period, str(period), covered=Period(first, first + ONE_DAY), loaded_at=at, export="ce")


def settled(*loads: Load, as_of: date = SUMMER, hours: int = 24, of: Period | None = None) -> list[str]:
    period = of or Period(date(2026, 2, 25), date(2026, 5, 5))
    known = cover(loads, period, as_of=as_of, settle_hours=hours)
    return runs(period, known.settled.tolist())


def covered(*loads: Load) -> list[str]:
    period = Period(date(2026, 2, 25), date(2026, 5, 5))
    return runs(period, cover(loads, period, as_of=SUMMER, settle_hours=24).covered.tolist())


def runs(period: Period, marks: list[bool]) -> list[str]:
    """The marked days as `mm-dd..mm-dd`."""
    found: list[list[date]] = []
    for day, mark in zip(period, marks, strict=True):
        if mark and found and found[-1][-1] == day - ONE_DAY:
            found[-1].append(day)
        elif mark:
            found.append([day])
    return [f"{run[0]:%m-%d}..{run[-1]:%m-%d}" for run in found]


def test_a_month_speaks_from_its_first_to_its_last_charge() -> None:
    assert covered(month(MARCH, 3, 20)) == ["03-03..03-20"]


def test_a_month_is_whole_where_there_are_charges_beyond_it() -> None:
    assert covered(month(MARCH, 3, 20), month(APRIL, 4, 10)) == ["03-03..04-10"]


def test_a_month_that_was_never_loaded_is_a_gap() -> None:
    may = Period(date(2026, 5, 1), date(2026, 6, 1))
    assert covered(month(MARCH, 1, 31), month(may, 1, 3)) == ["03-01..03-31", "05-01..05-03"]


def test_an_empty_month_speaks_for_no_day() -> None:
    empty = made(MARCH, "2026-03", covered=None, loaded_at=LATE, export="a")
    assert covered(empty) == []
    assert covered_period([empty]) is None


def test_charges_before_the_month_do_not_make_its_bill_speak_for_their_days() -> None:
    bill = made(
        MARCH, "2026-03", covered=Period(date(2026, 2, 26), date(2026, 3, 4)), loaded_at=LATE, export="a"
    )
    assert covered(bill) == ["03-01..03-03"]


def test_a_range_speaks_for_all_its_days() -> None:
    assert covered(days(date(2026, 3, 5), date(2026, 3, 9))) == ["03-05..03-09"]
    assert covered_period([days(date(2026, 3, 5), date(2026, 3, 9))]) == Period(
        date(2026, 3, 5), date(2026, 3, 10)
    )


def test_a_day_is_settled_so_many_hours_after_its_end() -> None:
    end_of_the_10th = datetime(2026, 3, 11, tzinfo=UTC)
    for hours in (0, 1, 24, 36):
        exactly = end_of_the_10th + timedelta(hours=hours)
        assert settled(month(MARCH, 1, 20, at=exactly), hours=hours) == ["03-01..03-10"]
        too_early = exactly - timedelta(microseconds=1)
        assert settled(month(MARCH, 1, 20, at=too_early), hours=hours) == ["03-01..03-09"]


def test_no_day_is_settled_before_it_is_over() -> None:
    assert settled(month(MARCH), as_of=date(2026, 3, 15)) == ["03-01..03-14"]


def test_a_later_load_settles_the_days_of_an_earlier_one() -> None:
    early = days(date(2026, 3, 1), date(2026, 3, 10), at=datetime(2026, 3, 10, 6, tzinfo=UTC))
    later = days(date(2026, 3, 5), date(2026, 3, 14), at=datetime(2026, 3, 14, 6, tzinfo=UTC))
    assert settled(early) == ["03-01..03-08"]
    assert settled(early, later) == ["03-01..03-12"]


def test_an_export_that_is_late_holds_up_the_others() -> None:
    current, late = month(APRIL, 1, 20, export="a"), month(APRIL, 1, 17, export="b")
    assert settled(current, late, as_of=date(2026, 4, 21)) == ["04-01..04-17"]


def test_an_export_that_ended_does_not() -> None:
    current, ended = month(APRIL, 1, 28, export="a"), month(APRIL, 1, 17, export="b")
    assert settled(current, ended, as_of=date(2026, 4, 25)) == ["04-01..04-17"]
    assert settled(current, ended, as_of=date(2026, 4, 26)) == ["04-01..04-25"]


def test_an_export_that_began_later_does_not_unsettle_what_was_before() -> None:
    assert settled(month(MARCH, export="a"), month(APRIL, export="a"), month(APRIL, 5, export="b")) == [
        "03-01..04-30"
    ]


def test_a_gap_inside_one_export_holds_up_the_others() -> None:
    may = Period(date(2026, 5, 1), date(2026, 6, 1))
    whole = [month(p, export="a") for p in (MARCH, APRIL, may)]
    holed = [month(p, export="b") for p in (MARCH, may)]
    assert settled(*whole, *holed) == ["03-01..03-31", "05-01..05-04"]
