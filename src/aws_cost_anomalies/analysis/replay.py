"""Verdicts on many days of many series, each as a daily run would have given it.

Knows how to go through days and blocks of series, and what missing charges and holidays, seen in many scopes
at once, mean for the verdicts; must not know panels or anomalies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.analysis.billing_calendar import WEEKEND, analogues, anniversaries
from aws_cost_anomalies.analysis.completeness import Completeness, completeness, without_gaps
from aws_cost_anomalies.analysis.expectation import Block, Question, judge_day
from aws_cost_anomalies.analysis.history import A_CENT
from aws_cost_anomalies.analysis.holidays import is_holiday
from aws_cost_anomalies.analysis.order_statistics import Days
from aws_cost_anomalies.analysis.verdict import WEEK, Limits, Truth, Verdict, Whole
from aws_cost_anomalies.model.anomaly import Basis, Mark

BLOCK = 12_288
"""Scopes judged together at most: their history still fits the processor's cache, and few need few calls."""
LEAST_SHARE = 0.05
HOLIDAY_SHARE = 0.05
"""Of the scopes with a week, looking like a weekend on one workday: hardly any do on a workday by chance."""
MANY = 5
"""So many scopes at least, or half of them where they are few."""
FALLS = (Mark.LOW, Mark.DRIFT_DOWN)


@dataclass(frozen=True, slots=True, eq=False)
class Bill:
    """Costs as they come, scope-major.

    Attributes:
        costs: (n_scopes, n_days), NaN = unknown.
        settled: same shape; None when all are.
        first_day: of the first column.
    """

    costs: NDArray[np.floating]
    settled: Truth | None
    first_day: date

    def date(self, day: int) -> date:
        """Of a column."""
        return self.first_day + timedelta(days=day)

    def question(self, day: int, limits: Limits, *, share: float = 1.0) -> Question:
        """What is asked of a column."""
        on = self.date(day)
        return Question(day, analogues(on), limits, share, anniversaries(on))

    def blocks(self, limits: Limits) -> Iterator[tuple[slice, Block]]:
        """Its scopes, some at a time, day-major."""
        months = np.array([self.date(day).day for day in range(self.costs.shape[1])])
        n_scopes = self.costs.shape[0]
        bounds = np.linspace(0, n_scopes, ceil(n_scopes / BLOCK) + 1, dtype=np.intp).tolist()
        for scopes in map(slice, bounds, bounds[1:]):
            billed = np.ascontiguousarray(self.costs[scopes].T, dtype=np.float32)
            settled = None if self.settled is None else self.settled[scopes].T
            costs = without_gaps(billed, settled)
            yield scopes, Block.of(billed, costs, days_of_month=months, limits=limits)


def replay(bill: Bill, days: range, limits: Limits) -> list[Verdict]:
    """The verdicts on `days` of the bill, each from that day and those before it; one for each day."""
    if not days:
        return []
    _keep_freed_memory()
    verdicts = [Verdict.none(bill.costs.shape[0]) for _ in days]
    for scopes, block in bill.blocks(limits):
        for verdict, day in zip(verdicts, days, strict=True):
            verdict.put(scopes, judge_day(block, bill.question(day, limits)))
    short = {
        day: found
        for verdict, day in zip(verdicts, days, strict=True)
        if not (found := _completeness(bill, day, verdict, limits=limits)).is_whole
    }
    if short:
        _judge_again(bill, dict(zip(days, verdicts, strict=True)), short=short, limits=limits)
    for verdict, day in zip(verdicts, days, strict=True):
        _allow_holiday(bill, day, verdict)
        _mute_unknown(bill, day, verdict)
    return verdicts


@cache
def _keep_freed_memory() -> None:
    """Have the C library keep what is freed for the next array, from now on in this process.

    It hands back to the system what is beyond twice the largest block it has seen freed, and then asks for it
    anew, page by page: a quarter of the time of a verdict on ten thousand series. An array that nobody fills
    costs nothing; of larger ones glibc takes no notice, and other libraries take none of any.
    """
    np.empty(31 << 20, dtype=np.uint8)


def _completeness(bill: Bill, day: int, verdict: Verdict, *, limits: Limits) -> Completeness:
    """Completeness of a day, read from its regular scopes."""
    is_daily = (verdict.basis >= Basis.WEEK) & (verdict.basis <= Basis.CALENDAR)
    expected = np.where(is_daily | np.isin(verdict.mark, FALLS), verdict.expected, 0)
    return completeness(bill.costs[:, day], expected, limits.dollars)


def _judge_again(
    bill: Bill, verdicts: Mapping[int, Verdict], *, short: Mapping[int, Completeness], limits: Limits
) -> None:
    """Days with missing charges, judged as if whole.

    A rise must hold against the largest share that may be billed so far, a fall against the smallest; no
    fall is told of a day whose rows are missing.
    """
    for scopes, block in bill.blocks(limits):
        for day, found in short.items():
            verdict = verdicts[day]
            mark = verdict.mark[scopes]
            fell = np.isin(mark, FALLS)
            if found.has_gap:
                mark[fell] = Mark.NONE
                continue
            least = bill.question(day, limits, share=max(found.least, LEAST_SHARE))
            mark[fell & (judge_day(block, least).mark != Mark.LOW)] = Mark.NONE
            most = judge_day(block, bill.question(day, limits, share=max(found.most, LEAST_SHARE)))
            rose = (mark == Mark.NONE) & np.isin(most.mark, (Mark.HIGH, Mark.FIRST_SPEND))
            for field in fields(verdict):
                getattr(verdict, field.name)[scopes][rose] = getattr(most, field.name)[rose]


def _allow_holiday(bill: Bill, day: int, verdict: Verdict) -> None:
    """No fall is told of a workday that looks like a weekend, on a holiday or in many scopes at once.

    Many are 5 % of those that have a week, and five, or half of them where they are few. What was as low on
    the workday before was turned off, rather; where three times as many look so, on the three before.
    """
    rhythmic = np.flatnonzero(verdict.rhythm)
    whole = ~np.isnan(bill.costs[rhythmic, day])
    if bill.settled is not None:
        whole &= bill.settled[rhythmic, day]
    rhythmic = rhythmic[whole]
    alike = rhythmic[(verdict.rhythm[rhythmic] == 2) & (verdict.basis[rhythmic] != Basis.RECURRING)]
    if not is_holiday(bill.date(day)):
        many = max(HOLIDAY_SHARE * rhythmic.size, min(MANY, rhythmic.size / 2), 2)
        workdays = 3 if alike.size >= min(3 * many, rhythmic.size) else 1
        alike = alike[~_was_low(bill, day, alike, expected=verdict.expected[alike], workdays=workdays)]
        if alike.size < many:
            return
    verdict.mark[alike[verdict.mark[alike] == Mark.LOW]] = Mark.NONE


def _was_low(bill: Bill, day: int, where: Whole, *, expected: Days, workdays: int) -> Truth:
    """Where each of the last workdays had fallen at least half as far as today: (len(where),).

    Beside the dearer of its weekday in the two weeks before it; unknown and unsettled days had not.
    """
    low = np.ones(where.shape, dtype=bool)
    half = (1 + bill.costs[where, day] / np.maximum(expected, A_CENT)) / 2
    before = day
    for _ in range(workdays):
        before = _workday_before(bill, before)
        if before < 0:
            return np.zeros_like(low)
        earlier = [bill.costs[where, before - back] for back in (WEEK, 2 * WEEK) if before >= back]
        low &= bill.costs[where, before] < half * np.fmax.reduce(earlier or [expected])
        if bill.settled is not None:
            low &= bill.settled[where, before]
    return low


def _workday_before(bill: Bill, day: int) -> int:
    """Position of the last day before this one that is on no weekend and no holiday."""
    day -= 1
    while bill.date(day).weekday() in WEEKEND or is_holiday(bill.date(day)):
        day -= 1
    return day


def _mute_unknown(bill: Bill, day: int, verdict: Verdict) -> None:
    """Nothing is said of unknown days, and of unsettled ones only that they rose."""
    unknown = np.isnan(bill.costs[:, day])
    if unknown.any():
        verdict.put(unknown, Verdict.none(int(unknown.sum())))
    if bill.settled is not None:
        verdict.mark[np.isin(verdict.mark, FALLS) & ~bill.settled[:, day]] = Mark.NONE
