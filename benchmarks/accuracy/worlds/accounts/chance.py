"""What befalls a series by its own nature, far beyond anything before: open to dispute, whatever it is.

Knows the same yardstick the events are judged by; must not know any event or detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.account import Range
from benchmarks.accuracy.worlds.accounts.judgement import LEAST
from benchmarks.accuracy.worlds.accounts.line import Line
from benchmarks.accuracy.worlds.accounts.yardstick import deviations, running

LEAST_OUTLIER = 8
THREE_WEEKS = 21
FIVE_WEEKS = 35


def great_bursts(line: Line) -> list[Range]:
    """The first bursts of a line, and those far beyond all before."""
    found = []
    for first, last in line.series.bursts:
        before = line.costs[:first]
        top, record = line.costs[first : last + 1].max(), before.max() if first else 0
        usual = np.median(before[-28:]) if first else 0
        is_great = top > 1.3 * record and top - usual >= LEAST and top > 1.5 * usual
        if first < THREE_WEEKS or is_great:
            found.append((first, last + 1))
    return found


def outliers(line: Line) -> list[Range]:
    """Days far above their own weekdays, and further than any before."""
    usual = deviations(line.costs, line.unlike)
    record = np.fmax.accumulate(np.where(np.isnan(usual), 0, usual))
    days = np.arange(THREE_WEEKS, len(usual))
    above, base = usual[days], line.costs[days] - usual[days]
    is_far = (above >= LEAST_OUTLIER) & (above > 0.5 * base) & (above > 1.4 * record[days - 1])
    return [(int(day), int(day) + 1) for day in days[is_far]]


def wanderings(line: Line) -> list[Range]:
    """Weeks far above or below the weeks before them, and further than any before."""
    total, known = running(deviations(line.costs, line.unlike))
    week, days = (total[7:] - total[:-7]) / 7, known[7:] - known[:-7]
    spent = np.r_[0, np.cumsum(line.costs)]
    usual = (spent[7:] - spent[:-7]) / 7 - week
    return [*_far_weeks(week, days, 0.5 * usual), *_far_weeks(-week, days, 0.35 * usual)]


def _far_weeks(week: Floats, known: Floats, needed: Floats) -> list[Range]:
    """Weeks that exceed what is needed and half as much again as any that ended before they began."""
    is_known = known >= 5
    record = np.maximum.accumulate(np.maximum(np.where(is_known, week, 0), 0))
    starts = np.arange(FIVE_WEEKS, len(week))
    here = week[starts]
    is_far = (here >= LEAST_OUTLIER) & (here > needed[starts]) & (here > 1.5 * record[starts - 7])
    return [(int(day), int(day) + 6) for day in starts[is_known[starts] & is_far]]
