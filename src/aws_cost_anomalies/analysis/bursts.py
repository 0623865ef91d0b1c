"""Excursions that come again and again: what a further one is measured against.

Knows batch work, on-and-off series and other habits of leaving the band; must not know calendars.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.activity import Activity, active_band
from aws_cost_anomalies.analysis.billing_calendar import Analogues
from aws_cost_anomalies.analysis.hull import Band, weekend_below, without_week
from aws_cost_anomalies.analysis.order_statistics import Days, days_of, in_order, median_of_days, pick
from aws_cost_anomalies.analysis.verdict import WEEK, Case, Truth, Whole

OUTSIDE = np.float32(5.0)
"""Standard deviations from which a past day was an excursion."""
AS_USUAL = np.float32(0.25)
"""Of these: so near to what its weekday usually costs a day was none, whatever the days around it cost."""
HABIT = 3
"""So many excursions in the history make a habit; in the first four weeks one, in the next four two."""
GROWN = 8 * WEEK
"""Days after which a series is no longer young."""
PRECEDENTS = 0.06
"""Share of the days that make a precedent, at least two; in the first four weeks one day, then two."""
RECORD = np.float32(3.0)
"""So many times as far out as ever before is no habit."""
TWICE = np.float32(2.0)
"""Nor is a day so many times as dear as any in four weeks or more."""
MARGIN = np.float32(0.3)
"""Of today's distance from what was expected: so much nearer a day still lay as far out."""
BY_DATE = 5
"""So many times as frequent on the dates of fees and month ends as on other days: the calendar's doing."""
MONTH = 31
FIRSTS = (1, 32, 63)
"""Days back at which the last month begins, the one before it, and what is left of a history."""


def excursions(case: Case, band: Band, sign: int, *, where: Whole) -> Truth:
    """Days of the past outside the band, upwards (+1) or downwards (−1), of the scopes `where`.

    A workday no cheaper than a weekend is none where the weekends are cheap: it was a holiday. Nor is a
    weekend that is only no cheaper than the holidays around it: it must lie as far outside with its weekday's
    effect left in, or beyond what its weekday usually costs.
    """
    reach = OUTSIDE * band.spread[where]
    residual, effects = sign * band.residual[:, where], band.effects[:, where]
    beyond = residual
    if sign < 0:
        has_weekend = weekend_below(effects, case.like.weekday) > reach
        above_weekend = np.maximum(effects - effects[0] - band.weekend[where], 0)
        beyond = without_week(beyond, has_weekend * above_weekend)
    out: Truth = beyond > reach
    if band.matters is not None:
        out &= band.matters[:, where]
    alone = np.flatnonzero(out.any(axis=0))
    past, weeks = case.past.take(where[alone], axis=1), case.past.shape[0] // WEEK
    if alone.size and weeks:
        usual = median_of_days(past[-weeks * WEEK :].reshape(weeks, WEEK, -1))
        beyond_usual = sign * without_week(past, usual) > AS_USUAL * reach[alone]
        with_week = without_week(residual[:, alone], -sign * effects[:, alone]) > reach[alone]
        out[:, alone] &= beyond_usual | with_week
    return out


def count_runs(out: Truth) -> Whole:
    """How many runs of days (n_days, n_scopes) there are: (n_scopes,)."""
    count: Whole = (out[1:] & ~out[:-1]).sum(axis=0) + out[0]
    return count


def against_habit(case: Case, band: Band, score: Days, *, least: float) -> Days:
    """The scores, those of habitual excursions measured against the earlier ones: (n_scopes,), signed.

    An excursion that lasts clearly longer than any before keeps its score: that is a step.

    Args:
        case: the series.
        band: theirs, in dollars.
        score: surprise so far.
        least: |score| below which nothing is measured again.
    """
    score = score.copy()
    for sign in (1, -1):
        suspect = np.flatnonzero(sign * score >= least)
        if suspect.size == 0:
            continue
        known = case.known[suspect]
        out = excursions(case, band, sign, where=suspect)
        earlier = _but_dates(_without_going_on(out, known), case.like, known=known)
        habitual = np.flatnonzero(count_runs(earlier) >= _by_age(known, HABIT))
        if habitual.size:
            where = suspect[habitual]
            measured = _measured(case, band, where=where, out=earlier[:, habitual], sign=sign)
            run, longest = Activity(_but_dates(out, case.like, known=known)[:, habitual]).runs()
            is_step = (run >= 2) & (run + 1 >= np.maximum(1.5 * longest, longest + 2))
            score[where] = np.where(is_step, score[where], sign * np.minimum(sign * score[where], measured))
    return score


def _measured(case: Case, band: Band, *, where: Whole, out: Truth, sign: int) -> Days:
    """Surprise of today's distance beside the distances of earlier excursions: (len(where),)."""
    excess = np.maximum(sign * band.residual[:, where], 0)
    edge = (band.upper if sign > 0 else band.lower)[where]
    today = np.maximum(sign * (case.today[where] - edge), 0)
    found = Activity(out)
    ordered = in_order(np.where(out, excess, 0))
    largest = ordered[-1]
    typical = pick(ordered, excess.shape[0] - 1 - (found.count - 1) // 2)
    half = np.full(typical.shape, 0.5, dtype=np.float32)
    surprise = active_band(np.log(excess + typical), found, half).surprise(np.log(today + typical))
    is_record = today > RECORD * largest
    if sign > 0:
        is_record |= (case.today[where] > TWICE * case.largest[where]) & (case.known[where] >= 4 * WEEK)
    return np.where(is_record, np.float32(np.inf), surprise)


def has_precedent(case: Case, band: Band, score: Days) -> Truth:
    """Where enough of the days lay as far out, their weekday taken out: (n_scopes,).

    In the first eight weeks of a series the days up to yesterday, less than a week in a row, are no precedent
    for today: they are what is going on. Later, nothing is that happened once, unless it lasted four weeks.
    """
    odd = np.flatnonzero(np.abs(score) > 1)
    effects = band.effects[:, odd]
    settled = without_week(case.past[:, odd], effects)
    today = case.today[odd] - effects[0]
    margin = MARGIN * np.abs(case.today[odd] - band.centre[odd])
    as_high, as_low = settled >= today - margin, settled <= today + margin
    dates = () if case.like.is_zone else case.like.fees + case.like.ends
    known = case.known[odd]
    alike = _without_going_on(np.where(score[odd] > 0, as_high, as_low), known)
    alike = _without_dates(alike, dates, known=known)
    found = days_of(alike)
    again = (known < GROWN) | (found >= 4 * WEEK) | (count_runs(with_gaps(alike)) >= 2)
    out = np.zeros(score.shape, dtype=bool)
    out[odd] = again & (found >= _by_age(known, max(2.0, PRECEDENTS * case.past.shape[0])))
    return out


def with_gaps(days: Truth) -> Truth:
    """The days, and the two after each: same shape."""
    wide = days.copy()
    wide[1:] |= days[:-1]
    wide[2:] |= days[:-2]
    return wide


def _without_going_on(days: Truth, known: Whole) -> Truth:
    """The days, of young series without those in a row up to yesterday, where these are fewer than a week.

    Nor with days that were filled before a series was there: (n_days, n_scopes).
    """
    n = days.shape[0]
    there: Truth = days & (np.arange(n)[:, None] >= n - known)
    latest = np.logical_and.accumulate(there[::-1], axis=0)[::-1]
    there &= ~(latest & (days_of(latest) < WEEK) & (known < GROWN))
    return there


def _but_dates(out: Truth, like: Analogues, *, known: Whole) -> Truth:
    """Excursions, without those of days on which fees come and what comes at the end of each month."""
    kept = out.copy()
    kept[[out.shape[0] - back for back in like.fees if back <= out.shape[0]]] = False
    return _without_dates(kept, like.ends, known=known)


def _without_dates(days: Truth, dates: tuple[int, ...], *, known: Whole) -> Truth:
    """The days, without those on some dates of the month where it is the date that matters.

    It does where such days came on these dates in either of the last two months, as far as a series was there
    for the whole of them, and five times as often as on others: (n_days, n_scopes).
    """
    n = days.shape[0]
    months = [[n - back for back in dates if first <= back < first + MONTH and back <= n] for first in FIRSTS]
    rows = [row for month in months for row in month]
    there = days_of(days[rows])
    elsewhere = days_of(days) - there
    by_date = there * (n - len(rows)) >= BY_DATE * elsewhere * len(rows)
    for first, month in zip(FIRSTS[:2], months[:2], strict=True):
        by_date &= days[month].any(axis=0) | (known < first + MONTH - 1)
    kept = days.copy()
    kept[rows] &= ~by_date
    return kept


def _by_age(known: Whole, grown: float) -> Days:
    """How often something must have happened to be usual, less often in a short history: (n_scopes,).

    What a bursty series does in its first weeks looks like an anomaly until it was seen again.
    """
    young = np.where(known < 4 * WEEK, 1.0, np.where(known < GROWN, 2.0, grown))
    return np.minimum(young, grown).astype(np.float32)
