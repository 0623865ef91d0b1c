"""Families that are not billed every day: bursts, batch jobs, monthly fees, machines switched off at night.

Knows when work is done and when it is charged; must not know events or any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.almanac import Almanac, Days, Flags
from benchmarks.accuracy.worlds.trials.draws import Rng, money, scatter
from benchmarks.accuracy.worlds.trials.stream import Habit, Stream, only, scattered, without

NEXT_MONDAY: Days = np.array([0, 0, 0, 0, 0, 2, 1])
"""Days by which a charge that keeps office hours is late, by weekday."""


def intermittent(rng: Rng, almanac: Almanac) -> Stream:
    """Bursts of no fixed size on a few days; idle between them."""
    n = almanac.n_days
    active = rng.random(n) < rng.uniform(0.05, 0.4)
    if not active[:18].any():
        active[rng.integers(18)] = True
    sizes = money(rng) * np.exp(rng.normal(0, rng.uniform(0.2, 0.8), n))
    stream = Stream.even(np.zeros(n), active * sizes, 0.0)
    return _sporadic(stream, active, habit="bursts", seen=3)


def batch(rng: Rng, almanac: Almanac) -> Stream:
    """A job on one day of the week, or one or two of the month, over nothing or next to nothing."""
    size, sigma = money(rng) * rng.uniform(1.5, 4), rng.uniform(0.03, 0.2)
    is_weekly = bool(rng.random() < 0.6)
    due = _due_weekly(rng, almanac) if is_weekly else _due_monthly(rng, almanac)
    floor = size * rng.uniform(0.005, 0.05) if rng.random() < 0.3 else 0.0
    runs = size * np.exp(rng.normal(0, sigma, almanac.n_days))
    usage = np.where(due, runs, floor * scatter(rng, almanac.n_days, 0.1))
    stream = Stream.skewed(np.where(due, size, floor), usage, sigma)
    stream.usual = size
    _sporadic(stream, due, habit="batch", seen=3)
    if is_weekly:
        stream.odds = {"spike": 0.45, "drop": 0.15, "step_up": 0.2, "step_down": 0.1, "gone": 0.1}
    else:
        stream.hush_first(due)
    return stream


def _due_weekly(rng: Rng, almanac: Almanac) -> Flags:
    """One weekday, most often Monday."""
    due: Flags = almanac.weekday == (0 if rng.random() < 0.6 else rng.integers(7))
    return due


def _due_monthly(rng: Rng, almanac: Almanac) -> Flags:
    """One day of the month, or the first and the fifteenth."""
    days = rng.integers(1, 29, 1) if rng.random() < 0.7 else (1, 15)
    return np.isin(almanac.day_of_month, days)


def fee_only(rng: Rng, almanac: Almanac) -> Stream:
    """Nothing but a charge a month, exact or nearly so; in some, on the next working day."""
    size = money(rng) * rng.uniform(1, 10)
    due = almanac.day_of_month == (1 if rng.random() < 0.6 else rng.integers(2, 29))
    if rng.random() < 0.25:
        due = _on_working_days(due, almanac)
    spread = rng.uniform(0.005, 0.05) if rng.random() < 0.4 else 0.0
    stream = scattered(rng, size * due, spread)
    stream.usual = size
    stream.hush_first(due)
    return _sporadic(stream, due, habit="fee", seen=2)


def _on_working_days(due: Flags, almanac: Almanac) -> Flags:
    """The same charges, those of a weekend on the Monday after."""
    days = np.flatnonzero(due)
    days = days + NEXT_MONDAY[almanac.weekday[days]]
    late = np.zeros_like(due)
    late[days[days < almanac.n_days]] = True
    return late


def dev_onoff(rng: Rng, almanac: Almanac) -> Stream:
    """Machines for development: on in office hours, or switched on and off at whim."""
    level = money(rng)
    floor = level * rng.uniform(0.01, 0.1) if rng.random() < 0.4 else 0.0
    on_a_plan = bool(rng.random() < 0.55)
    active = _office_days(rng, almanac) if on_a_plan else _whims(rng, almanac.n_days)
    week_off = None
    if on_a_plan and rng.random() < 0.2 and almanac.n_days > 70:
        some_day = int(rng.integers(25, almanac.n_days - 20))
        week_off = some_day - int(almanac.weekday[some_day])
        active[week_off : week_off + 7] = False
    stream = _switched(rng, active, (floor, level))
    stream.on_a_plan = on_a_plan
    stream.odds = without("new", "drift_up") if on_a_plan else only("spike", "step_up")
    if week_off is not None:
        # Whether a week off is an anomaly can be argued either way.
        stream.quiet.append((week_off, week_off + 8))
        stream.may_start[max(0, week_off - 12) : week_off + 16] = False
    return stream


def _switched(rng: Rng, active: Flags, levels: tuple[float, float]) -> Stream:
    """A stream between two levels, what it costs off and what it costs on."""
    off, on = levels
    expected: Floats = np.where(active, on, off)
    stream = scattered(rng, expected, rng.uniform(0.02, 0.12))
    stream.habit = "switched"
    stream.active = active
    stream.regular = False
    return stream


def _office_days(rng: Rng, almanac: Almanac) -> Flags:
    """Monday to Friday, in some without one of them."""
    active = almanac.weekday < 5
    return active & (almanac.weekday != rng.integers(5)) if rng.random() < 0.3 else active


def _whims(rng: Rng, n: int) -> Flags:
    """On for two to ten days, off for one to seven, in turns; on at some time in the first two weeks."""
    active = np.zeros(n, dtype=bool)
    is_on = bool(rng.random() < 0.6)
    day = 0
    while day < n:
        length = int(rng.integers(2, 11) if is_on else rng.integers(1, 8))
        active[day : day + length] = is_on
        day += length
        is_on = not is_on
    if not active[:15].any():
        active[3:9] = True
    return active


def _sporadic(stream: Stream, active: Flags, *, habit: Habit, seen: int) -> Stream:
    """The stream with this habit; its events are spikes, which may start once `seen` charges have come."""
    stream.habit = habit
    stream.active = active
    stream.regular = False
    stream.odds = only("spike")
    stream.may_start = np.cumsum(active) >= seen
    return stream
