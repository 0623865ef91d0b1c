"""Families billed day by day whose months or years have a shape: fees, closings, holidays, clean-ups.

Knows what the calendar does to a cost; must not know events or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.almanac import Almanac, Flags, with_neighbours
from benchmarks.accuracy.worlds.trials.draws import Rng, log_uniform, money, perhaps_week, scatter
from benchmarks.accuracy.worlds.trials.stream import Stream, scattered, without


def fee_usage(rng: Rng, almanac: Almanac) -> Stream:
    """Daily usage, and a fee of two to thirty days' worth on one day of each month."""
    level = money(rng)
    expected = level * perhaps_week(rng, almanac, 0.4, least=0.3)
    due = almanac.day_of_month == (1 if rng.random() < 0.85 else rng.integers(2, 29))
    stream = scattered(rng, expected, rng.uniform(0.01, 0.12))
    stream.fees = due * level * log_uniform(rng, 2, 30)
    if rng.random() < 0.3:
        stream.fees *= scatter(rng, almanac.n_days, 0.03)
    stream.may_start = ~due
    stream.recurring = due
    stream.hush_first(due)
    return stream


def month_end(rng: Rng, almanac: Almanac) -> Stream:
    """The last one to four days of each month cost half as much again, up to four times as much."""
    length = int(rng.integers(1, 5))
    closing = almanac.days_left < length
    expected = money(rng) * perhaps_week(rng, almanac, 0.5, busier=0.05, least=0.3)
    expected[closing] *= rng.uniform(1.5, 4.0)
    stream = scattered(rng, expected, rng.uniform(0.01, 0.1))
    stream.may_start = (almanac.days_left > length) & (almanac.day_of_month > 1)
    stream.recurring = closing
    first = int(np.argmax(closing))
    stream.hush_first(closing, more=int(closing[first : first + length].sum()) - 1)
    return stream


def holiday(rng: Rng, almanac: Almanac) -> Stream:
    """Office hours, with holidays that look like weekends; some have a lull at the year's end."""
    days = almanac.american if rng.random() < 0.5 else almanac.european
    weekend = rng.uniform(0.15, 0.75)
    shape = np.where(almanac.weekend, weekend, 1.0)
    shape[days] = weekend * rng.uniform(0.85, 1.1)
    if rng.random() < 0.3:
        shape[almanac.year_end] = np.minimum(shape[almanac.year_end], 0.6)
        days = days | almanac.year_end
    stream = scattered(rng, money(rng) * shape, rng.uniform(0.02, 0.1))
    stream.may_start = ~with_neighbours(days)
    return stream


def storage(rng: Rng, almanac: Almanac) -> Stream:
    """What is stored piles up until a clean-up on one day of each month."""
    swept = almanac.day_of_month == rng.choice([1, 1, 1, 5, 10, 15, 28])
    growth, noise = rng.uniform(0.004, 0.02), rng.uniform(0.003, 0.02)
    expected = money(rng) * (1 + _pile(rng, swept, growth))
    # The saw's teeth count as noise, a tenth of the level at four standard deviations.
    sigma = float(np.hypot(noise, 0.3 * growth)) + 0.025
    stream = Stream.even(expected, expected * scatter(rng, almanac.n_days, noise), sigma)
    stream.odds = without("drift_up", "step_down")
    stream.may_start = ~with_neighbours(swept)
    stream.recurring = swept
    stream.hush_first(swept, more=2)
    return stream


def _pile(rng: Rng, swept: Flags, growth: float) -> Floats:
    """Growth since the last clean-up, and what that left: (n_days,)."""
    left_over, pile = rng.uniform(0.0, 0.15), rng.uniform(0, 0.3)
    heights = np.empty(len(swept))
    for day, is_swept in enumerate(swept):
        pile = pile * left_over if is_swept else pile + growth * rng.uniform(0.6, 1.4)
        heights[day] = pile
    return heights
