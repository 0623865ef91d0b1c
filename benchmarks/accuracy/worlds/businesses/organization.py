"""A business at home in a country: its workdays, its customers, its growth, its releases, its discount.

Knows calendars and trades; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY
from benchmarks.accuracy.worlds.businesses.holidays import KNOWN_YEARS, clock_changes, rests
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM, DailyLuck
from benchmarks.accuracy.worlds.businesses.sales import crowds
from benchmarks.accuracy.worlds.years.almanac import Almanac

TRADES = (
    *(["saas"] * 3 + ["retail"] * 3 + ["fintech"] * 2 + ["media"] * 2 + ["ai"] * 2),
    *("game", "adtech", "edu", "health", "iot", "travel", "food", "agency"),
)
"""What businesses do, as often as each is named."""
ADVERTISING = frozenset({"retail", "game", "media", "food", "travel"})
WEEKENDS = dict.fromkeys(("SA", "IL"), (4, 5))
SATURDAY_AND_SUNDAY = (5, 6)
HARDLY_BUSY = 0.5
"""How busy a day is from which on it is no holiday."""
BRIDGE = 0.75
RARE, SEEN, AGO = 1.35, 70, 14
"""How large a crowd is that was not seen in so many days until two weeks ago."""
FROZEN = 15
"""Day of December after which nothing is released."""


@dataclass(frozen=True, slots=True, eq=False)
class Organization:
    """What the series of a business have in common, an array a day.

    Attributes:
        weekend: days off of every week.
        work: how much of a workday a day is.
        closed: holidays, weekends or not.
        crowd: how many consumers come, relative to a usual day.
        campaigns: by how much more the business makes come.
        rare: crowds that nobody has seen for ten weeks.
        odd: workdays that are none, and rare crowds: they say nothing of what is usual.
        growth: of its traffic, since the first day.
        season: of the year, as a factor.
        mood: noise that all its traffic shares, as logarithms.
        hours: 24, but where clocks change and bills are cut by them.
        discount: share of the list price that is paid.
        in_cents: its bills are rounded to cents.
        releases: days on which the engineers release.
        idle: share of a workday's usage that is left on a day off.
        leisure: factor of a weekend where consumers are served.
        weekdays: a factor each of the seven.
    """

    trade: str
    country: str
    almanac: Almanac
    weekend: Days
    work: Floats
    closed: Days
    crowd: Floats
    campaigns: Floats
    rare: Days
    odd: Days
    mood: Floats
    growth: Floats
    season: Floats
    hours: Floats
    discount: Floats
    in_cents: bool
    releases: Days
    idle: float
    leisure: float
    weekdays: Floats

    @classmethod
    def of(cls, luck: DailyLuck, almanac: Almanac, *, trade: str, country: str) -> Organization:
        """A business of this trade in this country."""
        weekend = np.isin(almanac.weekday, WEEKENDS.get(country, SATURDAY_AND_SUNDAY))
        busy, closed = _busy(almanac, country, weekend)
        work = np.where(weekend, 0.0, busy)
        crowd = crowds(trade, country, almanac, years=_years(almanac), times=luck.uniform(0.6, 1.3))
        rare = _rare(crowd)
        height, phase = luck.uniform(0, 0.07), luck.uniform(0, 1)
        return cls(
            trade,
            country,
            almanac,
            weekend,
            work=work,
            closed=closed,
            crowd=crowd,
            campaigns=_campaigns(luck, trade),
            rare=rare,
            odd=(~weekend & (busy < 0.85)) | rare,
            mood=luck.moods(luck.uniform(0.012, 0.04), memory=0.75) + luck.strays(luck.uniform(8e-4, 4e-3)),
            growth=np.exp(_growth(luck, trade) * np.arange(len(almanac))),
            season=1 + height * np.sin(2 * np.pi * (almanac.day_of_year / 365.25 + phase)),
            hours=_hours(luck, almanac, country),
            discount=_discount(luck),
            in_cents=luck.chance(0.2),
            releases=_releases(luck, almanac, work),
            idle=luck.uniform(0.12, 0.5),
            leisure=luck.uniform(0.9, 1.28),
            weekdays=np.exp(luck.rng.normal(0, 0.035, 7)),
        )


def _years(almanac: Almanac) -> range:
    """The years that reach into the bill, as far as their feasts are known."""
    first = almanac.first_day
    last = first + (len(almanac) - 1) * ONE_DAY
    return range(max(first.year - 1, KNOWN_YEARS.start), min(last.year + 2, KNOWN_YEARS.stop))


def _busy(almanac: Almanac, country: str, weekend: Days) -> tuple[Floats, Days]:
    """How busy offices would be if there were no weekends, and which days are holidays."""
    n = len(almanac)
    busy, closed = np.ones(n), np.zeros(n, dtype=bool)
    for year in _years(almanac):
        for rest in rests(country, year):
            first = (rest.first - almanac.first_day).days
            days = slice(max(first, 0), max(first + rest.n_days, 0))
            busy[days] = np.minimum(busy[days], rest.busy)
            closed[days] |= rest.busy < HARDLY_BUSY
    before, after = np.roll(closed, 1), np.roll(closed, -1)
    bridge = (before & np.roll(weekend, -1)) | (after & np.roll(weekend, 1))
    bridge &= ~closed & ~weekend
    bridge[[0, -1]] = False
    return np.where(bridge, np.minimum(busy, BRIDGE), busy), closed


def _rare(crowd: Floats) -> Days:
    """Days of crowds that go a quarter beyond all that was seen of late."""
    rare = np.zeros(len(crowd), dtype=bool)
    for day in range(JUDGED_FROM, len(crowd)):
        seen = crowd[max(0, day - SEEN) : day - AGO]
        rare[day] = crowd[day] >= RARE and crowd[day] > 1.25 * seen.max()
    return rare


def _campaigns(luck: DailyLuck, trade: str) -> Floats:
    """Every two to five weeks for some days, where a business advertises at all."""
    lift = np.zeros(luck.n_days)
    if trade not in ADVERTISING or not luck.chance(0.75):
        return lift
    gap, height, usual_length = luck.whole(14, 35), luck.uniform(0.12, 0.5), luck.whole(1, 5)
    for day in luck.every_so_often((0, 19), (gap - 3, gap + 3)):
        length = max(1, usual_length + luck.whole(-1, 1))
        fading = height * luck.uniform(0.75, 1.2) * np.linspace(1, 0.6, length)
        lift[day : day + length] += fading[: luck.n_days - day]
    return lift


def _growth(luck: DailyLuck, trade: str) -> float:
    """By the day."""
    if trade == "ai":
        return float(min(abs(luck.rng.normal(0.0018, 0.001)), 0.0033))
    return float(np.clip(luck.rng.normal(0.0004, 0.0007), -0.001, 0.0033))


def _hours(luck: DailyLuck, almanac: Almanac, country: str) -> Floats:
    hours = np.full(len(almanac), 24.0)
    if not luck.chance(0.35):
        return hours
    for year in _years(almanac):
        for day, length in zip(clock_changes(country, year) or (), (23, 25), strict=False):
            at = (day - almanac.first_day).days
            if 0 <= at < len(hours):
                hours[at] = length
    return hours


def _discount(luck: DailyLuck) -> Floats:
    """What the contract leaves of the list price, for one in five less from some day on."""
    paid = np.full(luck.n_days, luck.uniform(0.85, 1))
    if luck.chance(0.22):
        paid[luck.whole(20, 279) :] *= luck.uniform(0.88, 0.97)
    return paid


def _releases(luck: DailyLuck, almanac: Almanac, work: Floats) -> Days:
    every = luck.one_of((7, 14, 14, 21, 28))
    due = np.arange(luck.n_days) % every == luck.whole(0, every - 1)
    frozen = (almanac.month == 12) & (almanac.day_of_month > FROZEN)
    return np.asarray(due & (work > HARDLY_BUSY) & ~frozen)
