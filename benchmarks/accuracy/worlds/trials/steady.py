"""Families billed day by day: flat, weekly, growing, noisy, wandering, counted, and a few pennies.

Knows what runs all the time; must not know events or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.almanac import Almanac
from benchmarks.accuracy.worlds.trials.draws import Rng, log_uniform, money, perhaps_week, scatter, week
from benchmarks.accuracy.worlds.trials.stream import CLEAR, Stream, only, scattered, without

CALM = 0.35
"""Largest coefficient of variation of what still counts as regular."""


def flat(rng: Rng, almanac: Almanac) -> Stream:
    """The same every day, hardly any noise."""
    return scattered(rng, np.full(almanac.n_days, money(rng)), rng.uniform(0.005, 0.05))


def weekly(rng: Rng, almanac: Almanac) -> Stream:
    """Weekends unlike the other days, mostly lower."""
    return scattered(rng, money(rng) * week(rng, almanac), rng.uniform(0.02, 0.12))


def trend(rng: Rng, almanac: Almanac) -> Stream:
    """Growth or decline, compound or by the same amount a day, sometimes with a week."""
    growth = rng.uniform(0.002, 0.01)
    climb = rng.choice([-1, 1]) * growth * (np.arange(almanac.n_days) - almanac.n_days / 2)
    shape = np.exp(climb) if rng.random() < 0.6 else np.maximum(1 + climb, 0.15)
    expected = money(rng) * shape * perhaps_week(rng, almanac, 0.4)
    stream = scattered(rng, expected, rng.uniform(0.01, 0.08))
    stream.growth = growth
    return stream


def noisy(rng: Rng, almanac: Almanac) -> Stream:
    """The mood of many users: heavy noise about a level."""
    return scattered(rng, money(rng) * perhaps_week(rng, almanac, 0.3), rng.uniform(0.1, 0.35))


def lognormal(rng: Rng, almanac: Almanac) -> Stream:
    """Noise with a long upper tail; at its widest it is no longer regular, and hides a drift."""
    sigma = rng.uniform(0.15, 0.6)
    expected = np.full(almanac.n_days, money(rng))
    stream = Stream.skewed(expected, expected * np.exp(rng.normal(0, sigma, almanac.n_days)), sigma)
    if sigma >= 0.3:
        stream.odds = without("drift_up")
    stream.regular = bool(np.sqrt(np.expm1(sigma**2)) <= CALM)
    return stream


def wander(rng: Rng, almanac: Almanac) -> Stream:
    """A level that wanders slowly, or noise that remembers yesterday's."""
    if rng.random() < 0.6:
        memory, shock, noise = rng.uniform(0.93, 0.99), rng.uniform(0.015, 0.05), rng.uniform(0.01, 0.06)
        sigma = float(np.hypot(np.sqrt(3) * shock, noise))
    else:
        memory, spread, noise = rng.uniform(0.5, 0.85), rng.uniform(0.07, 0.2), rng.uniform(0.01, 0.04)
        shock = spread * np.sqrt(1 - memory**2)
        sigma = float(np.hypot(spread, noise))
    path = rng.normal(0, shock, almanac.n_days)
    path[0] /= np.sqrt(1 - memory**2)
    for day in range(1, almanac.n_days):
        path[day] += memory * path[day - 1]
    expected = money(rng) * np.exp(path) * perhaps_week(rng, almanac, 0.3)
    stream = Stream.skewed(expected, expected * scatter(rng, almanac.n_days, noise), sigma)
    stream.odds = without("drift_up")
    return stream


def capacity(rng: Rng, almanac: Almanac) -> Stream:
    """Machines at a price each; every few days there is one more or one less."""
    usual = int(rng.integers(8, 41))
    noise = rng.uniform(0.003, 0.03)
    expected = money(rng) / usual * _machines(rng, almanac.n_days, usual)
    move = (1 if usual < 15 else 1.4) / usual
    usage = expected * scatter(rng, almanac.n_days, noise)
    stream = Stream.even(expected, usage, float(np.hypot(noise, 1.2 * move)))
    stream.odds = without("drift_up")
    return stream


def _machines(rng: Rng, n: int, usual: int) -> Floats:
    """How many machines run; the further from the usual number, the likelier the way back."""
    pause = rng.uniform(3, 14)
    count, change = usual, int(rng.integers(2, 12))
    running = np.empty(n)
    for day in range(n):
        if day == change:
            excess = np.clip((count - usual) / (0.5 * usual), -1, 1)
            move = 1 + int(usual >= 15 and rng.random() < 0.3) + int(usual >= 25 and rng.random() < 0.2)
            count = max(4, count + (move if rng.random() < 0.5 - 0.5 * excess else -move))
            change = day + 1 + int(rng.exponential(pause))
        running[day] = count
    return running


def counts(rng: Rng, almanac: Almanac) -> Stream:
    """Things counted at a price each, from a handful to a thousand a day."""
    mean = log_uniform(rng, 6, 1500)
    price = money(rng) / mean
    rate = mean * perhaps_week(rng, almanac, 0.5, busier=0.15)
    if rng.random() < 0.3:
        slope = rng.choice([-1, 1]) * rng.uniform(0.001, 0.005)
        rate *= np.exp(slope * (np.arange(almanac.n_days) - almanac.n_days / 2))
    stream = Stream.even(price * rate, price * np.maximum(rng.poisson(rate), 1), 0.0)
    stream.rise = (CLEAR * np.sqrt(rate) + 2.5) / rate
    stream.fall = np.minimum(CLEAR / np.sqrt(rate), 1.5)
    stream.price = price
    stream.regular = bool(1 / np.sqrt(rate.min()) <= CALM)
    return stream


def young(rng: Rng, almanac: Almanac) -> Stream:
    """Born within the bill, at once or growing in over its first days."""
    n = almanac.n_days
    born = int(rng.integers(20, max(21, min(101, n - 30))))
    expected = money(rng) * perhaps_week(rng, almanac, 0.4)
    if rng.random() < 0.3:
        expected *= np.clip(0.6 + 0.4 * (np.arange(n) - born) / rng.uniform(3, 10), 0.6, 1.0)
    expected[:born] = 0.0
    stream = scattered(rng, expected, rng.uniform(0.01, 0.2))
    stream.odds = without("new")
    stream.born = born
    return stream


def tiny(rng: Rng, almanac: Almanac) -> Stream:
    """Pennies of any noise, which sometimes jump about; only a charge of dollars is an event."""
    expected = np.full(almanac.n_days, log_uniform(rng, 0.002, 0.5))
    spread = rng.uniform(0.03, 0.5)
    if rng.random() < 0.5:
        sigma = np.sqrt(np.log1p(spread**2))
        usage = expected * np.exp(rng.normal(0, sigma, almanac.n_days))
    else:
        usage = expected * scatter(rng, almanac.n_days, spread)
    jumpy = bool(rng.random() < 0.3)
    if jumpy:
        usage[rng.random(almanac.n_days) < 0.08] *= rng.uniform(2, 5)
    stream = Stream.even(expected, usage, spread)
    stream.odds = only("spike")
    stream.pennies = True
    stream.regular = not jumpy and spread <= CALM
    return stream
