"""How a workload's days differ: weekdays, holidays, the calendar, bursts, growth and noise.

The same seed gives the same bits on every machine: raw random bits, sums, products and no library function
whose last digit may differ.
"""

from __future__ import annotations

import zlib
from datetime import date
from itertools import accumulate
from operator import mul

import numpy as np

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.sample.tables import Workload

WEEKS: dict[str, tuple[float, ...]] = {
    "steady": (1.0,) * 7,
    "business": (1.0, 1.02, 1.03, 1.02, 0.98, 0.74, 0.72),
    "office": (1.0, 1.0, 1.0, 1.0, 0.97, 0.3, 0.28),
    "consumer": (0.96, 0.97, 0.98, 1.0, 1.05, 1.13, 1.1),
    "sunday": (0.0,) * 6 + (1.0,),
    "closing": (1.0, 1.0, 1.02, 1.0, 0.98, 0.8, 0.8),
    "month-first": (0.0,) * 7,
    "batch": (1.0,) * 7,
    "rare": (1.0,) * 7,
}
"""Level from Monday to Sunday, a share of a full day."""
HOLIDAYS = (date(2026, 5, 25), date(2026, 7, 3))
"""Days off in the United States; offices keep a Sunday."""
CLOSING_PEAK = 3.0
BURST_CHANCE, BURST_STAYS, BETWEEN_BURSTS = 0.14, 0.5, 0.12
RARE_CHANCE = 0.2
MEMORY = 0.6
"""Share of a day's noise that the next day keeps."""
SUNDAY = 6


class Chance:
    """Random numbers of one name under one seed."""

    def __init__(self, seed: int, name: str) -> None:
        """A stream of its own, so that a new workload changes no other one's days."""
        self._bits = np.random.PCG64([seed, zlib.crc32(name.encode())])

    def uniform(self, size: int) -> Floats:
        """Numbers from 0 up to 1."""
        raw = np.asarray(self._bits.random_raw(size), dtype=np.uint64) >> np.uint64(11)
        return raw.astype(np.float64) * 2.0**-53

    def normal(self, size: int) -> Floats:
        """Numbers of mean 0 and deviation 1: twelve uniform ones summed as integers, less six."""
        raw = np.asarray(self._bits.random_raw(6 * size), dtype=np.uint64).reshape(size, 6)
        halves = (raw >> np.uint64(32)) + (raw & np.uint64(0xFFFFFFFF))
        sums: Floats = halves.sum(axis=1).astype(np.float64)
        return sums * 2.0**-32 - 6.0


def daily_level(workload: Workload, period: Period, chance: Chance) -> Floats:
    """Level of a workload on each day, 1.0 for a full ordinary day."""
    week = np.array([_weekday_level(workload.rhythm, day) for day in period])
    if workload.rhythm == "batch":
        week *= _bursts(period.days, chance)
    if workload.rhythm == "rare":
        week *= chance.uniform(period.days) < RARE_CHANCE
    growth = compound(1.0 + workload.growth, period.days)
    level: Floats = week * growth * (1.0 + workload.noise * _wander(period.days, chance))
    return level


def compound(rate: float, days: int) -> Floats:
    """1, rate, rate², … for so many days, by multiplication alone."""
    return np.array(list(accumulate([1.0] + [rate] * (days - 1), mul)))


def _weekday_level(rhythm: str, day: date) -> float:
    keeps_sunday = day in HOLIDAYS and rhythm in {"business", "office"}
    level = WEEKS[rhythm][SUNDAY if keeps_sunday else day.weekday()]
    if rhythm == "closing" and day.day <= 2:
        return level * CLOSING_PEAK
    if rhythm == "month-first" and day.day == 1:
        return 1.0
    return level


def _bursts(days: int, chance: Chance) -> Floats:
    """Runs of busy days of uneven height between quiet ones."""
    draws, heights = chance.uniform(days), chance.uniform(days)
    levels, busy = [], False
    for draw, height in zip(draws.tolist(), heights.tolist(), strict=True):
        busy = draw < (BURST_STAYS if busy else BURST_CHANCE)
        levels.append(0.4 + 1.2 * height if busy else BETWEEN_BURSTS)
    return np.array(levels)


def _wander(days: int, chance: Chance) -> Floats:
    """Noise of deviation 1 in which each day keeps part of the day before."""
    fresh = 0.8 * chance.normal(days)
    return np.array(list(accumulate(fresh.tolist(), lambda before, new: MEMORY * before + new)))
