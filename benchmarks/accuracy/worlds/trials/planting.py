"""How many events a series gets, of which kinds, and how far apart.

Knows the rules of spacing; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.worlds.trials.draws import Rng
from benchmarks.accuracy.worlds.trials.move import Move
from benchmarks.accuracy.worlds.trials.shifts import birth, drift_up, gone, new, step_down, step_up
from benchmarks.accuracy.worlds.trials.spikes import drop, spike
from benchmarks.accuracy.worlds.trials.stream import Stream

FIRST_DAY = 20
WISHES = (0.47, 0.39, 0.12, 0.02)
"""Shares of the series for which no event is wished for, one, two and three."""
TRIES = 6
"""Kinds tried for one wish, and days tried for one kind beside the day wished for."""
OTHER_DAYS = 7
AFTER_RETURN = 14
"""Days on which the return of a step to its old level counts neither way."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event.

    Attributes:
        room: days the bill must still have from its start on.
        gap: days from its start before another may start.
        aftermath: days after its end on which an alert counts neither way.
    """

    lay: Callable[[Rng, Stream, int], Move | None]
    room: int
    gap: int
    aftermath: int


KINDS = {
    "spike": Kind(spike, room=3, gap=35, aftermath=7),
    "drop": Kind(drop, room=3, gap=35, aftermath=7),
    "step_up": Kind(step_up, room=7, gap=37, aftermath=14),
    "step_down": Kind(step_down, room=7, gap=37, aftermath=14),
    "drift_up": Kind(drift_up, room=29, gap=46, aftermath=14),
    "new": Kind(new, room=7, gap=37, aftermath=14),
    "gone": Kind(gone, room=7, gap=1_000_000, aftermath=14),
}


def plant(rng: Rng, stream: Stream) -> list[Move]:
    """Lay events over the stream, in order of time; those that found a place."""
    moves = _born(stream)
    free = stream.born + KINDS["new"].gap if stream.born else FIRST_DAY
    for wished in _wished_days(rng, stream):
        odds = dict(stream.odds)
        if moves or stream.born:
            odds.pop("new", None)
        move = _placed(rng, stream, odds, free=free, wished=wished)
        if move is not None:
            moves.append(move)
            free = _free_after(move)
            if move.back is not None:
                stream.quiet.append((move.back, move.back + AFTER_RETURN - 1))
    return moves


def _born(stream: Stream) -> list[Move]:
    """The birth of a series within the bill; a small one is neither normal nor an event for three weeks."""
    if not stream.born:
        return []
    move = birth(stream, stream.born)
    if move is None:
        stream.quiet.append((stream.born, stream.born + 20))
        return []
    return [move]


def _wished_days(rng: Rng, stream: Stream) -> list[int]:
    """Days on which an event is wished for, whatever the series does there; seldom any on pennies."""
    if stream.pennies and rng.random() < 0.7:
        return []
    number = rng.choice(len(WISHES), p=WISHES)
    return [int(day) for day in np.sort(rng.integers(FIRST_DAY, stream.n_days, number))]


def _placed(rng: Rng, stream: Stream, odds: dict[str, float], *, free: int, wished: int) -> Move | None:
    """One event on or after day `free`: kinds are drawn until one fits, each tried on several days."""
    for _ in range(min(TRIES, len(odds))):
        weights = np.array(list(odds.values()))
        name = str(rng.choice(list(odds), p=weights / weights.sum()))
        del odds[name]
        last = stream.n_days - KINDS[name].room
        if last < free:
            continue
        others = rng.integers(free, last + 1, OTHER_DAYS)
        for day in (max(free, min(wished, last)), *others.tolist()):
            move = KINDS[name].lay(rng, stream, day) if stream.may_start[day] else None
            if move is not None:
                return move
    return None


def _free_after(move: Move) -> int:
    """First day on which the next event may start."""
    free = move.start + KINDS[move.kind].gap
    return free if move.back is None else max(free, move.back + AFTER_RETURN + 1)
