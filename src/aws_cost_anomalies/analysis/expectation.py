"""A verdict on one day of a block of series from the days before it: which model fits which series.

Knows how series are told apart (in their first week, regular, resting); must not know panels or anomalies.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aws_cost_anomalies.analysis.activity import Activity, active_days
from aws_cost_anomalies.analysis.billing_calendar import Analogues, Anniversary
from aws_cost_anomalies.analysis.first_spend import Infant, judge_first_spend
from aws_cost_anomalies.analysis.irregular import judge_irregular
from aws_cost_anomalies.analysis.order_statistics import Days, days_of, in_order, pick
from aws_cost_anomalies.analysis.precedents import LEAST, REMEMBERED, departures, has_precedent
from aws_cost_anomalies.analysis.recurrence import MEMORY
from aws_cost_anomalies.analysis.regular import judge_regular
from aws_cost_anomalies.analysis.verdict import HISTORY, WEEK, Case, Limits, Truth, Verdict, Whole
from aws_cost_anomalies.model.anomaly import Basis, Mark

IDLE = 0.34
"""Share of idle days above which a series needs a timetable to be regular; weekends are 0.29."""
PUNCTUAL = 0.8
MOST = 0.8
"""Share of the series from which on all are looked at, so that none need be copied out."""


@dataclass(frozen=True, slots=True)
class Block:
    """Costs of a block of series, day-major.

    Attributes:
        billed: (n_days, n_scopes); NaN = unknown.
        costs: the same without gaps, as later days remember them.
        birth: (n_scopes,) first day with noticeable spend; n_days when there is none, 0 when it may be older
            than the block.
        days_of_month: (n_days,).
    """

    billed: Days
    costs: Days
    birth: Whole
    days_of_month: Whole

    @classmethod
    def of(cls, billed: Days, costs: Days, *, days_of_month: Whole, limits: Limits) -> Block:
        """A block with its births found."""
        least = np.maximum(limits.noticeable, np.float32(1e-9))
        birth = np.zeros(costs.shape[1], dtype=np.intp)
        late = np.flatnonzero(costs[:WEEK].max(axis=0) < least)
        if late.size:
            seen = costs[:, late] >= least
            birth[late] = np.where(seen.any(axis=0), seen.argmax(axis=0), costs.shape[0])
        return cls(billed, costs, birth, days_of_month)


@dataclass(frozen=True, slots=True)
class Question:
    """Which day is judged, and how.

    Attributes:
        day: position in the block.
        like: the calendar's precedents for it.
        limits: what counts as odd enough.
        share: part of the day that is billed so far; costs are scaled up by it.
        dates: those of earlier months that are like the day.
    """

    day: int
    like: Analogues
    limits: Limits
    share: float = 1.0
    dates: tuple[Anniversary, ...] = ()


def judge_day(block: Block, question: Question) -> Verdict:
    """The verdicts on one day of the block, from that day and those before it.

    There is none where nothing, today or in the history, reaches the least impact in dollars.
    """
    day, limits = question.day, question.limits
    verdict = Verdict.none(block.costs.shape[1])
    today = np.nan_to_num(block.billed[day] / np.float32(question.share))
    age = day - block.birth
    past = block.costs[max(day - HISTORY, 0) : day]
    matters = (today >= limits.dollars) | (past.max(axis=0, initial=0) >= limits.dollars)
    infants = np.flatnonzero(matters & (age >= 0) & (age < WEEK))
    if infants.size:
        verdict.put(infants, judge_first_spend(_infant(block, question, where=infants, today=today), limits))
    grown = matters & (age >= WEEK)
    if grown.any():
        _judge_grown(block, question, today=today, grown=grown, verdict=verdict)
        _recall(block, question, today=today, verdict=verdict)
    return verdict


def _recall(block: Block, question: Question, *, today: Days, verdict: Verdict) -> None:
    """Take back rises and falls that are usual, though the band has forgotten them."""
    days = slice(max(question.day - REMEMBERED, 0), question.day)
    told = np.isin(verdict.mark, (Mark.HIGH, Mark.LOW)) & (verdict.basis != Basis.RECURRING)
    where = np.flatnonzero(told)
    if where.size == 0 or days.stop - days.start < LEAST:
        return
    costs = np.vstack([block.costs[days, where], today[where]])
    sign = np.where(verdict.mark[where] == Mark.HIGH, np.float32(1), np.float32(-1))
    way = departures(costs, sign, question.limits.dollars)
    usual = has_precedent(way, block.days_of_month[days][1 - way.shape[0] :], question.dates)
    verdict.mark[where[usual]] = Mark.NONE


def _infant(block: Block, question: Question, *, where: Whole, today: Days) -> Infant:
    day = question.day
    before = block.costs[max(day - WEEK, 0) : day, where]
    birth = block.birth[where]
    born_on = block.days_of_month[birth]
    return Infant(before, today[where], birth, day, born_on, question.like.weekday)


def _judge_grown(block: Block, question: Question, *, today: Days, grown: Truth, verdict: Verdict) -> None:
    """Write the verdicts of the series with a week of history or more."""
    limits, day = question.limits, question.day
    # Copying a few series is cheaper than looking at all; copying most of them is not.
    where = np.flatnonzero(grown if grown.mean() < MOST else np.ones_like(grown))
    past, known = _past(block, day, where)
    case = _case(past, known, today=today[where], question=question)
    rests = _rests(case)
    regular, resting = (np.flatnonzero(grown[where] & kind) for kind in (~rests, rests))
    if regular.size:
        verdict.put(where[regular], judge_regular(case.only(regular), limits))
    if resting.size:
        days = slice(max(day - MEMORY, 0), day)
        memory = block.costs[days, where[resting]]
        months = block.days_of_month[days]
        found = judge_irregular(case.only(resting), memory, days_of_month=months, limits=limits)
        verdict.put(where[resting], found)


def _case(past: Days, known: Whole, *, today: Days, question: Question) -> Case:
    """What is known of these series before any of them is judged."""
    ordered = in_order(past)
    n = ordered.shape[0]
    active = active_days(past, ordered[min(int(0.9 * n), n - 1)], question.limits.noticeable)
    busy = days_of(active)
    typical = np.maximum(pick(ordered, n - 1 - np.maximum(busy - 1, 0) // 2), 0)
    smallest, largest = ordered[0].copy(), ordered[-1].copy()
    return Case(past, today, typical, smallest, largest, known, active, busy, question.like)


def _rests(case: Case) -> Truth:
    """Which series rest on many days without a timetable: (n_scopes,)."""
    idle_share = np.asarray(1 - case.busy / case.active.shape[0], dtype=np.float32)
    rests: Truth = idle_share > IDLE
    doubtful = np.flatnonzero(rests)
    if doubtful.size and case.past.shape[0] >= WEEK:
        punctual = Activity(case.active.take(doubtful, axis=1)).punctuality() >= PUNCTUAL
        rests[doubtful] = ~punctual | (case.known[doubtful] < 3 * WEEK)
    return rests


def _past(block: Block, day: int, where: Whole) -> tuple[Days, Whole]:
    """The history of some scopes, days before birth filled with weeks after it; and the days truly seen."""
    start = max(day - HISTORY, 0)
    past = block.costs[start:day]
    if where.size < past.shape[1]:
        past = past.take(where, axis=1)
    birth = block.birth[where]
    known = np.minimum(day - birth, day - start)
    late = np.flatnonzero((birth > start) & (known >= WEEK))
    if late.size:
        b = birth[late]
        days = np.arange(start, day)[:, None]
        cycle = WEEK * ((day - b) // WEEK)
        filled = block.costs[np.where(days < b, b + (days - b) % cycle, days), where[late]]
        past = past.copy() if past.base is not None else past
        past[:, late] = filled
    return past, known
