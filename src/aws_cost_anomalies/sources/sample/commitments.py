"""What Savings Plans and reservations charge themselves, used or not, as CUR 2.0 shows it.

A no-upfront Savings Plan charges its commitment every day; a reservation charges a whole month on the first.
Source: AWS Data Exports user guide, "Understanding Savings Plans" and "Understanding your reservations".
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from aws_cost_anomalies.model.panel import Floats
from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.sources.sample import lines as line
from aws_cost_anomalies.sources.sample.lines import Charge, Lines, billed, exact
from aws_cost_anomalies.sources.sample.tables import COMMITMENTS, Commitment
from aws_cost_anomalies.sources.sample.usage import HOURS, Usage


def commitment_lines(usages: Sequence[Usage], period: Period) -> Iterator[Lines]:
    """The fees of every commitment, given the usage they cover."""
    for commitment in COMMITMENTS.values():
        covered = [usage for usage in usages if usage.workload.cover == commitment.name]
        used = np.zeros(period.days)
        for usage in covered:
            used = exact(used + usage.effective.sum(axis=0) * usage.covered)
        if commitment.kind == "savings plan":
            days = np.flatnonzero(np.any([usage.covered for usage in covered], axis=0))
            yield _plan_fees(commitment, used, days=days, period=period)
        else:
            yield _reservation_fees(commitment, used, period)


def _plan_fees(commitment: Commitment, used: Floats, *, days: NDArray[np.intp], period: Period) -> Lines:
    """The commitment of each day it holds, and how much of it was used."""
    fees = np.full(days.size, round(commitment.hourly * HOURS, line.DIGITS))
    month_lengths = np.array([BillingPeriod.of(day).period.days for day in period], dtype=np.float64)
    months = exact(month_lengths[days] * HOURS * commitment.hourly)
    said = {
        line.AMOUNT: np.full(days.size, HOURS),
        line.PLAN_COMMITMENT: fees,
        line.PLAN_USED: used[days],
        line.PLAN_MONTH: months,
        line.PLAN_NET_MONTH: months,
    }
    return billed(_charge(commitment, "SavingsPlanRecurringFee"), days, fees, **said)


def _reservation_fees(commitment: Commitment, used: Floats, period: Period) -> Lines:
    """The fee of each month on its first day, and what of it no usage consumed."""
    months = [BillingPeriod.of(day).period for day in period if day.day == 1]
    days = np.array([period.index(month.start) for month in months])
    hours = np.array([month.days * HOURS for month in months])
    fee = exact(hours * commitment.hourly)
    consumed = [
        math.fsum(used[first : first + month.days]) for first, month in zip(days, months, strict=True)
    ]
    unused = exact(np.maximum(fee - np.array(consumed), 0.0))
    said = {line.AMOUNT: hours, line.RESERVED_UNUSED: unused, line.RESERVED_NET_UNUSED: unused}
    return billed(_charge(commitment, "RIFee"), days, fee, **said)


def _charge(commitment: Commitment, line_type: str) -> Charge:
    return Charge(
        account=commitment.account,
        service=commitment.service,
        region="" if commitment.kind == "savings plan" else "us-east-1",
        line_type=line_type,
        usage_type=commitment.terms,
        unit="Hrs",
        description=f"{commitment.terms}: {commitment.hourly:.6f} USD an hour",
        commitment=commitment.name,
    )
