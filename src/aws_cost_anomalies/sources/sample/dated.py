"""Charges that no usage explains: Support, tax, subscriptions, credits and refunds, on their days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.sample import lines as line
from aws_cost_anomalies.sources.sample.lines import Charge, Lines, billed, exact
from aws_cost_anomalies.sources.sample.rhythm import Chance
from aws_cost_anomalies.sources.sample.tables import CHARGES, REGIONS, DatedCharge


def dated_lines(seed: int, period: Period) -> Iterator[Lines]:
    """One line item for each day on which a charge falls due."""
    for due in CHARGES:
        wanted = [due.first <= day <= due.last and due.day in {"", str(day.day)} for day in period]
        days = np.flatnonzero(wanted)
        varied = 1.0 + due.spread * Chance(seed, due.name).normal(period.days)[days]
        amounts = {line.AMOUNT: np.ones(days.size)}
        yield billed(_charge(due), days, exact(due.amount * varied), **amounts)


def _charge(due: DatedCharge) -> Charge:
    return Charge(
        account=due.account,
        service=due.service,
        region=REGIONS[due.region].region,
        line_type=due.line_type,
        usage_type=due.usage_type,
        description=due.description,
    )
