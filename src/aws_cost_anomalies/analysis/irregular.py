"""Verdicts on series that rest on many days without a timetable.

Knows how active days, long runs and recurring charges speak together; must not know regular series.
"""

from __future__ import annotations

import numpy as np

from aws_cost_anomalies.analysis.activity import Activity, active_band
from aws_cost_anomalies.analysis.chance import LARGE
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.recurrence import Recurrence, recurrence
from aws_cost_anomalies.analysis.verdict import WEEK, Case, Limits, Verdict, Whole, gate
from aws_cost_anomalies.model.anomaly import Basis, Mark

RARE = 1 / 200
TWICE = np.float32(2.0)
"""A day so many times as dear as any of four active days or more is odd, however much these differ."""
FEW = 4
SPARSE = 0.75
"""Share of idle days from which a series is read as charges that come and go."""


def judge_irregular(case: Case, memory: Days, *, days_of_month: Whole, limits: Limits) -> Verdict:
    """The verdicts of one day: against the active days, the longest run, and the charges' own gaps.

    Args:
        case: the series.
        memory: (n_days, n_scopes), a longer past, for gaps of months.
        days_of_month: of the days of that past.
        limits: what counts as odd enough.
    """
    found = Activity(case.active)
    offset = np.maximum(limits.noticeable, case.typical)
    band = active_band(
        np.log(np.maximum(case.past, 0) + offset), found, case.typical / (case.typical + offset)
    )
    score = band.surprise(np.log(np.maximum(case.today, 0) + offset))
    record = (case.today > TWICE * _dearest(case, found)) & (found.count >= FEW) & (case.known >= 4 * WEEK)
    score = np.where(record, np.maximum(score, np.float32(limits.score)), score)
    high = np.exp(band.upper) - offset
    with np.errstate(over="ignore"):  # so many deviations that nothing is odd
        upper = np.exp(band.upper + np.float32(limits.score) * band.spread) - offset
    nothing = np.zeros_like(high)
    n = score.size
    verdict = Verdict(
        expected=case.typical * (1 - found.idle_share),
        lower=nothing,
        upper=upper,
        score=score,
        mark=gate(case.today, score, hull=(nothing, high), limits=limits),
        basis=band.basis,
        rhythm=np.zeros(n, np.int8),
    )
    _tell_long_run(case, found, verdict, limits=limits)
    sparse = np.flatnonzero(found.idle_share > SPARSE)
    if sparse.size:
        floor = np.maximum(np.float32(0.2) * case.typical[sparse], limits.noticeable)
        memory = memory[:, sparse]
        found_again = recurrence(memory, memory > floor, days_of_month)
        _tell_recurrence(case, sparse, verdict, found=found_again, limits=limits)
    return verdict


def _dearest(case: Case, found: Activity) -> Days:
    """The dearest day before the days in a row up to yesterday, where these are less than a week."""
    run, _ = found.runs()
    n = case.past.shape[0]
    going_on = np.where(run < WEEK, run, 0)
    return np.asarray(np.where(np.arange(n)[:, None] < n - going_on, case.past, 0).max(axis=0))


def _tell_long_run(case: Case, found: Activity, verdict: Verdict, *, limits: Limits) -> None:
    """HIGH on the day a run of active days becomes half as long again as any before: left running.

    Where a day costs little, the run must moreover be longer than chance makes them.
    """
    run, longest = found.runs()
    too_long = np.maximum(1.5 * longest, longest + 3).astype(np.intp)
    is_cheap = case.today < LARGE * limits.dollars
    too_long = np.where(is_cheap, np.maximum(too_long, _rare_length(found, run)), too_long)
    busy = case.today > np.maximum(0.5 * case.typical, limits.dollars)
    new = (run + 1 == too_long) & busy & (found.count >= 4) & (case.known >= 4 * WEEK)
    verdict.say(new, Mark.HIGH, basis=Basis.LONG_RUN, score=limits.score)


def _rare_length(found: Activity, run: Whole) -> Whole:
    """Length that chance gives one run in 200, as the earlier runs went on from day to day: (n_scopes,)."""
    begun = (found.active[1:] & ~found.active[:-1]).sum(axis=0) + found.active[0] - (run > 0)
    days = found.count - run
    goes_on = (days - begun + 1) / (days + 2)
    return np.asarray(1 + np.ceil(np.log(RARE) / np.log(goes_on)), dtype=np.intp)


def _tell_recurrence(
    case: Case, sparse: Whole, verdict: Verdict, *, found: Recurrence, limits: Limits
) -> None:
    """LOW where a recurring charge did not come, HIGH where one was not due or is larger than its like."""
    today, typical = case.today[sparse], case.typical[sparse]
    absent = today < np.maximum(np.float32(0.2) * typical, limits.noticeable)
    missing = (typical >= limits.first_spend) & absent & found.is_due(case.like)
    early = (today >= np.maximum(limits.first_spend, 0.5 * typical)) & found.is_early()
    rise = today - found.largest
    larger = (today >= found.larger_from(limits.score)) & (rise >= limits.dollars)
    larger &= rise >= limits.share * found.largest
    absences, arrivals, increases = np.zeros((3, *case.today.shape), dtype=bool)
    absences[sparse[missing]] = True
    arrivals[sparse[early]] = True
    increases[sparse[larger]] = True
    verdict.say(absences, Mark.LOW, basis=Basis.RECURRING, score=-limits.score)
    verdict.say(arrivals, Mark.HIGH, basis=Basis.RECURRING, score=limits.score)
    verdict.say(increases, Mark.HIGH, basis=Basis.RECURRING, score=limits.score)
    verdict.expect(absences | increases, case.typical)
