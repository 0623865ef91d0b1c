"""The whole sample bill: usage, commitments and dated charges put together, with or without anomalies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.model.period import BillingPeriod, Period
from aws_cost_anomalies.sources.sample.columns import Columns, monthly_columns
from aws_cost_anomalies.sources.sample.commitments import commitment_lines
from aws_cost_anomalies.sources.sample.dated import dated_lines
from aws_cost_anomalies.sources.sample.happenings import Happening, anomalies, ordinary_patterns
from aws_cost_anomalies.sources.sample.metered import usage_lines
from aws_cost_anomalies.sources.sample.tables import EVENTS, WORKLOADS
from aws_cost_anomalies.sources.sample.usage import Usage, usage_of

PERIOD = Period(date(2026, 5, 4), date(2026, 9, 1))
DEFAULT_SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class SampleBill:
    """A bill of made-up but plausible charges.

    Attributes:
        months: billing period → its line items as CUR 2.0 columns.
        labels: the anomalies planted in it; none in a bill without them.
        patterns: what moves for a good reason and must stay silent.
    """

    seed: int
    period: Period
    months: Mapping[BillingPeriod, Columns]
    labels: tuple[Happening, ...]
    patterns: tuple[Happening, ...]


def sample_bill(seed: int = DEFAULT_SEED, *, planted: bool = True) -> SampleBill:
    """The bill of 120 days that a seed stands for; without anomalies it is the same but for them."""
    ordinary = _usages(seed, planted=False)
    usages = _usages(seed, planted=True) if planted else ordinary
    lines = [each for usage in usages.values() for each in usage_lines(usage)]
    lines += commitment_lines(list(usages.values()), PERIOD)
    lines += dated_lines(seed, PERIOD)
    return SampleBill(
        seed=seed,
        period=PERIOD,
        months=monthly_columns([each for each in lines if each.days.size], PERIOD),
        labels=anomalies(usages, ordinary, PERIOD) if planted else (),
        patterns=ordinary_patterns(),
    )


def _usages(seed: int, *, planted: bool) -> dict[str, Usage]:
    """Workload name → what it used; without anomalies, those that exist for them alone are left out."""
    found = {}
    for workload in WORKLOADS.values():
        events = [event for event in EVENTS if event.workload == workload.name]
        if not planted and any(event.shape == "only" for event in events):
            continue
        due = [event for event in events if planted or not event.kind]
        found[workload.name] = usage_of(workload, due, seed=seed, period=PERIOD)
    return found
