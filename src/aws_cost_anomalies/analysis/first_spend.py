"""Verdicts on series in their first week: spend never seen before, told once.

Knows a dollar rule and extremes; a week is too short for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.billing_calendar import FEE_DAYS
from aws_cost_anomalies.analysis.holidays import SATURDAY
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.verdict import WEEK, Limits, Verdict, Whole
from aws_cost_anomalies.model.anomaly import Basis, Mark

SPREAD = np.float32(0.15)
FIRST_MONTH = 32
"""Days of a bill in which nobody can tell a new service from a fee that comes each month."""


@dataclass(frozen=True, slots=True)
class Infant:
    """Series in their first week.

    Attributes:
        before: (n_days, n_scopes), at most the seven days before the judged one.
        today: (n_scopes,).
        birth: (n_scopes,) first day with noticeable spend; 0 where it may be older than the bill.
        day: the judged day, on the same count as `birth`.
        born_on: (n_scopes,) day of the month of the birth.
        weekday: of the judged day, 0 Monday.
    """

    before: Days
    today: Days
    birth: Whole
    day: int
    born_on: Whole
    weekday: int


def judge_first_spend(infant: Infant, limits: Limits) -> Verdict:
    """FIRST_SPEND on the first day that reaches the dollar rule; HIGH far above the largest day since.

    In the first month of a bill, spend first seen on a day on which fees come is told when it comes again. A
    workday is held against days of which one was a workday: weekends are cheap.
    """
    before = infant.before.copy()
    doubtful = (infant.birth < FIRST_MONTH) & np.isin(infant.born_on, list(FEE_DAYS))
    rows = np.arange(infant.day - before.shape[0], infant.day)[:, None]
    before[(rows == infant.birth) & doubtful] = 0
    largest = before.max(axis=0, initial=0)
    told = largest >= limits.first_spend
    waits = doubtful & (infant.birth == infant.day)
    offset = limits.noticeable + np.float32(1e-6)
    score = np.asarray(
        (np.log(np.maximum(infant.today, 0) + offset) - np.log(largest + offset)) / SPREAD, dtype=np.float32
    )
    verdict = Verdict.none(infant.today.size)
    fresh = (infant.birth >= WEEK) & ~told & ~waits & (infant.today >= limits.first_spend)
    rise = infant.today - largest
    higher = told & (score >= limits.score) & (rise >= limits.dollars) & (rise >= limits.share * largest)
    if infant.weekday < SATURDAY:
        workdays = (infant.weekday - infant.day + rows) % WEEK < SATURDAY
        higher &= (workdays & (rows >= infant.birth)).any(axis=0)
    verdict.score[:] = score
    verdict.basis[:] = Basis.NEVER_SEEN
    verdict.say(fresh, Mark.FIRST_SPEND, basis=Basis.NEVER_SEEN, score=score)
    verdict.say(higher, Mark.HIGH, basis=Basis.NEVER_SEEN, score=score)
    verdict.expected[:] = np.where(told, largest, 0)
    verdict.lower[:] = 0
    verdict.upper[:] = np.where(told, largest, limits.first_spend)
    return verdict
