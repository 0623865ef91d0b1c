"""What comes without any incident, far beyond everything of the ten weeks before: open to dispute.

Knows the yardstick that incidents are judged by; must not know any incident or detector.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.businesses.judgement import FOUR_WEEKS, PAST, WEEK, Past, blocks
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM
from benchmarks.accuracy.worlds.businesses.organization import Organization

LEAST, LEAST_MOVE, LEAST_SHARE, RECORDS = 10, 8, 0.5, 1.6
"""Dollars a day beyond like weekdays and the four weeks before, share of what was usual, times a record."""
SETTLED = 15
"""Days after a surprise until the next one."""
CROWD_DOLLARS, CROWD = 8, 1.35


def surprises(costs: Floats, past: Past, *, busy: Days) -> list[Range]:
    """Days, and weeks, first to last, that go far beyond any of the ten weeks before.

    Args:
        costs: (n_days,) dollars a day.
        past: which days are unlike others.
        busy: days about which something has been said already.
    """
    busy, found = busy.copy(), []
    padded = np.r_[np.full(PAST, np.nan), costs]
    for length in (1, WEEK):
        calm = _calm(past.unlike, length)
        for day in _far(costs, past, padded=padded, length=length):
            if not calm[day] or busy[day : day + length].any():
                continue
            found.append((day, day + max(length, 3)))
            busy[day : day + SETTLED] = True
    return found


def rare_crowds(costs: Floats, business: Organization) -> list[Range]:
    """Days of crowds that nobody has seen of late, where they cost a third more."""
    days, found = np.flatnonzero(business.rare), []
    for some in np.split(days, np.flatnonzero(np.diff(days) > 2) + 1):
        if not some.size:
            continue
        first, last = int(some[0]), int(some[-1])
        usual, spent = np.median(costs[max(0, first - PAST) : first]), costs[first : last + 1].mean()
        if spent - usual >= CROWD_DOLLARS and spent > CROWD * usual:
            found.append((first, last))
    return found


def _calm(unlike: Days, length: int) -> Days:
    """Days from which on so many are like others; of a week, with three days before it."""
    before = 3 if length > 1 else 0
    padded = np.r_[np.zeros(before, dtype=bool), unlike, np.zeros(length - 1, dtype=bool)]
    return np.asarray(~sliding_window_view(padded, before + length).any(axis=1))


def _far(costs: Floats, past: Past, *, padded: Floats, length: int) -> list[int]:
    """Days from which on so many go far beyond the ten weeks before."""
    days = np.arange(JUDGED_FROM, len(costs) - length + 1)
    weeks = sliding_window_view(padded, PAST)[days].reshape(len(days), -1, 7)
    # Ten weeks are whole weeks: the same place of each of them is the same weekday as so many days from now.
    usual = np.nanmedian(weeks, axis=1)
    ahead = sliding_window_view(costs, length)[days]
    beyond = (ahead - usual[:, :length]).mean(axis=1)
    before = np.array([costs[max(0, day - FOUR_WEEKS) : day].mean() for day in days])
    mean = np.nanmean(weeks, axis=(1, 2))
    is_far = (np.abs(ahead.mean(axis=1) - before) >= LEAST_MOVE) & (np.abs(beyond) >= LEAST)
    is_far &= np.abs(beyond) >= LEAST_SHARE * np.maximum(mean, 1e-9)
    moves = (weeks - usual[:, None]).reshape(len(days), PAST) * np.sign(beyond)[:, None]
    return [
        int(days[at])
        for at in np.flatnonzero(is_far)
        if abs(beyond[at]) >= RECORDS * _record(moves[at], past.unlike[: days[at]], length=length)
    ]


def _record(moves: Floats, unlike: Days, *, length: int) -> float:
    """The farthest that so many days in a row went, of the days before that say something."""
    known = min(PAST, len(unlike))
    said = np.where(unlike[-known:], 0, moves[-known:])
    return max(0.0, float(blocks(said, length).max()))
