"""Where a series arises: the business it belongs to, and the demand, weeks and machines it is drawn from.

Knows chance and the business; must not know any service, event or detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Numbers
from benchmarks.accuracy.worlds.businesses.luck import DailyLuck
from benchmarks.accuracy.worlds.businesses.organization import Organization
from benchmarks.accuracy.worlds.years.almanac import Almanac

Users = Literal["offices", "consumers", "both", "machines"]
USERS: dict[str, Users] = {
    **dict.fromkeys(("saas", "agency", "health", "edu"), "offices"),
    **dict.fromkeys(("fintech", "adtech", "ai"), "both"),
    "iot": "machines",
}
"""Whom each trade serves; consumers where nothing is said."""
MACHINES = (0.0416, 0.0832, 0.096, 0.17, 0.192, 0.34, 0.384, 0.68, 0.768, 1.53, 3.06)
"""Dollars an hour."""
FIRST_WEEKS = 60
"""Days over which usage is one on average."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene(DailyLuck):
    """The days of a bill, the business that pays it, and the luck of one series."""

    business: Organization

    @property
    def almanac(self) -> Almanac:
        """The days of the bill."""
        return self.business.almanac

    @property
    def day(self) -> Numbers:
        """The days, counted from nought."""
        return np.arange(self.n_days)

    @property
    def work(self) -> Floats:
        """How much of a workday each day is."""
        return self.business.work

    @property
    def day_length(self) -> Floats:
        """Hours of a day over 24."""
        return self.business.hours / 24

    def level(self, median: float, spread: float) -> float:
        """Dollars a day: cents to thousands."""
        return float(np.clip(np.exp(self.rng.normal(np.log(median), spread)), 0.02, 9000))

    def growing(self, low: float, high: float) -> Floats:
        """A factor that grows steadily, by the day at a rate between the two."""
        return np.asarray(np.exp(self.uniform(low, high) * self.day))

    def machine(self, level: float, *, least: int) -> float:
        """Dollars an hour of a machine of which at least so many cost about as much as is spent a day."""
        fitting = [price for price in MACHINES if price * 24 * least <= level * 1.6]
        return self.one_of(fitting or MACHINES[:1])

    def hourly(self) -> Floats:
        """Demand of the 24 hours of a day, one on average."""
        swing, peak = self.uniform(0.2, 0.75), self.uniform(0, 24)
        hours = 1 + swing * np.sin(2 * np.pi * (np.arange(24) - peak) / 24)
        return np.asarray(hours / hours.mean())

    def week(self, users: Users) -> Floats:
        """The rhythm of a week as a factor, holidays included."""
        business, weekday = self.business, self.almanac.weekday
        if users == "machines":
            return np.exp(self.rng.normal(0, 0.01, 7))[weekday]
        if users == "offices":
            idle = float(np.clip(business.idle * np.exp(self.rng.normal(0, 0.25)), 0.05, 0.75))
            monday = np.where(weekday == 0, self.uniform(1, 1.08), 1)
            return (idle + (1 - idle) * self.work) * business.weekdays[weekday] * monday
        if users == "both":
            idle = self.uniform(0.6, 0.85)
            return np.asarray((idle + (1 - idle) * self.work) * business.weekdays[weekday])
        weekend = np.where(business.weekend, business.leisure * np.exp(self.rng.normal(0, 0.05)), 1)
        feasts = np.where(business.closed & ~business.weekend, business.leisure, 1)
        more = np.maximum if business.leisure > 1 else np.minimum
        return np.asarray(more(weekend, feasts) * business.weekdays[weekday])

    def demand(self, users: Users | None = None, *, noise: float | None = None, crowd: float = 1) -> Floats:
        """Traffic, one on average: noise shared and of its own, campaigns and crowds where they come."""
        users = users or USERS.get(self.business.trade, "consumers")
        noise = self.magnitude(0.03, 0.13) if noise is None else noise
        shared = self.business.mood * self.uniform(0.5, 1.3)
        own = self.moods(noise * 0.7, memory=0.5) + self.outliers() * noise * 0.6
        moods = np.exp(shared + own + self.strays(self.uniform(0, 0.003)))
        traffic = self.week(users) * self.business.growth * self.business.season * moods
        if users in {"consumers", "both"}:
            come = self.business.crowd * (1 + self.business.campaigns)
            traffic = traffic * come ** (crowd * self.uniform(0.6, 1.1))
        return as_usual(traffic)


def as_usual(usage: Floats) -> Floats:
    """Usage over what it was on an average day of the first weeks."""
    usual = usage[:FIRST_WEEKS].mean()
    return usage / usual if usual > 0 else usage
