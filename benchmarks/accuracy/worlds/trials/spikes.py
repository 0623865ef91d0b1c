"""Events of one to three days: a spike on what is usual there, a drop, a burst or a charge too large.

Knows how large an event must be to stand out; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.draws import Rng, log_uniform
from benchmarks.accuracy.worlds.trials.move import Move
from benchmarks.accuracy.worlds.trials.stream import Stream

LENGTHS = (1, 2, 3)


def spike(rng: Rng, stream: Stream, day: int) -> Move | None:
    """More than usual for a few days; None where it would not stand out or be out of all proportion."""
    if stream.habit == "bursts":
        return _larger_burst(rng, stream, day)
    if stream.habit in {"batch", "fee"}:
        return _larger_charge(rng, stream, day)
    length = min(int(rng.choice(LENGTHS, p=[0.5, 0.3, 0.2])), stream.n_days - day)
    if not stream.may_start[day : day + length].all():
        length = 1
    days = slice(day, day + length)
    level = stream.level(day)
    added = _pennies_to_dollars(rng, stream, length) if stream.pennies else _more(rng, stream, days)
    if added is None or level <= 0:
        return None
    stream.usage[days] += added
    usual = float((stream.expected + stream.fees)[days].sum())
    impact = float(added.sum())
    return Move("spike", day, day + length - 1, impact, impact / max(usual, 0.1 * level * length))


def _pennies_to_dollars(rng: Rng, stream: Stream, length: int) -> Floats | None:
    """Five to forty dollars a day, if that is far above any penny so far."""
    amount = rng.uniform(5, 40)
    return None if amount < 6 * stream.usage.max() else np.full(length, amount)


def _more(rng: Rng, stream: Stream, days: slice) -> Floats | None:
    """What a spike adds: half to nine times the usual, five dollars at least and clear of the noise."""
    expected = stream.expected[days]
    level = stream.level(days.start)
    factor = log_uniform(rng, 0.5, 9)
    usual = expected if rng.random() < 0.5 else np.full(len(expected), level)
    if stream.habit == "switched":
        usual = np.full(len(expected), stream.peak(days.start))
        factor = max(factor, 1.0 if stream.on_a_plan else 1.5)
    clear = stream.rise[days] * np.maximum(expected, 0.1 * level) * rng.uniform(1, 1.35)
    least = np.maximum(rng.uniform(5, 8), clear)
    added = np.maximum(factor * usual * rng.uniform(0.9, 1.1, len(expected)), least)
    return None if added.max() > 25 * level or least[0] > 12 * level else added


def _larger_burst(rng: Rng, stream: Stream, day: int) -> Move | None:
    """A burst three to seven times the largest of the others, rarely on the heels of another."""
    largest = float(stream.usage.max())
    if stream.usage[day - 1] > 0 and rng.random() < 0.5:
        return None
    size = max(largest * rng.uniform(3, 7), rng.uniform(5, 9))
    if size > 60 * largest:
        return None
    impact = size - float(stream.usage[day])
    stream.usage[day] = size
    bursts = stream.usage[stream.usage > 0]
    return Move("spike", day, day, impact, size / float(np.median(bursts)) - 1)


def _larger_charge(rng: Rng, stream: Stream, day: int) -> Move | None:
    """A charge on its day that is too large, or one on a day on which none is due."""
    is_due = bool(rng.random() < 0.7)
    if bool(stream.active[day]) != is_due:
        return None
    if is_due:
        clear = stream.rise[day] * rng.uniform(1, 1.3)
        added = float(stream.expected[day] * max(log_uniform(rng, 0.5, 9), clear))
    else:
        added = stream.usual * rng.uniform(1.5 if stream.habit == "fee" else 2.0, 6)
    added = max(added, rng.uniform(5, 8))
    if added > 12 * stream.usual:
        return None
    stream.usage[day] += added
    return Move("spike", day, day, added, added / stream.usual)


def drop(rng: Rng, stream: Stream, day: int) -> Move | None:
    """Less than usual, or nothing, for a few days; None where five dollars a day could not be missed."""
    is_batch = stream.habit == "batch"
    depth = 1.0 if is_batch or rng.random() < 0.35 else rng.uniform(0.5, 1.0)
    length = 1 if is_batch else int(rng.choice(LENGTHS, p=[0.45, 0.35, 0.2]))
    length = _missable(stream, day, depth=depth, wished=length)
    if not length:
        return None
    days = slice(day, day + length)
    clear = float(stream.fall[days].max())
    if depth < clear:
        is_whole = clear >= 0.95 or rng.random() < 0.3
        depth = 1.0 if is_whole else rng.uniform(clear, min(1.0, 1.2 * clear))
    impact = depth * float(stream.usage[days].sum())
    stream.usage[days] *= 1 - depth
    return Move("drop", day, day + length - 1, impact, depth)


def _missable(stream: Stream, day: int, *, depth: float, wished: int) -> int:
    """Days from this one on that are large enough to be missed, at most as many as wished for."""
    days = slice(day, day + wished)
    usual = stream.size(day)
    enough = (
        stream.may_start[days] & (stream.expected[days] >= 0.5 * usual) & (depth * stream.usage[days] >= 5)
    )
    return int(np.cumprod(enough).sum()) if usual > 0 else 0
