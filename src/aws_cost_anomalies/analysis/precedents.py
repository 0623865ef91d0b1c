"""What a series did longer ago than its band remembers: dates of earlier months, and old habits.

A renewal comes each quarter, a sale once a year, a retry now and then. Knows costs of a year and the dates
that are like a day; must not know bands or thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aws_cost_anomalies.analysis.billing_calendar import MONTH_END_DAYS, Anniversary
from aws_cost_anomalies.analysis.bursts import count_runs, with_gaps
from aws_cost_anomalies.analysis.order_statistics import Days, days_of, median_of_days
from aws_cost_anomalies.analysis.recurrence import MEMORY
from aws_cost_anomalies.analysis.verdict import HISTORY, WEEK, Truth, Whole

REMEMBERED = 58 * WEEK
"""Days looked back: a year, and the level before the same day in it."""
WEEKS = 5
"""The level of a day is the median of its weekday in so many weeks before it."""
LEAST = (WEEKS + 2) * WEEK
"""Days of history before there is anything to remember."""
AS_FAR = np.float32(0.8)
"""Of today's departure from its level: a day that went so far is a precedent."""
GOING_ON = np.float32(0.5)
"""A day that went so far belongs to what is going on."""
ALIKE = np.float32(1.15)
"""Only a precedent of today's size speaks alone."""
BRIEF = 5
"""Days in a row up to which a departure was none to a new level."""
BRIEF_HABIT = 3
HABIT = 2
"""So many of them in four months make a habit."""
OF_TODAY = np.float32(1 / 3)
"""What an earlier day departed from counts as so much of today's at least: small change is no precedent."""
FAR = np.float32(6.0)
"""A day that went so far is not taken for a habit where nothing would be told of it later."""
AT_LAST = 4
"""So many days in ten weeks are told still; what goes on longer the band takes for usual."""
A_TRIFLE = 1e-6
"""Dollars that nothing is taken for where no impact is too small, so that a share of it is a number."""
ON_DATES = 2
"""So many on one day of the month are the calendar's doing."""
DATES = 32


def departures(costs: Days, sign: Days, offset: float) -> Days:
    """How far each day left its level in a direction, as a share of the lower of the two.

    That is a third of today's lower at least. An earlier day must have left the level after it as well: a
    return to work is no departure.

    Args:
        costs: (n_days, n_scopes), dollars a day.
        sign: (n_scopes,) the direction, +1 or −1.
        offset: dollars added to what they are a share of, which may be none.

    Returns:
        (n_days − 35, n_scopes)
    """
    before = _levels(costs[:-WEEK])
    least = np.maximum(OF_TODAY * np.minimum(costs[-1], before[-1]), 0) + np.float32(max(offset, A_TRIFLE))
    way = _way(costs[WEEK * WEEKS :], before, sign=sign, offset=offset, least=least)
    # The weeks to come are taken to be as the last one; of its own days nobody knows what they led to.
    later = np.vstack([costs[WEEKS * WEEK + WEEK : -1], *[costs[-WEEK - 1 : -1]] * (WEEKS - 1)])
    known = way[: -WEEK - 1]
    after = _way(costs[WEEK * WEEKS : -WEEK - 1], _levels(later), sign=sign, offset=offset, least=least)
    np.minimum(known, after, out=known)
    return way


def _levels(costs: Days) -> Days:
    """Medians of five days of one weekday in a row: (n_days, n_scopes) → (n_days − 28, n_scopes)."""
    n = costs.shape[0] - WEEK * (WEEKS - 1)
    return median_of_days(np.stack([costs[WEEK * k : WEEK * k + n] for k in range(WEEKS)]))


def _way(days: Days, level: Days, *, sign: Days, offset: float, least: Days) -> Days:
    beside = np.maximum(np.minimum(days, level) + np.float32(offset), least)
    return np.asarray(sign * (days - level) / beside)


def has_precedent(way: Days, days_of_month: Whole, dates: Sequence[Anniversary]) -> Truth:
    """Whether the last day went no farther than days like it did, or than some do now and then.

    Args:
        way: (n_days + 1, n_scopes) departures in the direction of the last one, which is judged.
        days_of_month: (n_days,) of the days before it.
        dates: those of earlier months that are like it.

    Returns:
        (n_scopes,)
    """
    before, today = way[:-1], way[-1]
    as_far, going_on = before >= AS_FAR * today, before >= GOING_ON * today
    habit, days = _is_habit(as_far[-MEMORY:], going_on[-MEMORY:], days_of_month[-MEMORY:])
    found = habit & ((today < FAR) | (days <= AT_LAST))
    brief = as_far & (_lengths(going_on) <= BRIEF)
    for date in dates:
        found |= _is_anniversary(brief, brief & (before <= ALIKE * today), date)
    return np.asarray(found & (today > 0))


def _is_anniversary(brief: Truth, alike: Truth, date: Anniversary) -> Truth:
    """Whether days went as far at a distance and at twice of it, or at the one remembered no farther."""
    n, none = brief.shape[0], np.zeros(brief.shape[1], dtype=bool)
    if max(date.twice) <= n:
        once, twice = (brief[[n - back for back in days]].any(axis=0) for days in (date.once, date.twice))
        return np.asarray(once & twice)
    if max(date.once) <= n and date.is_enough:
        return np.asarray(alike[[n - back for back in date.once]].any(axis=0))
    return none


def _is_habit(as_far: Truth, going_on: Truth, days_of_month: Whole) -> tuple[Truth, Whole]:
    """Whether such times came often enough, on no dates, and now lasts no longer than they did.

    And how many days of the last ten weeks will have gone so far when it has lasted as long as they did.
    """
    n = as_far.shape[0]
    run = np.where(going_on.all(axis=0), n, going_on[::-1].argmin(axis=0))
    earlier = as_far & (np.arange(n)[:, None] < n - run)
    lately = days_of(earlier[-HISTORY:])
    length = _lengths(earlier)
    earlier &= length <= BRIEF_HABIT
    earlier &= ~_by_date(earlier, days_of_month)
    often = count_runs(with_gaps(earlier)) >= HABIT
    longest = (length * earlier).max(axis=0)
    return np.asarray(often & (run < longest)), lately + longest


def _by_date(days: Truth, days_of_month: Whole) -> Truth:
    """Those of some days that fell on one day of the month again and again; its last three count as one."""
    ends = np.append(days_of_month[MONTH_END_DAYS:] <= MONTH_END_DAYS, np.zeros(MONTH_END_DAYS, dtype=bool))
    date = np.where(ends, 0, days_of_month)
    is_date = (date[:, None] == np.arange(DATES)).astype(np.float32)
    count = is_date.T @ days.astype(np.float32)
    return np.asarray(days & (count[date] >= ON_DATES))


def _lengths(days: Truth) -> Whole:
    """How many days in a row each such day is one of; 0 elsewhere: (n_days, n_scopes)."""
    n = days.shape[0]
    at = np.arange(n)[:, None]
    start = np.maximum.accumulate(np.where(days, 0, at + 1), axis=0)
    stop = np.minimum.accumulate(np.where(days, n, at)[::-1], axis=0)[::-1]
    return np.asarray(np.where(days, stop - start, 0), dtype=np.intp)
