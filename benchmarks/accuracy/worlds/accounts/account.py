"""An account: where its people work, how they and its users fill the days, what they all share.

Knows weeks, seasons and campaigns; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import COUNTRIES, Almanac
from benchmarks.accuracy.worlds.accounts.holidays import FRIDAY, SATURDAY, SUNDAY
from benchmarks.accuracy.worlds.accounts.strokes import Rng, remembering

Range = tuple[int, int]

EARLIEST_INCIDENT = 30
LOCAL_DAYS = {"US": 0.18, "BR": 0.08, "JP": 0.33, "IN": 0.15}
"""Share of a workday that falls on the next day of UTC, or on the one before; elsewhere next to none."""
SUMMER_LEAVE = {"FR": 0.25, "SE": 0.25, "NL": 0.15, "DE": 0.12}
BLACK_WEEK = (0.25, 0.3, 0.35, 0.5, 1, 0.7, 0.7, 0.9, 0.4, 0.2)
"""How much of a sale the days from Monday before Black Friday on are."""


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """What the series of one account have in common.

    Attributes:
        size: how much it spends; 1 is usual.
        holiday: how much of a holiday each day is.
        work: how much of a workday each day of UTC is, 0 to 1.
        staff: the same less those on leave in summer.
        business: traffic of those who use it at work, 1 on average.
        consumers: traffic of those who use it at any time, likewise.
        campaigns: days, first to last, on which it advertised.
        sales: the weeks of Black Friday, where they are large.
        incident: the day of something that befalls several of its series, if any.
    """

    size: float
    holiday: Floats
    work: Floats
    staff: Floats
    growth: Floats
    business: Floats
    consumers: Floats
    campaigns: list[Range]
    sales: list[Range]
    incident: int | None

    @classmethod
    def of(cls, rng: Rng, almanac: Almanac) -> Account:
        """An account of a country drawn by its share."""
        n = len(almanac)
        country = COUNTRIES[rng.integers(len(COUNTRIES))]
        size = float(np.exp(rng.normal(0, 1.0)))
        holiday = almanac.holidays[country]
        work, leave = _work(almanac, country), _leave(almanac, country)
        growth = np.exp(rng.normal(0.0006, 0.0012) * np.arange(n))
        mood = rng.uniform(0.15, 0.5) + work * (1 - 0.5 * leave)
        business = mood * growth * _mood(rng, n, memory=0.6, most=0.06)
        business /= business.mean()
        consumers = _week_and_season(rng, almanac) * growth * (1 + rng.uniform(-0.2, 0.25) * holiday)
        consumers *= _mood(rng, n, memory=0.8, most=0.08)
        sales = _sell(rng, almanac, consumers) if rng.random() < 0.25 else []
        campaigns = _advertise(rng, consumers) if rng.random() < 0.5 else []
        consumers /= consumers.mean()
        incident = int(rng.integers(EARLIEST_INCIDENT, n)) if rng.random() < 0.25 else None
        return cls(
            size=size,
            holiday=holiday,
            work=work,
            staff=work * (1 - leave),
            growth=growth,
            business=business,
            consumers=consumers,
            campaigns=campaigns,
            sales=sales,
            incident=incident,
        )


def _work(almanac: Almanac, country: str) -> Floats:
    """How much of a workday each day is, once local days are cut into days of UTC."""
    weekend = np.isin(almanac.weekday, (FRIDAY, SATURDAY) if country == "IL" else (SATURDAY, SUNDAY))
    local = (1 - weekend) * (1 - almanac.holidays[country])
    spilled = np.roll(local, 1) if country in {"US", "BR"} else np.roll(local, -1)
    spilled[0], spilled[-1] = local[0], local[-1]
    share = LOCAL_DAYS.get(country, 0.02)
    return np.asarray((1 - share) * local + share * spilled)


def _leave(almanac: Almanac, country: str) -> Floats:
    """Share of the people who are on leave, from the middle of July to the end of August."""
    summer = (almanac.month == 8) | ((almanac.month == 7) & (almanac.day_of_month > 15))
    return np.where(summer, SUMMER_LEAVE.get(country, 0.04), 0)


def _mood(rng: Rng, n: int, *, memory: float, most: float) -> Floats:
    return np.asarray(np.exp(remembering(rng, n, memory=memory, spread=rng.uniform(0.02, most))))


def _week_and_season(rng: Rng, almanac: Almanac) -> Floats:
    weekend = np.isin(almanac.weekday, (SATURDAY, SUNDAY))
    week = 1 + rng.uniform(-0.1, 0.3) * weekend + rng.normal(0, 0.04, 7)[almanac.weekday]
    height = rng.uniform(0, 0.12)
    year = np.sin(2 * np.pi * (almanac.day_of_year - rng.integers(365)) / 365)
    return np.asarray(week * np.exp(height * year))


def _sell(rng: Rng, almanac: Almanac, traffic: Floats) -> list[Range]:
    """Lay the sales of November over a shop's traffic; their weeks, where they are large."""
    n, lift = len(traffic), rng.uniform(0.3, 1.6)
    weeks = []
    for friday in almanac.black_fridays:
        for day, share in enumerate(BLACK_WEEK, start=friday - 4):
            if 0 <= day < n:
                traffic[day] *= 1 + lift * share
        if -5 < friday < n + 4 and lift > 0.5:
            weeks.append((friday - 4, friday + 5))
    return weeks


def _advertise(rng: Rng, traffic: Floats) -> list[Range]:
    """Lay campaigns of one to three days over the traffic; their days."""
    n, campaigns = len(traffic), []
    for day in np.flatnonzero(rng.random(n) < rng.uniform(0.01, 0.04)).tolist():
        length = int(rng.integers(1, 4))
        lift = np.exp(rng.normal(-1.2, 0.6)) * np.linspace(1, 0.5, length)
        traffic[day : day + length] *= 1 + lift[: n - day]
        campaigns.append((day, min(n, day + length) - 1))
    return campaigns
