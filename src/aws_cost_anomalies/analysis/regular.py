"""Verdicts on regular series: levels, week and calendar on two scales, habits, missing fees, and drift.

Knows how these are weighed against each other; must not know series that rest without a timetable.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.billing_calendar import FEE_DAYS
from aws_cost_anomalies.analysis.bursts import HABIT, against_habit, count_runs, excursions, has_precedent
from aws_cost_anomalies.analysis.drift import MIN_DAYS, Levels, drift, may_drift, recent
from aws_cost_anomalies.analysis.hull import Band, weekend_below, without_week
from aws_cost_anomalies.analysis.order_statistics import Days, median_of_days
from aws_cost_anomalies.analysis.scales import DAILY, Scales
from aws_cost_anomalies.analysis.sustained import EIGHT_WEEKS, is_sustained, shift
from aws_cost_anomalies.analysis.verdict import MEDIUM, WEEK, Case, Limits, Truth, Verdict, Whole, gate
from aws_cost_anomalies.model.anomaly import Basis, Mark

RECORD = np.float32(1.4)
"""A day so many times as dear as any before it is odd however much the series swings."""
RECORD_SCORE = np.float32(5.0)
NEVER_BELOW = np.float32(0.25)
"""Of the median day: the least that a series billed all along has come down to."""
RECORD_LOW = np.float32(0.2)
"""Of that least."""
RHYTHM = np.float32(4.0)
LIKE_WEEKEND = 0.5
"""Of the threshold: so far below its weekends a workday still looks like one."""
LEAST_STRICTNESS = 0.8
"""What several days say together is guarded against chance at any sensitivity."""
DRIFT_SHARE = np.float32(0.5)
"""Of the least percentage: a drift goes on growing."""
FALLING = np.float32(1.3)
"""A bill that falls slowly is told when it fell so many times as far as one that rises."""
BEYOND_DOUBT = np.float32(3.0)
"""So many times as far as means of a week stray from the week before has a level drifted."""
FEE_SPREADS = np.float32(8.0)
EARLY = 3
"""Days by which a fee may come before its day."""


def judge_regular(case: Case, limits: Limits) -> Verdict:
    """The verdicts of one day: a rise must be odd on both scales, a fall on the log scale."""
    scales = Scales.of(case, limits)
    hull = scales.edges(0)
    score = _score(case, scales, hull=hull, limits=limits)
    mark = gate(case.today, score, hull=hull, limits=limits)
    lower, upper = scales.edges(limits.score)
    record = np.maximum(RECORD * case.largest, scales.band.above(RECORD_SCORE))
    np.minimum(upper, record, out=upper, where=case.known >= 4 * WEEK)
    verdict = Verdict(
        expected=np.maximum(scales.band.centre, 0),
        lower=np.maximum(lower, 0),
        upper=upper,
        score=score,
        mark=mark,
        basis=scales.band.basis.copy(),
        rhythm=_rhythm(case, scales, mark=mark, limits=limits),
    )
    verdict.expect(np.ones(mark.shape, dtype=bool), verdict.expected)
    _tell_missing_fee(case, scales.band, verdict, limits=limits)
    _tell_drift(case, scales, verdict, limits=limits)
    _tell_shift(case, scales, verdict, limits=limits)
    return verdict


def _score(case: Case, scales: Scales, *, hull: tuple[Days, Days], limits: Limits) -> Days:
    """Surprise, signed: 0 where there is a precedent of any kind."""
    log = scales.log_band.surprise(scales.to_log(case.today))
    linear = scales.band.surprise(case.today)
    score = np.where(log > 0, np.minimum(log, np.maximum(linear, 0)), log)
    record = (case.today > RECORD * case.largest) & (linear >= RECORD_SCORE) & (case.known >= 4 * WEEK)
    score = np.where(record, np.maximum(score, np.float32(limits.score)), score)
    score = np.where(_is_record_low(case, limits), np.minimum(score, -np.float32(limits.score)), score)
    score = _with_sustained(case, scales, score, hull=hull, limits=limits)
    low, high = _last_two_weeks(case)
    score[(case.today <= high * np.float32(1.1)) & (case.today >= low * np.float32(0.9))] = 0
    score[_within_extremes(case)] = 0
    if case.like.is_zone:
        score[case.known < max(case.like.months[0])] = 0
    elif case.like.day_of_month in FEE_DAYS:
        score[(score > 0) & (case.known < max(case.like.months[0]))] = 0
    score = against_habit(case, scales.band, score, least=limits.score)
    score[has_precedent(case, scales.band, score)] = 0
    return score


def _is_record_low(case: Case, limits: Limits) -> Truth:
    """Where a series that was never near nothing all but stops, whatever its scatter: (n_scopes,)."""
    never_near = case.smallest > np.maximum(limits.noticeable, NEVER_BELOW * case.typical)
    low: Truth = never_near & (case.today < RECORD_LOW * case.smallest) & (case.known >= 4 * WEEK)
    return low


def _with_sustained(
    case: Case, scales: Scales, score: Days, *, hull: tuple[Days, Days], limits: Limits
) -> Days:
    """The scores, raised to the least that tells where several days in a row say so together."""
    score = score.copy()
    least = max(limits.score, LEAST_STRICTNESS * MEDIUM)
    low, high = hull
    is_grown = case.known >= 4 * WEEK
    for sign, away, edge in ((1, case.today - high, high), (-1, low - case.today, low)):
        near = is_grown & (away >= limits.dollars) & (away >= limits.share * edge)
        where = np.flatnonzero(near & (sign * score < limits.score))
        where = where[case.is_daily(where, share=DAILY)]
        if where.size:
            log = scales.log_band
            bound = (log.upper if sign > 0 else log.lower)[where] - log.effects[0, where]
            found = is_sustained(scales.weekless(case, where), bound, sign=sign, least=least)
            score[where[found]] = sign * limits.score
    return score


def _last_two_weeks(case: Case) -> tuple[Days, Days]:
    """Costs of this weekday that both last weeks agree on; in the first month, that either saw."""
    last = case.past[-WEEK]
    if case.past.shape[0] < 2 * WEEK:
        return last, last
    before = case.past[-2 * WEEK]
    low, high = np.minimum(last, before), np.maximum(last, before)
    is_young = case.known < 4 * WEEK
    return np.where(is_young, low, high), np.where(is_young, high, low)


def _within_extremes(case: Case) -> Truth:
    """Where a day lies among those seen of a series that has not yet shown any weekday twice."""
    is_young = case.known < 2 * WEEK
    if not is_young.any():
        return is_young
    within: Truth = (case.today >= case.past.min(axis=0)) & (case.today <= case.past.max(axis=0))
    return within & is_young


def _rhythm(case: Case, scales: Scales, *, mark: NDArray[np.int8], limits: Limits) -> NDArray[np.int8]:
    """0, 1 or 2 as `Verdict.rhythm` says."""
    band, like = scales.log_band, case.like
    if not (like.is_workday or like.is_year_end):
        return np.zeros(case.today.shape, np.int8)
    today = scales.to_log(case.today)
    rest = weekend_below(band.effects, like.weekday)
    has_week = rest > RHYTHM * band.spread
    fell = (band.surprise(today) <= -limits.score) | (mark == Mark.LOW)
    # At the end of the year offices rest, and those who use them: a weekend within a weekend.
    lowered = -band.weekend * like.is_workday + rest * like.is_year_end
    alike = fell & (band.surprise(today, lowered=lowered) > -LIKE_WEEKEND * limits.score)
    return np.asarray(has_week * (1 + alike), dtype=np.int8)


def _tell_missing_fee(case: Case, linear: Band, verdict: Verdict, *, limits: Limits) -> None:
    """LOW where a fee of one size came on a date of the two months before, and hardly any by now."""
    n = case.past.shape[0]
    for date in case.like.due:
        if max(date.earlier) > n:
            continue
        fees = linear.residual[[n - back for back in date.earlier]]
        fee = fees.min(axis=0)
        due = (fee >= np.maximum(FEE_SPREADS * linear.spread, limits.first_spend)) & (
            fees.max(axis=0) <= 1.5 * fee
        )
        due &= (fee >= limits.share * linear.centre) & (case.known >= max(date.earlier))
        level = linear.centre + (np.minimum(linear.weekend, 0) if case.like.is_holiday else np.float32(0))
        due &= case.today - level < np.float32(0.3) * fee
        where = np.flatnonzero(due)
        if where.size:
            is_fee = linear.residual[:, where] > 0.5 * fee[where]
            # Who is paid before a weekend has been paid when its own day comes.
            came = is_fee[-EARLY - date.late :].any(axis=0)
            due[where] = (is_fee.sum(axis=0) <= len(date.earlier) + 2) & ~came
            verdict.say(due, Mark.LOW, basis=Basis.RECURRING, score=-limits.score)
            verdict.basis[due] = Basis.RECURRING
            verdict.expect(due, verdict.expected + fee)


def _tell_drift(case: Case, scales: Scales, verdict: Verdict, *, limits: Limits) -> None:
    """DRIFT_UP and DRIFT_DOWN where levels keep moving; expected is the level they started from."""
    if case.past.shape[0] < MIN_DAYS:
        return
    calm = (case.known >= MIN_DAYS) & (verdict.mark == Mark.NONE)
    moving = calm * _direction(case.past, least=limits.dollars, falls=not case.like.after_year_end)
    where = np.flatnonzero(moving)
    where = where[case.is_daily(where, share=DAILY)]
    strictness = max(limits.score / MEDIUM, LEAST_STRICTNESS)
    if where.size:
        look = _levels(case, scales, where, sign=moving[where].astype(np.float32), days=recent())
        where = where[may_drift(look, strictness=strictness).any(axis=0)]
    if where.size == 0:
        return
    sign = moving[where].astype(np.float32)
    levels = _levels(case, scales, where, sign=sign, days=case.past.shape[0] + 1)
    size, origin = drift(levels, strictness=strictness)
    size[sign < 0] /= FALLING
    start = np.exp(sign * origin + scales.log_band.effects[0, where]) - scales.offset[where]
    moved = sign * (case.today[where] - start)
    told = (size >= 1) & (moved >= limits.dollars) & (moved >= DRIFT_SHARE * limits.share * start)
    some = np.flatnonzero(told)
    told[some] = _beyond_doubt(case, scales, where[some], sign=sign[some], origin=origin[some])
    score, level = verdict.score.copy(), verdict.expected.copy()
    score[where] = sign * np.float32(limits.score) * size
    level[where] = start
    for mark, way in ((Mark.DRIFT_UP, 1), (Mark.DRIFT_DOWN, -1)):
        some = where[told & (sign == way)]
        some = some[count_runs(excursions(case, scales.band, way, where=some)) <= HABIT]
        drifting = np.zeros(verdict.mark.shape, dtype=bool)
        drifting[some] = True
        verdict.say(drifting, mark, basis=Basis.EARLIER_LEVEL, score=score)
        verdict.expect(drifting, level)


def _beyond_doubt(case: Case, scales: Scales, where: Whole, *, sign: Days, origin: Days) -> Truth:
    """Where the last week's mean has left the level of origin farther than weeks stray: (len(where),)."""
    series = scales.weekless(case, where)
    moved = sign * series.days[-WEEK:].mean(axis=0) - origin
    beyond: Truth = moved >= BEYOND_DOUBT * series.doubt(WEEK)
    return beyond


def _tell_shift(case: Case, scales: Scales, verdict: Verdict, *, limits: Limits) -> None:
    """HIGH and LOW where a level has held for a week that no single day of it told; not over holidays."""
    calm = (case.known >= EIGHT_WEEKS) & (verdict.mark == Mark.NONE)
    for sign, mark in ((1, Mark.HIGH), (-1, Mark.LOW)):
        if sign < 0 and case.like.holidays:
            continue
        where = np.flatnonzero(calm & _may_shift(case, limits, sign=sign))
        where = where[case.is_daily(where, share=DAILY)]
        if where.size == 0:
            continue
        series = scales.weekless(case, where)
        told, edge, middle = shift(series, sign=sign, least=max(limits.score, LEAST_STRICTNESS * MEDIUM))
        effect = scales.log_band.effects[0, where]
        levels = edge, middle, median_of_days(series.days[-WEEK:])
        before, usual, now = (np.exp(level + effect) - scales.offset[where] for level in levels)
        moved = sign * (now - before)
        told &= (moved >= limits.dollars) & (moved >= limits.share * before)
        some = where[told]
        some = some[count_runs(excursions(case, scales.band, sign, where=some)) <= HABIT]
        shifted = np.zeros(verdict.mark.shape, dtype=bool)
        shifted[some] = True
        expected = verdict.expected.copy()
        expected[where] = usual
        verdict.say(shifted, mark, basis=Basis.EIGHT_WEEKS, score=sign * limits.score)
        verdict.expect(shifted, expected)
        edges = verdict.upper if sign > 0 else verdict.lower
        edges[where] = np.where(shifted[where], np.maximum(before, 0), edges[where])


def _may_shift(case: Case, limits: Limits, *, sign: int) -> Truth:
    """Where the last week's mean is three quarters as far away as it must be, from the week before it too.

    A cheap look before the thorough one: (n_scopes,).
    """
    week = (case.past[1 - WEEK :].sum(axis=0) + case.today) / np.float32(WEEK)
    before = case.past[1 - 2 * WEEK : 1 - WEEK].sum(axis=0) / np.float32(WEEK)
    usual = np.maximum(before, case.typical) if sign > 0 else np.minimum(before, case.typical)
    away = sign * (week - usual)
    far: Truth = (away >= 0.75 * limits.dollars) & (away >= 0.75 * limits.share * usual)
    return far


def _levels(case: Case, scales: Scales, where: Whole, *, sign: Days, days: int) -> Levels:
    """What drift is read from, the last days of it, falls turned into rises."""
    log, offset, today = scales.log_band, scales.offset[where], case.today[where]
    effects = log.effects[:, where]
    past = without_week(scales.log[1 - days :].take(where, axis=1), effects)
    week = median_of_days(np.vstack([case.past[-6:].take(where, axis=1), today]))
    medians = np.vstack(
        [scales.log_median[1 - days :].take(where, axis=1), np.log(np.maximum(week, 0) + offset)]
    )
    spread = np.maximum(log.spread, np.float32(0.6) * log.slack)[where]
    there = np.where(today + offset > 0, today + offset, np.float32(np.nan))
    return Levels(
        days=sign * np.vstack([past, np.log(there) - effects[0]]),
        medians=sign * medians,
        weekly=sign * np.vstack([medians[3:-4], medians[-1:]]),
        spread=spread,
        floor=scales.share[where],
    )


def _direction(past: Days, *, least: float, falls: bool) -> NDArray[np.int8]:
    """1 where the last week's total beats each of the two before it, −1 where it falls short, else 0.

    A cheap look before the thorough one: (n_scopes,). There may be no `falls`.
    """
    week, before, earlier = (past[-(k + 1) * WEEK : -k * WEEK or None].sum(axis=0) for k in range(3))
    far = np.abs(week - earlier) >= np.float32(least * WEEK / 3)
    up = (week > np.float32(1.02) * before) & (week > np.float32(1.05) * earlier)
    down = falls & (week < np.float32(0.98) * before) & (week < np.float32(0.95) * earlier)
    return np.asarray(far * (up.astype(np.int8) - down.astype(np.int8)), dtype=np.int8)
