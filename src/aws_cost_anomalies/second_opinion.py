"""AWS's own opinion: its anomalies are imported, and set beside ours.

Knows AWS Cost Anomaly Detection and the store; no verdict of ours depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from aws_cost_anomalies.analysis.opinion import is_same, opinion
from aws_cost_anomalies.aws.anomalies import cost_anomalies
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback, Kind
from aws_cost_anomalies.model.answers import LoadedBill, Wanted
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly, Opinion
from aws_cost_anomalies.model.backtest import Label
from aws_cost_anomalies.model.bill import Plan
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.load import ApiCall
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

SOURCE = "aws_anomalies"
OPERATION = "GetAnomalies"
KEPT_DAYS = 90
"""AWS keeps an anomaly for so long. Source: AWS Cost Management user guide."""


@dataclass(frozen=True, slots=True)
class OpinionImport:
    """An import of AWS's anomalies that is planned but not yet done."""

    period: Period
    plan: Plan
    paid_requests: int = 0


class SecondOpinion:
    """AWS's anomalies on their way in, and beside ours."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date, now: datetime) -> None:
        """Open nothing yet; arguments as App's."""
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._now = now

    def planned(self, wanted: Wanted) -> OpinionImport:
        """Which days will be asked for. Raises: InvalidArgument."""
        for flag, value in (
            ("--date", wanted.month),
            ("--path", wanted.path),
            ("--group-by", wanted.group_by),
        ):
            if value is not None:
                raise InvalidArgument(flag, value, "nothing, together with --source aws-anomalies")
        days = min(wanted.days or KEPT_DAYS, KEPT_DAYS)
        period = Period.ending(self._as_of - ONE_DAY, days)
        step = f"Ask AWS Cost Anomaly Detection for its anomalies of {period}; AWS does not charge for it."
        return OpinionImport(period, Plan(steps=(step,)))

    def run(self, job: OpinionImport) -> Iterator[LoadedBill]:
        """What was imported; earlier imports stay, each anomaly as AWS told it last."""
        profile = self._settings.aws_profile or None
        told = cost_anomalies(job.period, profile=profile, region=self._settings.cost_explorer.region)
        asked = ApiCall(self._now, "ce", OPERATION, requests=told.pages, usd=Decimal(0), note=str(job.period))
        with self._store.writing(self._now) as writer:
            writer.save_aws_anomalies(told.anomalies, asked)
        count = len(told.anomalies)
        yield LoadedBill(SOURCE, "aws-anomalies", str(job.period), "loaded", line_items=count, rows=count)

    def beside(self, ours: Sequence[Anomaly], period: Period) -> Opinion | None:
        """AWS's anomalies beside ours, in the days of both; None when AWS was never asked, or for others."""
        asked = last_asked(self._store)
        if asked is None:
            return None
        when, days = asked
        start, end = max(days.start, period.start), min(days.end, period.end)
        if start >= end:
            return None
        common = Period(start, end)
        seen = [one for one in ours if one.end_date >= start and one.start_date < end]
        return opinion(seen, self._store.aws_anomalies(), imported_at=when, period=common)

    def labels(self) -> tuple[Label, ...]:
        """What people confirmed in AWS (feedback YES) as labels, one per root cause named first."""
        return tuple(_label(told) for told in self._store.aws_anomalies() if told.feedback is Feedback.YES)


def with_opinion(told: Explanation, store: Store) -> Explanation:
    """The explanation with what AWS tells of the same, where it was asked for these days."""
    asked, ours = last_asked(store), told.anomaly
    if asked is None or ours.end_date < asked[1].start or ours.start_date >= asked[1].end:
        return told
    theirs = (each for each in store.aws_anomalies() if is_same(ours, each, through=asked[1].last_day))
    return replace(told, aws_anomalies=tuple(theirs))


def last_asked(store: Store) -> tuple[datetime, Period] | None:
    """When AWS was asked for its anomalies last, and of which days; None when it never was."""
    calls = [call for call in store.api_calls() if call.operation == OPERATION]
    return (calls[-1].called_at, Period.parse(calls[-1].note)) if calls else None


def _label(told: AwsAnomaly) -> Label:
    scope = told.root_causes[0].scope if told.root_causes else Scope()
    last = told.end_date or told.start_date
    return Label(
        kind=Kind.SPIKE if told.total_impact >= 0 else Kind.DROP,
        days=Period(told.start_date, last + ONE_DAY),
        scope=scope,
        impact=told.total_impact,
    )
