"""Whether an expert would see a change: how far it goes beyond comparable days of the twelve weeks before.

Knows robust spreads and records; must not know how a change was made, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.years.mishap import Mishap

PAST = 84
"""Days before, with which a change is compared."""
MATTERS = 0.25
"""Share of its largest day from which on a day of a change says something."""
LEAST = 1e-9


def stands_out(mishap: Mishap, off: Days, *, record: float | None) -> bool:
    """Whether a change would be seen, days off being compared with days off.

    Args:
        mishap: what changed.
        off: (n_days,) weekends and holidays.
        record: how many times the largest day before a brief rise must reach; None of what lasts.
    """
    is_rise = (mishap.after - mishap.before)[mishap.first : mishap.last + 1].sum() > 0
    spreads, ratios = _reach(mishap, off, is_rise=is_rise)
    if not spreads.size:
        return False
    if record is None:
        return _lasts(mishap, spreads, is_rise=is_rise)
    if is_rise:
        past = mishap.after[max(0, mishap.first - PAST) : mishap.first]
        return bool(spreads.max() >= 4 and ratios.max() > record + _beyond_tails(past))
    return bool(spreads.max() >= 3.5 and ratios.min() < 0.85)


def _reach(mishap: Mishap, off: Days, *, is_rise: bool) -> tuple[Floats, Floats]:
    """Of each day that matters: spreads beyond the median of comparable days, and times their record."""
    first, after = mishap.first, mishap.after
    past = slice(max(0, first - PAST), first)
    reach = []
    for day in first + np.flatnonzero(mishap.moved >= MATTERS * mishap.dollars):
        alike = after[past][off[past] == off[day]]
        usual = np.median(alike)
        record = alike.max() if is_rise else np.quantile(alike, 0.02)
        beyond = (after[day] - usual) / _spread(alike) * (1 if is_rise else -1)
        reach.append((beyond, after[day] / max(record, LEAST)))
    spreads, ratios = np.array(reach).reshape(-1, 2).T
    return spreads, ratios


def _spread(alike: Floats) -> float:
    """The larger of two robust spreads, and a hundredth of what is usual at least."""
    usual = np.median(alike)
    typical = 1.4826 * np.median(np.abs(alike - usual))
    wide = (np.quantile(alike, 0.95) - np.quantile(alike, 0.05)) / 3.3
    return float(max(typical, wide, 0.01 * abs(usual), LEAST))


def _beyond_tails(past: Floats) -> float:
    """How much farther beyond the record a rise must go where tails are wide, if not by lone charges."""
    common, record = np.quantile(past, 0.9), past.max()
    if record >= 3 * max(common, LEAST):
        return 0.0
    return float(0.4 * min(1.0, (record - common) / max(common, LEAST)))


def _lasts(mishap: Mishap, spreads: Floats, *, is_rise: bool) -> bool:
    """A change of a week and more must make a week beyond any of the past; a shorter one be far."""
    first, last, after = mishap.first, mishap.last, mishap.after
    length, is_ramp = min(7, last - first + 1), mishap.kind == "drift_up"
    far = float(spreads[-6:].mean() if is_ramp else spreads[:10].mean())
    if length < 7:
        return far > 3
    weeks = np.convolve(after[max(0, first - PAST) : first], np.ones(7) / 7, "valid")
    week = after[last - 6 : last + 1].mean() if is_ramp else after[first : first + 7].mean()
    if is_rise:
        return bool(week > 1.12 * weeks.max() and far > 1.8)
    return bool(week < 0.85 * weeks.min() and far > 1.2)
