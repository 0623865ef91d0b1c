"""Trades with calendars of their own: shops, schools, journeys, games, factories, mails, calls.

Knows how such services charge; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

CALLS = np.array([1.3, 1.1, 1, 1, 0.95, 0.45, 0.15])
"""From Monday on."""
SUMMER, SCHOOL_STARTS = 170, 245
"""Days of the year."""


def callcenter_connect(scene: Scene) -> Series:
    """Calls: most on Mondays, half on Saturdays, few on Sundays and holidays."""
    country = scene.country()
    calls = CALLS[scene.almanac.weekday]
    calls[scene.almanac.holidays[country]] = 0.2
    return Series(scene.magnitude(30, 2500) * calls * scene.noise(0.03, 0.09), country=country)


def ses_newsletter(scene: Scene) -> Series:
    """Mails on one workday of the week, few on the others."""
    sent = scene.almanac.weekday == scene.whole(0, 4)
    mails = np.where(sent, scene.uniform(4, 12), 1) * scene.noise(0.06, 0.15)
    return Series(scene.magnitude(2, 40) * mails)


def ecommerce_season(scene: Scene) -> Series:
    """A shop: a week of sales about Black Friday, more until Christmas, a calm January."""
    size, since = scene.uniform(0.2, 0.6), scene.almanac.since_black_friday
    sales = size * np.exp(-0.5 * ((since - 1.5) / 3.5) ** 2)
    season = 1 + sales + 0.4 * size * np.clip(1 - np.abs(since - 10) / 18, 0, 1)
    costs = scene.magnitude(100, 12000) * season * scene.week("US", scene.uniform(1.0, 1.2))
    return Series(costs * scene.noise(0.02, 0.06), spared=(since > -14) & (since < 50))


def education_terms(scene: Scene) -> Series:
    """A university: less in summer and about Christmas, over two or three weeks each way."""
    year, winter = scene.almanac.day_of_year, np.abs(scene.almanac.since_christmas)
    vacation = ((year > SUMMER) & (year < SCHOOL_STARTS)) | (winter < 11)
    taught = np.where(vacation, scene.uniform(0.55, 0.8), 1.0)
    for _ in range(3):
        taught = np.convolve(np.pad(taught, 3, mode="edge"), np.ones(7) / 7, "valid")
    costs = scene.magnitude(30, 2000) * taught * scene.week("US", scene.uniform(0.6, 0.9))
    spared = ((year > SUMMER - 15) & (year < SCHOOL_STARTS + 17)) | (winter < 24)
    return Series(costs * scene.noise(0.03, 0.07), spared=spared)


def travel_season(scene: Scene) -> Series:
    """Journeys are booked with the seasons."""
    level, height = scene.magnitude(50, 5000), scene.uniform(0.15, 0.35)
    season = 1 + height * np.sin(2 * np.pi * (scene.almanac.day_of_year / 365 - scene.uniform(0, 1)))
    return Series(level * season * scene.week("GB", scene.uniform(0.9, 1.2)) * scene.noise(0.02, 0.06))


def fintech_paydays(scene: Scene) -> Series:
    """Traffic on the days on which wages are paid, and some on the days after them."""
    level, day_of_month = scene.magnitude(40, 3000), scene.almanac.day_of_month
    paid = 1 + np.isin(day_of_month, [1, 15, 25]) * scene.uniform(0.2, 0.6)
    paid = paid + np.isin(day_of_month, [2, 16, 26]) * scene.uniform(0.05, 0.2)
    return Series(level * paid * scene.week("BR", scene.uniform(0.7, 1)) * scene.noise(0.02, 0.06))


def game_after_launch(scene: Scene) -> Series:
    """A game that came out in the first weeks of the bill, and is played less and less since."""
    launch, pace = scene.whole(0, 45), scene.uniform(50, 110)
    played = 1 + scene.uniform(0.6, 2) * np.exp(-(scene.day - launch) / pace)
    costs = scene.magnitude(50, 3000) * np.where(scene.day < launch, 0.15, played)
    costs = costs * np.where(scene.almanac.from_friday, scene.uniform(1.1, 1.4), 1)
    return Series(costs * scene.noise(0.03, 0.07))


def factory_shutdown(scene: Scene) -> Series:
    """A factory with the rhythm of its workdays, closed from the days before Christmas to the 2 January."""
    country = str(scene.rng.choice(["DE", "FR", "JP"]))
    made = scene.week(country, scene.uniform(0.3, 0.7))
    made[np.abs(scene.almanac.since_christmas - 0.5) <= 5.6] = made[scene.almanac.weekday == 6].min()
    costs = scene.magnitude(25, 1500) * made * scene.noise(0.02, 0.06)
    return Series(costs, country=country, spared=scene.almanac.about_christmas)


def iot_growth(scene: Scene) -> Series:
    """Devices, half as many again and more each year."""
    return Series(scene.magnitude(20, 1500) * scene.growth(0.33, 0.7) * scene.noise(0.008, 0.03))
