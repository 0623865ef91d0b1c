"""How long a move lasts after the last day a detector marked it, and what would have been usual meanwhile.

Knows costs and flags of one scope; knows no money thresholds. A detector soon takes a new level for the usual
one; money goes on being spent all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.holidays import SATURDAY
from aws_cost_anomalies.analysis.medians import median
from aws_cost_anomalies.analysis.naming import is_drifting
from aws_cost_anomalies.analysis.runs import Run, split
from aws_cost_anomalies.analysis.weekly import WEEK
from aws_cost_anomalies.model.anomaly import Basis, Flags, Mark
from aws_cost_anomalies.model.panel import Bools, Floats, Panel

STILL_THERE = 0.5
"""A day belongs to the move while it keeps this share of its excess, as large as its weekday is dear."""
PATIENT_AFTER = 3
"""A move that lasted so many days may pause for the days of a gap."""
HARDLY = 0.1
"""Of what is usual on the marked days: a day of rest costs less, and shows nothing of a move."""
STILL_GROWS = 0.05
"""A drift goes on while a week is so much beyond the one a fortnight before: half of what makes one."""
DAYS_OF_REST = 3
"""A week has so many of them at most: where more days cost next to nothing, it is a job that runs on some."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the days from a run's first one to the end of the view say of the move: arrays (n_days,).

    Attributes:
        lasts: it is still there.
        ended: it is not.
    """

    lasts: Bools
    ended: Bools


def evidence(panel: Panel, flags: Flags, run: Run, *, gap_days: int) -> Evidence:
    """Day by day, whether a move is still there; most of what is neither is not known yet.

    It is while cost keeps half of the excess of the marked days, on a day that is usually cheaper than these
    a share of that as much smaller. A day of rest, or of new spend one of a weekend, decides nothing when
    it is cheap. Nor does an unsettled day whose cost, as it grows, may still come to the opposite.
    """
    days = slice(run.first, panel.period.days)
    usual = usual_during(flags, run, panel.period.days - 1, gap_days=gap_days)
    typical = float(median(usual[run.days - run.first]))
    weight = np.clip(usual / typical, 0.0, 1.0) if typical > 0 else np.ones(len(usual))
    needed = STILL_THERE * typical_excess(panel, flags, run)
    excess = panel.costs[run.row, days] - usual
    known = ~np.isnan(excess)
    settled = panel.settled[run.row, days]
    least = needed * np.maximum(weight, HARDLY)
    is_there = known & ((excess >= least) if needed > 0 else (excess <= least)) & (needed != 0)
    return Evidence(
        lasts=is_there & (settled | run.is_increase),
        ended=known & ~is_there & settled & ~_rests(panel, flags, run, weight=weight, gap_days=gap_days),
    )


def _rests(panel: Panel, flags: Flags, run: Run, *, weight: Floats, gap_days: int) -> Bools:
    """Which days from a run's first one on are days of rest: (n_days,)."""
    days = np.arange(run.first, panel.period.days)
    week = usual_during(flags, run, run.first + WEEK - 1, gap_days=gap_days)
    if not week.max() > 0:
        on_weekend: Bools = (panel.period.start.weekday() + days) % WEEK >= SATURDAY
        return on_weekend
    has_rest = np.count_nonzero(week < HARDLY * week.max()) <= DAYS_OF_REST
    resting: Bools = (weight < HARDLY) & has_rest
    return resting


def usual_during(flags: Flags, run: Run, last: int, *, gap_days: int) -> Floats:
    """Usual cost of each day from a run's first one to `last`: (n_days,), currency per day.

    Of the days that were marked at first (until a gap) it is the detector's expected cost; of all others what
    was expected on the same weekday in the week before the run, of a new level told late in the one before
    that, for a drift scaled to the level the drift is measured from.
    """
    expected = flags.expected[run.row]
    days = np.arange(run.first, last + 1)
    is_late = flags.basis is not None and flags.basis[run.row, run.first] == Basis.EIGHT_WEEKS
    before = run.first - WEEK * (1 + is_late) + (days - run.first) % WEEK
    usual = np.where(before >= 0, expected[np.maximum(before, 0)], np.nan)
    anchor = expected[run.first]
    if flags.mark[run.row, run.first] in {Mark.DRIFT_UP, Mark.DRIFT_DOWN} and usual[0] > 0:
        usual = usual * (anchor / usual[0])
    usual = np.where(np.isnan(usual), anchor, usual)
    at_first = split(run.days, gap_days)[0]
    at_first = at_first[at_first <= last]
    usual[at_first - run.first] = expected[at_first]
    return usual


def typical_excess(panel: Panel, flags: Flags, run: Run) -> float:
    """Median of actual − expected cost over the marked days, currency per day."""
    return float(median(panel.costs[run.row, run.days] - flags.expected[run.row, run.days]))


def last_day(panel: Panel, flags: Flags, run: Run, *, gap_days: int, most_days: int) -> int:
    """Position of the last day on which a move still lasts.

    From the last marked day on, as `evidence` has it, with gaps of at most `gap_days` once it lasted three
    days. After `most_days` days the new level is the usual one; that of a drift is not while it still rises.
    """
    end = panel.period.days if is_drifting(flags, run) else min(panel.period.days, run.first + most_days)
    if run.last + 1 >= end:
        return run.last
    found = _growing(panel, flags, run, gap_days=gap_days, most_days=most_days)
    last, missed = run.last, 0
    for day in range(run.last + 1, end):
        if found.lasts[day - run.first]:
            last, missed = day, 0
        elif found.ended[day - run.first]:
            missed += 1
            if missed > gap_days or last - run.first + 1 < PATIENT_AFTER:
                break
    return last


def is_over(panel: Panel, flags: Flags, run: Run, *, last: int, gap_days: int, most_days: int) -> bool:
    """Whether a move that lasted to `last` has ended: its days are up, or the days after it tell.

    One that lasted three days may pause, so more days than those of a gap must say so.
    """
    if last + 1 >= run.first + most_days and not is_drifting(flags, run):
        return bool(panel.settled[run.row, last + 1 :].any())
    found = _growing(panel, flags, run, gap_days=gap_days, most_days=most_days)
    after = slice(last + 1 - run.first, None)
    may_pause = last - run.first + 1 >= PATIENT_AFTER
    ended = int(np.count_nonzero(found.ended[after]))
    return ended > (gap_days if may_pause else 0) or bool(found.lasts[after].any())


def has_stayed(panel: Panel, flags: Flags, run: Run, *, last: int, gap_days: int, most_days: int) -> bool:
    """Whether a move that is over went on at its level, which is the usual one since: weekday for weekday.

    One whose days were up has until more days than those of a gap, most of the last week, are back. Any other
    ended because its days were back, unless those of the week after it and of the last one say otherwise.
    """
    found = evidence(panel, flags, run, gap_days=gap_days)
    after = slice(last + 1 - run.first, None)
    is_there = found.lasts[after][(found.lasts | found.ended)[after]]
    recent = is_there[-WEEK:]
    if most_days and last + 1 >= run.first + most_days:
        return _is_most(recent) or int(np.count_nonzero(~recent)) <= gap_days
    return _is_most(recent) and _is_most(is_there[:WEEK])


def _is_most(days: Bools) -> bool:
    return 2 * int(np.count_nonzero(days)) > len(days)


def _growing(panel: Panel, flags: Flags, run: Run, *, gap_days: int, most_days: int) -> Evidence:
    """The evidence, of a drift that its level still grows where it lasted longer than a level is news."""
    found = evidence(panel, flags, run, gap_days=gap_days)
    if not is_drifting(flags, run):
        return found
    is_young = np.arange(len(found.lasts)) < most_days
    grows = is_young | _still_grows(panel, run)
    known = ~np.isnan(panel.costs[run.row, run.first :]) & panel.settled[run.row, run.first :]
    return Evidence(lasts=found.lasts & grows, ended=found.ended | (known & ~grows))


def _still_grows(panel: Panel, run: Run) -> Bools:
    """Which days from a run's first one on end a week whose level is beyond that of the week a fortnight ago.

    An unsettled day may be a lower bound: it can show a rise, but no fall.
    """
    costs = panel.costs[run.row]
    costs = costs if run.is_increase else np.where(panel.settled[run.row], costs, np.nan)
    sign = 1.0 if run.is_increase else -1.0
    grows = np.zeros(panel.period.days - run.first, dtype=bool)
    for place in range(len(grows)):
        end = run.first + place + 1
        now, then = costs[max(end - WEEK, 0) : end], costs[max(end - 3 * WEEK, 0) : max(end - 2 * WEEK, 0)]
        now, then = now[~np.isnan(now)], then[~np.isnan(then)]
        if len(now) and len(then):
            before = float(median(then))
            grows[place] = sign * (float(median(now)) - before) >= STILL_GROWS * abs(before)
    return grows
