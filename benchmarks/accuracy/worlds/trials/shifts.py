"""Events that last: steps, a slow drift, a series that begins and one that ends.

Knows how large a lasting change must be to stand out; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.draws import Rng, log_uniform
from benchmarks.accuracy.worlds.trials.move import Move
from benchmarks.accuracy.worlds.trials.stream import Stream

NOTICE = 6
"""Days after its start on which a first notice of a lasting change still counts."""
DRIFT_NOTICE = 28
FASTEST_DRIFT = 0.042


def step_up(rng: Rng, stream: Stream, day: int) -> Move | None:
    """Up by four tenths to four times, more where the noise asks for it; None beyond eight times."""
    usual = stream.size(day)
    if usual <= 0:
        return None
    size = max(log_uniform(rng, 0.4, 4.0), stream.rise[day] * rng.uniform(1, 1.25), _dollars(rng) / usual)
    return None if size > 8 else _step(rng, stream, day, kind="step_up", change=size)


def step_down(rng: Rng, stream: Stream, day: int) -> Move | None:
    """Down by 40 to 80 percent, more where the noise asks for it; None beyond 85."""
    usual = stream.size(day)
    if usual <= 0:
        return None
    size = max(rng.uniform(0.4, 0.8), stream.fall[day] * rng.uniform(1, 1.1), _dollars(rng) / usual)
    return None if size > 0.85 else _step(rng, stream, day, kind="step_down", change=-size)


def _step(rng: Rng, stream: Stream, day: int, *, kind: str, change: float) -> Move:
    """Another level from this day on; three in ten go back after two or three weeks."""
    stop = stream.n_days
    if rng.random() < 0.3 and stream.habit != "batch":
        stop = min(stop, day + int(rng.integers(14, 21)))
    end, impact = _multiply(rng, stream, day, factors=np.full(stop - day, 1 + change), notice=NOTICE)
    back = stop if stop < stream.n_days else None
    return Move(kind, day, end, impact, abs(float(change)), back)


def drift_up(rng: Rng, stream: Stream, day: int) -> Move | None:
    """A leak of one to four percent a day for three to four weeks; None where that would not stand out."""
    usual = stream.level(day)
    if usual <= 0:
        return None
    length = int(rng.integers(21, 31))
    size = max(float(stream.rise[day]), _dollars(rng) / usual)
    rate = max(rng.uniform(0.01, 0.04), 2.5 * stream.growth, (1 + size) ** (1 / 21) - 1)
    if rate > FASTEST_DRIFT:
        return None
    ramp = np.minimum(np.arange(1, stream.n_days - day + 1), length)
    end, impact = _multiply(rng, stream, day, factors=(1 + rate) ** ramp, notice=DRIFT_NOTICE)
    return Move("drift_up", day, end, impact, float((1 + rate) ** length - 1))


def gone(rng: Rng, stream: Stream, day: int) -> Move | None:
    """Nothing from this day on; None where there was little, or where something would be left."""
    usual = stream.size(day)
    has_floor = stream.habit == "batch" and stream.expected.min() > 0
    if usual < 6 or has_floor or stream.expected[day] < 0.6 * usual or stream.usage[day] < 5:
        return None
    end = min(day + NOTICE, stream.n_days - 1)
    impact = float(stream.costs[day : end + 1].sum())
    for costs in (stream.usage, stream.expected, stream.fees):
        costs[day:] = 0.0
    return Move("gone", day, end, impact, 1.0)


def new(rng: Rng, stream: Stream, day: int) -> Move | None:
    """Nothing before this day; None where ten dollars a day do not come at once."""
    move = birth(stream, day)
    if move is None or stream.usage[day] < 10 or stream.expected[day] < 0.6 * stream.level(day):
        return None
    for costs in (stream.usage, stream.expected, stream.fees):
        costs[:day] = 0.0
    stream.born = day
    stream.quiet = [(first, last) for first, last in stream.quiet if first >= day]
    stream.hush_first(stream.recurring & (np.arange(stream.n_days) >= day), more=3)
    return move


def birth(stream: Stream, day: int) -> Move | None:
    """The label of a first week from this day on; None where its usage is below ten dollars a day."""
    end = min(day + NOTICE, stream.n_days - 1)
    if stream.usage[day : end + 1].mean() < 10:
        return None
    return Move("new", day, end, float(stream.costs[day : end + 1].sum()), np.inf)


def _dollars(rng: Rng) -> float:
    """Least dollars a day that a lasting change moves."""
    return float(rng.uniform(5, 7))


def _multiply(rng: Rng, stream: Stream, day: int, *, factors: Floats, notice: int) -> tuple[int, float]:
    """Multiply the days from this one on; the last day for a notice, and the dollars moved until then."""
    before = stream.usage.copy()
    days = slice(day, day + len(factors))
    if stream.price:
        _thin_or_add(rng, stream, days, factors=factors)
    else:
        stream.usage[days] *= factors
    stream.expected[days] *= factors
    end = min(day + notice, stream.n_days - 1)
    return end, float(np.abs(stream.usage - before)[day : end + 1].sum())


def _thin_or_add(rng: Rng, stream: Stream, days: slice, *, factors: Floats) -> None:
    """Counts stay counts: some of the things are left out, or further ones come."""
    things = np.rint(stream.usage[days] / stream.price).astype(np.int64)
    kept = rng.binomial(things, np.minimum(factors, 1))
    further = rng.poisson(np.maximum(factors - 1, 0) * stream.expected[days] / stream.price)
    stream.usage[days] = stream.price * (kept + further)
    for clear in (stream.rise, stream.fall):
        clear[days] /= np.sqrt(np.maximum(factors, 0.05))
