"""The line through the house: ingest · detect · explain, and the questions beside it.

The only corridor between rooms: a source's bills go through the engine into the store; a Panel comes out, the
detector marks it, episodes become anomalies, and an explanation says who carries the money.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from aws_cost_anomalies import aws, kinds, views
from aws_cost_anomalies.analysis import trend
from aws_cost_anomalies.analysis.agreement import accuracy, missed
from aws_cost_anomalies.analysis.attribution import attribute
from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.nested import drop_nested
from aws_cost_anomalies.analysis.rules import Match
from aws_cost_anomalies.errors import InvalidArgument, NoData, UnknownAnomaly
from aws_cost_anomalies.explain import explain
from aws_cost_anomalies.model.anomaly import Anomaly, Flags
from aws_cost_anomalies.model.answers import Asked, Comparison, Detected, LoadedBill, Trends, Wanted
from aws_cost_anomalies.model.backtest import Backtest, Label
from aws_cost_anomalies.model.bill import FetchRequest, Plan, RawBill
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.load import ApiCall, Coverage, Load, Restatement
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.model.ports import Engine, Source
from aws_cost_anomalies.model.scope import NONE, Dimension
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.sources.sample import SampleFiles, write_sample
from aws_cost_anomalies.store import Store, Writer

PRICE_PER_REQUEST = Decimal("0.01")
"""USD for one Cost Explorer request. Source: AWS Cost Explorer pricing."""
HISTORY_DAYS = 120
"""Days before the window that a detector learns from."""
RESOURCE_HISTORY = timedelta(days=35)
"""Days of line items before an anomaly that tell what a resource usually costs."""
DRILL_DOWN = ("account", "region", "service", "usage-type")
"""Dimensions of the daily summary that an explanation splits an impact over."""
LEVELS_TO_SEARCH = (
    "service",
    "account",
    "service+account",
    "region",
    "usage-type",
    "service+region",
    "total",
)
"""Where `explain` looks for an id that the configured grouping does not have."""


@dataclass(frozen=True, slots=True)
class Import:
    """An ingest that is planned but not yet done."""

    source: Source
    request: FetchRequest
    plan: Plan


@dataclass(frozen=True, slots=True)
class _Judged:
    """One level of a view with its verdicts."""

    dimensions: tuple[Dimension, ...]
    query: PanelQuery
    panel: Panel
    flags: Flags
    anomalies: tuple[Anomaly, ...]


class App:
    """Every use case; each door calls these and nothing else."""

    def __init__(self, settings: Settings, *, as_of: date | None = None, now: datetime | None = None) -> None:
        """Open nothing yet.

        Args:
            settings: as loaded.
            as_of: today, UTC: the first day that is not over yet.
            now: the moment recorded with a load, aware.
        """
        self.settings = settings
        self.now = now or datetime.now(UTC)  # noqa: TID251 - a Python program is a door too
        self.as_of = as_of or self.now.date()
        self.store = Store(
            settings.database.path, settle_hours={"sample": 0, "": settings.database.settle_hours}
        )

    # Ingest: source → engine → store ------------------------------------------------------------------------

    def plan_ingest(self, wanted: Wanted) -> Import:
        """What an ingest would fetch and pay; makes no paid call."""
        name = (wanted.source or kinds.default_source(self.settings)).replace("-", "_")
        explorer = self.settings.cost_explorer
        period = self._wanted_period(wanted, explorer.lookback_days if name == "cost_explorer" else None)
        if name == "cost_explorer":
            names = aws.account_names(profile=self.settings.aws_profile or None, region=explorer.region)
            source = kinds.cost_explorer(
                self.settings, wanted.group_by, as_of=self.as_of, names={**names.names}
            )
        else:
            source = kinds.export_source(self.settings, name, wanted.path)
        known = {(load.export, load.billing_period): load.version for load in self.store.loads(name)}
        cap = wanted.max_paid_requests or explorer.max_paid_requests
        request = FetchRequest(period, known, wanted.full_refresh, cap)
        return Import(source, request, source.plan(request))

    def ingest(self, job: Import) -> Iterator[LoadedBill]:
        """Each billing period as it is done; every one is on disk for readers before the next begins."""
        source, engine = job.source, kinds.engine(self.settings)
        with self.store.writing(self.now) as writer:
            try:
                for bill in source.fetch(job.request):
                    yield self._load(bill, engine, writer)
                    writer.publish()
            finally:
                self._record_paid(source, writer)
            self._define_line_items(engine, writer)
        name = source.data_source
        for export, month in source.skipped:
            yield LoadedBill(name, export, month, "unchanged")
        for export, month, problem in source.problems:
            yield LoadedBill(name, export, month, "failed", problem=f"{problem.message} {problem.hint}")

    def _wanted_period(self, wanted: Wanted, default_days: int | None) -> Period | None:
        if wanted.month is not None:
            if wanted.days is not None:
                raise InvalidArgument("--days", wanted.days, "nothing, together with --date")
            return BillingPeriod.parse(wanted.month).period
        days = wanted.days or default_days
        return Period.ending(self.as_of - ONE_DAY, days) if days else None

    def _load(self, bill: RawBill, engine: Engine, writer: Writer) -> LoadedBill:
        with tempfile.TemporaryDirectory(dir=kinds.scratch_folder(self.settings)) as scratch:
            charges = engine.rollup(bill, self.settings.tags, Path(scratch) / "charges.parquet")
            load = writer.replace_charges(bill, charges)
        moved = tuple((r.day, r.service, r.change) for r in load.restated)
        return LoadedBill(
            bill.data_source, bill.export, bill.billing_period, "loaded",
            line_items=load.line_items, rows=load.rows, totals=load.totals, restated=moved,
        )  # fmt: skip

    def _record_paid(self, source: Source, writer: Writer) -> None:
        """Keep the ledger even when the fetch failed: what was paid was paid."""
        if source.paid_requests:
            usd = PRICE_PER_REQUEST * source.paid_requests
            call = ApiCall(self.now, "ce", "GetCostAndUsage", requests=source.paid_requests, usd=usd, note="")
            writer.record_api_call(call)
            writer.publish()

    def _define_line_items(self, engine: Engine, writer: Writer) -> None:
        """Point the view `cost_line_items` at the raw files of every load."""
        bills = [kinds.bill_of(load) for load in self.store.loads()]
        writer.define_line_items(engine.line_items_sql(bills, self.settings.tags))

    # Questions: store → Panel → answer ----------------------------------------------------------------------

    def coverage(self) -> tuple[Coverage, ...]:
        """What is loaded, per data source."""
        return self.store.coverage(self.as_of)

    def restatements(self) -> tuple[Restatement, ...]:
        """How loads moved days that were loaded before."""
        return self.store.restatements()

    def trends(self, asked: Asked, *, days: int = 14, granularity: str = "daily", top: int = 10) -> Trends:
        """Cost over time by one grouping."""
        coverage = views.choose(self.coverage(), asked.source, days)
        period = views.window(coverage, self.as_of, days)
        dimensions = Dimension.parse(asked.group_by or "service")
        query = replace(
            views.query(self.settings, asked, coverage.data_source, period=period), group_by=dimensions
        )
        panel = self.store.panel(query, as_of=self.as_of)
        view = views.view(panel, [str(d) for d in dimensions])
        return trend.trends(panel, granularity=granularity, top=top, view=view)

    def compare(self, a: Period, b: Period, asked: Asked, *, top: int = 10) -> Comparison:
        """Two periods side by side."""
        coverage = views.choose(self.coverage(), asked.source)
        dimensions = Dimension.parse(asked.group_by or "service")
        panels = [
            self.store.panel(
                replace(
                    views.query(self.settings, asked, coverage.data_source, period=period),
                    group_by=dimensions,
                ),
                as_of=self.as_of,
            )
            for period in (a, b)
        ]
        view = views.view(panels[1], [str(d) for d in dimensions])
        return trend.compare(panels[0], panels[1], top=top, view=view)

    # Detect and explain: Panel → Flags → Anomaly → Explanation ----------------------------------------------

    def detect(self, asked: Asked, *, days: int = 30) -> Detected:
        """The anomalies of the last `days` days: one per move, named at the level that explains it best."""
        group_by = asked.group_by or self.settings.anomaly.group_by
        source, period = self._recent(asked, days)
        judged = [self._judge(asked, level, source=source, period=period) for level in views.levels(group_by)]
        by_id = {a.anomaly_id: (j, a) for j in judged for a in j.anomalies}
        told = drop_nested([a for _, a in by_id.values()])
        view = views.view(judged[0].panel, group_by.split(","))
        since = view.period.end - timedelta(days=days)
        recent = [a for a in told if a.end_date >= since]
        return Detected(
            view=replace(view, period=Period(since, view.period.end)),
            as_of=self.as_of,
            monitor=self._rules().monitor,
            sensitivity=asked.sensitivity or self.settings.anomaly.sensitivity,
            anomalies=tuple(self._with_root_causes(by_id[a.anomaly_id][0], a) for a in recent),
        )

    def explain(self, anomaly_id: str, asked: Asked) -> Explanation:
        """One anomaly in full; the id may be the beginning of one.

        Looks in the grouping asked or configured, then in the usual ones.

        Raises:
            UnknownAnomaly: no grouping has it, or several anomalies begin like it.
        """
        configured = views.levels(asked.group_by or self.settings.anomaly.group_by)
        usual = views.levels(",".join(LEVELS_TO_SEARCH))
        source, period = self._recent(asked, HISTORY_DAYS)
        for level in dict.fromkeys((*configured, *usual)):
            judged = self._judge(asked, level, source=source, period=period)
            found = [a for a in judged.anomalies if a.anomaly_id.startswith(anomaly_id)]
            if len(found) > 1:
                raise UnknownAnomaly(anomaly_id, tuple(a.anomaly_id for a in found))
            if found:
                return self._explained(judged, found[0])
        raise UnknownAnomaly(anomaly_id)

    def backtest(
        self,
        asked: Asked,
        *,
        start: date | None = None,
        end: date | None = None,
        labels: Sequence[Label] = (),
    ) -> Backtest:
        """What a daily run would have told from `start` up to and with `end`, and how it agrees with labels.

        A verdict on a day sees the charges up to that day; a day is whole unless its loads say it was not.

        Raises:
            NoData: nothing is loaded, or nothing in those days.
        """
        group_by = asked.group_by or self.settings.anomaly.group_by
        coverage = views.choose(self.coverage(), asked.source)
        covered = views.window(coverage, self.as_of, coverage.covered.days)
        days = Period(start or covered.start, min((end or covered.last_day) + ONE_DAY, covered.end))
        seen = Period(min(covered.start, days.start), days.end)
        judged = [self._judge(asked, level, source=coverage, period=seen) for level in views.levels(group_by)]
        every = drop_nested([a for j in judged for a in j.anomalies])
        told = tuple(a for a in every if a.detected_on in days)
        meant = [label for label in labels if label.days.start in days]
        panel = judged[0].panel
        return Backtest(
            view=replace(views.view(panel, group_by.split(",")), period=days),
            monitor=self._rules().monitor,
            sensitivity=asked.sensitivity or self.settings.anomaly.sensitivity,
            days_replayed=days.days,
            series=sum(len(j.panel.scopes) for j in judged),
            alerts_per_week=7.0 * len(told) / days.days,
            anomalies=told,
            accuracy=accuracy(told, meant, panel=panel, days=days) if labels else None,
            missed=missed(told, meant),
        )

    def _recent(self, asked: Asked, days: int) -> tuple[Coverage, Period]:
        """The source chosen, and the window with the days before it that a detector learns from."""
        coverage = views.choose(self.coverage(), asked.source, days)
        period = views.window(coverage, self.as_of, days + HISTORY_DAYS)
        return coverage, replace(period, start=max(period.start, coverage.covered.start))

    def _judge(
        self, asked: Asked, dimensions: tuple[Dimension, ...], *, source: Coverage, period: Period
    ) -> _Judged:
        base = views.query(self.settings, asked, source.data_source, period=period)
        query = replace(views.watched(self.settings, asked, base), group_by=dimensions)
        panel = self.store.panel(query, as_of=self.as_of)
        flags = kinds.detector(self.settings, asked.detector or "", asked.sensitivity or "").detect(panel)
        return _Judged(dimensions, query, panel, flags, episodes(panel, flags, rules=self._rules()))

    def _rules(self) -> EpisodeRules:
        """What is worth a word."""
        rules = self.settings.anomaly
        return EpisodeRules(
            minimum_impact=rules.min_impact, minimum_percent=rules.min_impact_pct, match=Match(rules.match)
        )

    def _with_root_causes(self, judged: _Judged, anomaly: Anomaly) -> Anomaly:
        """The anomaly with the slices of daily charges that carry it."""
        finer = tuple(d for d in map(Dimension, DRILL_DOWN) if d not in judged.dimensions)
        children = self._children(judged, anomaly, judged.dimensions + finer)
        causes = attribute(anomaly, children, dimension="+".join(DRILL_DOWN)).causes
        return replace(anomaly, root_causes=causes)

    def _explained(self, judged: _Judged, anomaly: Anomaly) -> Explanation:
        names = (*DRILL_DOWN, *(f"tag:{key}" for key in self.store.tag_keys()))
        finer = [d for d in map(Dimension, names) if d not in judged.dimensions]
        children = {str(d): self._children(judged, anomaly, (d,)) for d in finer}
        children |= self._resources(judged, anomaly)
        anomaly = self._with_root_causes(judged, anomaly)
        return explain(anomaly, panel=judged.panel, flags=judged.flags, children=children)

    def _children(self, judged: _Judged, anomaly: Anomaly, by: tuple[Dimension, ...]) -> Panel:
        query = replace(judged.query, group_by=by, within=anomaly.scope)
        return self.store.panel(query, as_of=self.as_of)

    def _resources(self, judged: _Judged, anomaly: Anomaly) -> dict[str, Panel]:
        """The impact by resource, asked of the raw files of the months at hand; empty where none is known."""
        days = judged.query.period
        period = replace(days, start=max(days.start, anomaly.start_date - RESOURCE_HISTORY))
        by_resource = (Dimension("resource"),)
        query = replace(judged.query, group_by=by_resource, within=anomaly.scope, period=period)
        loads = self.store.loads(query.data_source)
        bills = [
            kinds.bill_of(load) for load in loads if _has_files(load) and _meet(load.covered, query.period)
        ]
        if not bills:
            return {}
        try:
            panel = kinds.engine(self.settings).panel(bills, query)
        except NoData:
            return {}
        is_known = any(value != NONE for scope in panel.scopes for _, value in scope.values)
        return {"resource": panel} if is_known else {}

    # The sample bill ----------------------------------------------------------------------------------------

    def write_sample(self, folder: Path, *, seed: int = 7) -> SampleFiles:
        """The sample bill, written below `folder` as a CUR 2.0 export with its list of planted anomalies."""
        return write_sample(folder, kinds.parquet_writer(self.settings), seed=seed)


def _has_files(load: Load) -> bool:
    """Whether the raw files are still where they were read."""
    return bool(load.files) and all(file.path.exists() for file in load.files)


def _meet(one: Period | None, other: Period) -> bool:
    return one is not None and one.start < other.end and other.start < one.end
