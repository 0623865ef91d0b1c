"""The line through the house: ingest · detect · explain, and the questions beside it.

The only corridor between rooms: a source's bills go through the engine into the store; a Panel comes out, the
detector marks it, episodes become anomalies, and an explanation says who carries the money.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aws_cost_anomalies import aws, kinds, labels, views
from aws_cost_anomalies.analysis import trend
from aws_cost_anomalies.analysis.agreement import accuracy, found_by_size, missed
from aws_cost_anomalies.analysis.silence import silenced
from aws_cost_anomalies.detection import Detection, Judged, told
from aws_cost_anomalies.errors import BadBill, InvalidArgument, NoData, PartialResult, UnknownAnomaly
from aws_cost_anomalies.explain import explain
from aws_cost_anomalies.model.anomaly import Anomaly, Feedback
from aws_cost_anomalies.model.answers import (
    Asked,
    Comparison,
    Detected,
    FeedbackEffect,
    LoadedBill,
    Trends,
    View,
    Wanted,
)
from aws_cost_anomalies.model.backtest import Backtest, Budget, Label, Planted
from aws_cost_anomalies.model.bill import FetchRequest, Plan, RawBill
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.load import ApiCall, Coverage, Restatement
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.model.ports import Engine, Source
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store, Writer

if TYPE_CHECKING:
    from aws_cost_anomalies.sources.sample import SampleFiles

PRICE_PER_REQUEST = Decimal("0.01")
"""USD for one Cost Explorer request. Source: AWS Cost Explorer pricing."""
HISTORY_DAYS = 120
"""Days before the window that a detector learns from."""
QUIETER = (
    *((score, None) for score in ("2.5", "3", "3.5", "4", "5", "6")),
    *(("6", money) for money in (10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 1e5)),
)
"""What `within_budget` tries: sensitivity first, then the minimum impact, so that money speaks last."""
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
        source = job.source
        with self.store.writing(self.now) as writer:
            loaded = 0
            try:
                for bill in source.fetch(job.request):
                    done = self._load(bill, writer)
                    loaded += done.status == "loaded"
                    yield done
                    writer.publish()
            finally:
                self._record_paid(source, writer)
            if loaded:
                self._define_line_items(writer)
        name = source.data_source
        for export, month in source.skipped:
            yield LoadedBill(name, export, month, "unchanged")
        for export, month, problem in source.problems:
            yield _failed(name, export, month, problem=problem)

    @cached_property
    def _engine(self) -> Engine:
        """Made for the first bill: an ingest that finds none to load has no use for it."""
        return kinds.engine(self.settings)

    def _wanted_period(self, wanted: Wanted, default_days: int | None) -> Period | None:
        if wanted.month is not None:
            if wanted.days is not None:
                raise InvalidArgument("--days", wanted.days, "nothing, together with --date")
            return BillingPeriod.parse(wanted.month).period
        days = wanted.days or default_days
        return Period.ending(self.as_of - ONE_DAY, days) if days else None

    def _load(self, bill: RawBill, writer: Writer) -> LoadedBill:
        """The bill in the store, or why it is not: one that is refused does not stop the others."""
        try:
            return self._loaded(bill, writer)
        except BadBill as refused:
            return _failed(bill.data_source, bill.export, bill.billing_period, problem=refused)

    def _loaded(self, bill: RawBill, writer: Writer) -> LoadedBill:
        with tempfile.TemporaryDirectory(dir=kinds.scratch_folder(self.settings)) as scratch:
            charges = self._engine.rollup(bill, self.settings.tags, Path(scratch) / "charges.parquet")
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

    def _define_line_items(self, writer: Writer) -> None:
        """Point the view `cost_line_items` at the raw files of every load.

        Where a file was spoilt since it was loaded, the view stays as it was; the ingest that met the file
        has said so.
        """
        loads = self.store.loads()
        bills = kinds.bills_of([load for load in loads if kinds.is_intact(load, self.settings)], loads)
        with suppress(BadBill):
            writer.define_line_items(self._engine.line_items_sql(bills, self.settings.tags))

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
        queries = (views.query(self.settings, asked, coverage.data_source, period=each) for each in (a, b))
        panels = [self.store.panel(replace(q, group_by=dimensions), as_of=self.as_of) for q in queries]
        view = views.view(panels[1], [str(d) for d in dimensions])
        return trend.compare(panels[0], panels[1], top=top, view=view)

    # Detect and explain: Panel → Flags → Anomaly → Explanation ----------------------------------------------

    def detect(self, asked: Asked, *, days: int = 30) -> Detected:
        """The anomalies of the last `days` days: one per move, named at the level that explains it best.

        Planned changes, and what feedback keeps silent, are listed apart.
        """
        detection = self._detection()
        judged = detection.judge(asked, *self._recent(asked, days))
        view = self._view(judged)
        since = view.period.end - timedelta(days=days)
        level_of = {a.anomaly_id: level for level in judged for a in level.anomalies}
        recent = [a for a in detection.with_feedback(told(judged)) if a.end_date >= since]
        suppressed = detection.suppressed(recent)
        silent = {each.anomaly.anomaly_id for each in suppressed}
        return Detected(
            view=replace(view, period=Period(since, view.period.end)),
            as_of=self.as_of,
            monitor=", ".join(dict.fromkeys(level.monitor.name for level in judged)),
            sensitivity=", ".join(dict.fromkeys(level.monitor.sensitivity for level in judged)),
            anomalies=detection.with_root_causes(
                [(level_of[a.anomaly_id], a) for a in recent if a.anomaly_id not in silent]
            ),
            suppressed=suppressed,
        )

    def explain(self, anomaly_id: str, asked: Asked) -> Explanation:
        """One anomaly in full; the id may be the beginning of one.

        Looks in the grouping asked or configured, then in the usual ones.

        Raises:
            UnknownAnomaly: no grouping has it, or several anomalies begin like it.
        """
        detection = self._detection()
        source, period = self._recent(asked, HISTORY_DAYS)
        judged, anomaly = self._found(anomaly_id, asked, detection.judge(asked, source, period))
        (anomaly,) = detection.with_root_causes([(judged, anomaly)])
        children = detection.children(judged, anomaly)
        return explain(anomaly, panel=judged.panel, flags=judged.flags, children=children)

    def feedback_effect(self, anomaly_id: str, word: Feedback, asked: Asked) -> FeedbackEffect:
        """What saying this of an anomaly would have kept silent so far. Raises: UnknownAnomaly."""
        detection = self._detection()
        judged = detection.judge(asked, *self._recent(asked, HISTORY_DAYS))
        _, anomaly = self._found(anomaly_id, asked, judged)
        anomaly = replace(anomaly, feedback=word)
        said = [a for a in self.store.anomalies() if a.anomaly_id != anomaly.anomaly_id]
        past = told(judged)
        before = {each.anomaly.anomaly_id for each in silenced(past, said)}
        after = silenced(past, [*said, anomaly])
        return FeedbackEffect(
            anomaly, tuple(each.anomaly for each in after if each.anomaly.anomaly_id not in before)
        )

    def give_feedback(self, anomaly: Anomaly, *, note: str = "") -> None:
        """Keep an anomaly together with what is said of it. Raises: StoreBusy."""
        if anomaly.feedback is not None:
            with self.store.writing(self.now) as writer:
                writer.save_anomalies([anomaly])
                writer.save_feedback(anomaly.anomaly_id, anomaly.feedback, at=self.now, note=note)

    def _found(self, anomaly_id: str, asked: Asked, judged: Sequence[Judged]) -> tuple[Judged, Anomaly]:
        """The anomaly an id means, and its level; looked for in the usual groupings too."""
        source, period = self._recent(asked, HISTORY_DAYS)
        detection = self._detection()
        others = (
            level
            for group_by in LEVELS_TO_SEARCH
            for level in detection.judge(replace(asked, group_by=group_by), source, period)
        )
        for level in chain(judged, others):
            found = [
                a for a in detection.with_feedback(level.anomalies) if a.anomaly_id.startswith(anomaly_id)
            ]
            if len(found) > 1:
                raise UnknownAnomaly(anomaly_id, tuple(a.anomaly_id for a in found))
            if found:
                return level, found[0]
        raise UnknownAnomaly(anomaly_id)

    def backtest(
        self,
        asked: Asked,
        *,
        start: date | None = None,
        end: date | None = None,
        known: Sequence[Label] = (),
    ) -> Backtest:
        """What a daily run would have told from `start` up to and with `end`, and how it agrees with labels.

        A verdict on a day sees the charges up to that day; a day is whole unless its loads say it was not.

        Raises:
            NoData: nothing is loaded, or nothing in those days.
        """
        detection = self._detection()
        source, days = self._replayed(asked, start, end)
        judged = detection.judge(asked, source, Period(min(source.covered.start, days.start), days.end))
        anomalies = tuple(a for a in told(judged) if a.detected_on in days)
        meant = [label for label in known if label.days.start in days]
        panel = judged[0].panel
        return Backtest(
            view=replace(self._view(judged), period=days),
            monitor=", ".join(dict.fromkeys(level.monitor.name for level in judged)),
            sensitivity=", ".join(dict.fromkeys(level.monitor.sensitivity for level in judged)),
            days_replayed=days.days,
            series=sum(len(level.panel.scopes) for level in judged),
            alerts_per_week=7.0 * len(anomalies) / days.days,
            anomalies=anomalies,
            accuracy=accuracy(anomalies, meant, panel=panel, days=days) if known else None,
            missed=missed(anomalies, meant),
        )

    def read_labels(self, file: Path) -> tuple[Label, ...]:
        """Known anomalies from a CSV file. Raises: MissingLocation, InvalidArgument."""
        return labels.read_labels(file)

    def within_budget(
        self, asked: Asked, alerts_per_week: float, *, start: date | None = None, end: date | None = None
    ) -> Budget:
        """The most talkative setting that stays within so many alerts a week, and what it keeps silent about.

        The quietest one when none does.
        """
        usual = chosen = self.backtest(asked, start=start, end=end)
        for score, minimum_impact in QUIETER:
            quieter = replace(asked, sensitivity=score, minimum_impact=minimum_impact)
            chosen = self.backtest(quieter, start=start, end=end)
            if chosen.alerts_per_week <= alerts_per_week:
                break
        still_told = {a.anomaly_id for a in chosen.anomalies}
        silent = tuple(a for a in usual.anomalies if a.anomaly_id not in still_told)
        return Budget(
            alerts_per_week, minimum_impact or self.settings.anomaly.min_impact, usual, chosen, silent
        )

    def planted(
        self, asked: Asked, *, start: date | None = None, end: date | None = None, seed: int = 1
    ) -> tuple[Planted, ...]:
        """How many anomalies planted in this history would be told, by kind and size."""
        detection = self._detection()
        source, days = self._replayed(asked, start, end)
        first = detection.judge(asked, source, Period(min(source.covered.start, days.start), days.end))[0]
        judged, planted = detection.judge_planted(asked, first, seed=seed)
        return found_by_size(judged.anomalies, planted)

    def _detection(self) -> Detection:
        return Detection(self.settings, self.store, as_of=self.as_of)

    def _view(self, judged: Sequence[Judged]) -> View:
        """What the verdicts rest on."""
        levels = dict.fromkeys("+".join(map(str, level.dimensions)) or "total" for level in judged)
        return views.view(judged[0].panel, list(levels))

    def _recent(self, asked: Asked, days: int) -> tuple[Coverage, Period]:
        """The source chosen, and the window with the days before it that a detector learns from."""
        source = views.choose(self.coverage(), asked.source, days)
        period = views.window(source, self.as_of, days + HISTORY_DAYS)
        return source, replace(period, start=max(period.start, source.covered.start))

    def _replayed(self, asked: Asked, start: date | None, end: date | None) -> tuple[Coverage, Period]:
        """The source chosen, and the days to replay: all it covers unless asked otherwise. Raises: NoData."""
        source = views.choose(self.coverage(), asked.source)
        covered = views.window(source, self.as_of, source.covered.days)
        first, last = (
            max(start or source.covered.start, source.covered.start),
            min(end or covered.last_day, covered.last_day),
        )
        if last < first:
            raise NoData(f"from {start or first} to {end or last}", f"Covered are {source.covered}.")
        return source, Period(first, last + ONE_DAY)

    # The sample bill ----------------------------------------------------------------------------------------

    def write_sample(self, folder: Path, *, seed: int = 7) -> SampleFiles:
        """The sample bill, written below `folder` as a CUR 2.0 export with its list of planted anomalies."""
        from aws_cost_anomalies.sources.sample import write_sample

        return write_sample(folder, kinds.parquet_writer(self.settings), seed=seed)


def _failed(data_source: str, export: str, billing_period: str, *, problem: PartialResult) -> LoadedBill:
    """A billing period whose last good version stays."""
    told = f"{problem.message} {problem.hint}".strip()
    return LoadedBill(data_source, export, billing_period, "failed", problem=told)
