"""Whether the owner of an account would want to be told: one rule for all families.

Told is what is worth ten dollars a day and a share of the usual, and lies outside what the ten weeks before
show as habits of the same length. Knows costs with and without an incident; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.tenants.almanac import Flags

LOOK_BACK = 70
LENGTHS = (1, 3, 7, 10)
"""Days over which a change and the habits before it are compared."""
LEAST_DOLLARS, LEAST_SHARE = 10.0, 0.23
BEYOND, MARGIN = 1.2, 0.08
"""What is told exceeds the greatest such stretch of the past by a factor and a share of the usual."""
FORGIVING = 1.6
DOUBTFUL = 0.5
"""At this share of what is asked a change is no longer plainly ordinary."""
RECORD, RECORD_SHARE = 1.5, 0.4
"""An ordinary stretch this far beyond the past, and this share of the usual, is not held against an alert."""
MEMORY = 8
"""Comings of a charge that an owner has in mind."""
RECORD_LENGTHS = (1, 7, 14)
SETTLES = 3
"""Days for which a record goes on being news."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What a reader compares.

    Attributes:
        past: up to ten whole weeks before, (7 * weeks,).
        usual: what the days of the incident would have cost.
        told: what they did cost.
        sign: 1 for more, -1 for less.
        late: days between the past and the first day of what is compared.
    """

    past: Floats
    usual: Floats
    told: Floats
    sign: int
    late: int = 0


def past_of(costs: Floats, start: int, born: int) -> Floats:
    """The whole weeks before a day, ten at most, since the series began."""
    weeks = min((start - born) // 7, LOOK_BACK // 7)
    return costs[start - 7 * weeks : start]


def weight(case: Case) -> float:
    """How far a change meets what is asked: told at 1 and above."""
    effect = case.sign * (case.told - case.usual)
    usual = max(float(case.past.mean()), float(case.usual.mean()))
    worth = min(effect.mean() / LEAST_DOLLARS, effect.mean() / max(LEAST_SHARE * usual, 1e-9))
    strange = strangeness(case, effect)
    # Among restless habits a change is doubtful long before it is plain.
    return float(min(worth, strange if strange >= 1 else min(strange * FORGIVING, 0.99)))


def strangeness(case: Case, effect: Floats) -> float:
    """The greatest excess over the habits of the past, as a share of what is asked."""
    weeks = case.past.reshape(-1, 7)
    week = np.median(weeks, axis=0)
    habits = case.sign * (weeks - week).ravel()
    expected = week[(np.arange(len(effect)) + case.late) % 7]
    # Growth, or a peak that was due anyway, makes half of what is strange at most.
    seen = np.minimum(2 * effect, case.sign * (case.told - expected))
    best = 0.0
    for length in LENGTHS:
        if length <= len(effect):
            asked = BEYOND * max(rolling(habits, length).max(), 0) + MARGIN * case.past.mean()
            best = max(best, rolling(seen, length).max() / max(asked, LEAST_DOLLARS / 2))
    return best


def rolling(values: Floats, length: int) -> Floats:
    """Means of all stretches of a length."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((sums[length:] - sums[:-length]) / length)


def recurs(costs: Floats, day: int) -> bool:
    """A charge of that size came at even distances, at least three times before that day."""
    came = np.flatnonzero(costs[: day + 1] > 0.5 * costs[day])
    gaps = np.diff(came)[-MEMORY:]
    # A month has 28 to 31 days, and its nth Tuesday is four weeks off or five.
    slack = 7 if len(gaps) and gaps.min() > 20 else 0
    return len(gaps) >= 3 and int(gaps.max() - gaps.min()) <= slack


def records(costs: Floats, first: int) -> Flags:
    """Days from `first` on that go far beyond all of the ten weeks before, (n_days,)."""
    padded = np.concatenate([np.tile(costs[:14], LOOK_BACK // 14), costs])
    windows = sliding_window_view(padded, LOOK_BACK)[first : len(costs)]
    weeks = windows.reshape(len(windows), -1, 7)
    week = np.sort(weeks, axis=1)[:, 4:6].mean(axis=1)
    habits = (weeks - week[:, None, :]).reshape(len(windows), LOOK_BACK)
    sums = np.cumsum(np.pad(habits, ((0, 0), (1, 0))), axis=1)
    usual = windows.mean(axis=1)
    out = np.zeros(len(costs) + LOOK_BACK, dtype=bool)
    for length in RECORD_LENGTHS:
        stretches = (sums[:, length:] - sums[:, :-length]) / length
        ahead = sliding_window_view(np.append(costs, np.full(length, np.nan)), length)[first : len(costs)]
        move = (ahead - week[:, np.arange(length) % 7]).mean(axis=1)
        asked = np.maximum(RECORD_SHARE * usual, LEAST_DOLLARS)
        high = move > np.maximum(RECORD * stretches.max(axis=1), asked)
        low = -move > np.maximum(-RECORD * stretches.min(axis=1), asked)
        for day in np.flatnonzero(high | low) + first:
            out[day : day + length + SETTLES] = True
    return out[: len(costs)]
