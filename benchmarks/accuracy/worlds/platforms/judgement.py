"""Whether the owner of an account, looking at the ten weeks before, would say: yes, tell me.

Knows what is worth telling and what is out of a series' habits; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats
from benchmarks.accuracy.worlds.platforms.almanac import Bools, Ints
from benchmarks.accuracy.worlds.platforms.scene import Case

HISTORY = 70
"""Days an owner looks back."""
WORTH, SHARE = 10.0, 0.22
"""Dollars a day, and share of the usual, from which a change is worth telling."""
RECORD = 1.2
"""How far beyond the most of those days a change lies that is none of their habits."""
VISIBLE, VISIBLE_WORTH = 0.11, 4.0
"""Share of the usual, and dollars a day, from which a slow change can be seen."""
FAIR = 0.25
"""Share of an effect from which its days count."""
USEFUL, AFTER_TOP = 13, 6
"""Days after which a first notice of a lasting change, and of a slow one past its top, is late."""
FREQUENT, MONTH = 17, 365.25 / 12
"""Days between runs that are frequent, and of a month."""
PASSING = frozenset({"spike", "drop", "drift_up", "drift_down"})
"""Kinds whose dollars are counted over their days; those of the others over a week."""


def event_of(case: Case) -> Event | None:
    """The event as it is labelled (series 0), or nothing where it is faint, doubtful or a habit."""
    if case.kind == "missing":
        return _missing(case)
    start = _start(case)
    if start is None or start < HISTORY - 10 or len(case.after) - start < 4:
        return None
    end = _end(case, start)
    window = _window(case, start, end)
    effect = float(case.effect[window].mean())
    past = slice(start - min(HISTORY, start), start)
    alike = np.isin(case.almanac.weekday[past], case.almanac.weekday[window])
    usual = float(case.after[past][alike].mean())
    if effect < WORTH or effect < SHARE * usual or not _out_of_habit(case, past, window):
        return None
    kind = _kind(case, effect / max(usual, 0.01), window)
    days = end + 1 if kind in PASSING else start + 7
    impact = float(np.abs(case.effect[start:days]).sum())
    return Event(0, kind, start, end, impact, effect / usual if usual >= 0.01 else np.inf)


def _start(case: Case) -> int | None:
    """The first day with a fair share of it; of a slow one the first on which it is seen, and then stays."""
    effect = case.effect
    if case.kind.startswith("drift"):
        seen = effect >= np.maximum(VISIBLE * case.before, VISIBLE_WORTH)
        slow = range(case.first, case.top + 1)
        days = [day for day in slow if seen[day] and seen[day : day + 5].mean() >= 0.6]
    else:
        full = _full(effect[case.first : min(case.last, case.first + USEFUL) + 1])
        days = [day for day in range(case.first, case.last + 1) if full > 0 and effect[day] >= FAIR * full]
    return days[0] if days else None


def _full(effect: Floats) -> float:
    """All of an effect; of what comes on few days, as a month's fee, the most."""
    return float(np.quantile(effect, 0.8)) or float(effect.max())


def _end(case: Case, start: int) -> int:
    if case.kind in {"spike", "drop"}:
        effect = case.effect[start : case.last + 1]
        return start + int(np.flatnonzero(effect >= FAIR * _full(effect))[-1])
    return min(case.top + AFTER_TOP if case.kind.startswith("drift") else start + USEFUL, case.last)


def _window(case: Case, start: int, end: int) -> slice:
    """The days by which it is judged."""
    if case.kind.startswith("drift"):
        return slice(max(start, case.top - 6), case.top + 1)
    return slice(start, end + 1 if case.kind in {"spike", "drop"} else min(start + 7, end + 1))


def _kind(case: Case, ratio: float, window: slice) -> str:
    if case.kind == "step_up" and ratio > 20:
        return "new"
    if case.kind in {"step_down", "gone"}:
        left, due = case.after[window][2:].mean(), case.before[window][2:].mean()
        return "gone" if left < 0.04 * due else "step_down"
    return case.kind


def _out_of_habit(case: Case, past: slice, window: slice) -> bool:
    """Whether its days lie beyond all that ten weeks had of like length, weekday and date."""
    weekday, costs = case.almanac.weekday, case.after
    profile = np.array([np.median(costs[past][weekday[past] == day]) for day in range(7)])
    if case.sign < 0 and np.mean(profile < 0.05 * costs[past].mean()) > 0.6:
        # What comes now and then may stay away for a while.
        return False
    stand = case.sign * (costs - profile[weekday])
    length = min(window.stop - window.start, 7)
    seen = float(stand[window][-7:].mean())
    apart = np.where(_by_date(case, past, window), np.minimum(stand[past], 0.0), stand[past])
    records = np.convolve(apart, np.full(length, 1 / length), "valid")
    return bool(seen >= max(RECORD * records.max(), 0.5 * case.effect[window].mean(), 0.7 * WORTH))


def _by_date(case: Case, past: slice, window: slice) -> Bools:
    """Days before that stood out by their date of the month, where the window is of other dates."""
    date: Ints = case.almanac.day_of_month[past]
    apart = np.abs(date[:, None] - date[None, :])
    days = np.arange(len(date))
    twin = (np.minimum(apart, MONTH - apart) <= 2.5) & (np.abs(days[:, None] - days[None, :]) > 20)
    profile = np.median(case.after[past])
    high = case.sign * (case.after[past] - profile)
    again = (twin & (high[None, :] >= 0.6 * high[:, None])).any(axis=1) & (high > 0.15 * profile)
    away = np.abs(date[:, None] - case.almanac.day_of_month[window][None, :])
    return np.asarray(again & (np.minimum(away, MONTH - away) > 3).all(axis=1))


def _missing(case: Case) -> Event | None:
    """A run or charge that did not come, where two (four of the frequent) came before."""
    lost, n_days = case.effect, len(case.after)
    if lost.max() < 2 * WORTH:
        return None
    due = int(np.flatnonzero(lost > 0.2 * lost.max())[0])
    usual = float(np.median(case.after[max(due - HISTORY, 0) : due]))
    came = np.flatnonzero(case.before[:due] - usual > 0.6 * lost[due])
    runs = came[np.diff(came, prepend=-9) > 2]
    gap = int(np.diff(runs).max()) if len(runs) > 1 else n_days
    if len(runs) < (4 if gap < FREQUENT else 2) or due - runs[-1] > 1.4 * gap:
        return None
    if due >= n_days - 3 or lost[due] < 0.5 * usual:
        return None
    end = min(due + 3, n_days - 1)
    return Event(0, "missing", due, end, float(lost[due : end + 1].sum()), 1.0)
