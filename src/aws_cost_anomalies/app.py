"""The line through the house: ingest · detect · explain, and the questions beside it.

The only corridor between rooms: a source's bills go through the engine into the store; a Panel comes out, the
detector marks it, episodes become anomalies, and an explanation says who carries the money. What only some
use cases need is imported there, so that a quick question stays quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from aws_cost_anomalies import views
from aws_cost_anomalies.model.load import Coverage, Restatement
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store import Store

if TYPE_CHECKING:
    from aws_cost_anomalies.alerts import Decided
    from aws_cost_anomalies.backtesting import Backtesting
    from aws_cost_anomalies.daily import Daily, Report
    from aws_cost_anomalies.detection import Detection
    from aws_cost_anomalies.explaining import Explaining
    from aws_cost_anomalies.following import Following
    from aws_cost_anomalies.free_sql import Rows
    from aws_cost_anomalies.ingestion import Import, Ingestion
    from aws_cost_anomalies.language_model import LanguageModel
    from aws_cost_anomalies.live import Live
    from aws_cost_anomalies.looking import Looking
    from aws_cost_anomalies.model.alert import OutboxEntry
    from aws_cost_anomalies.model.anomaly import Feedback
    from aws_cost_anomalies.model.answers import (
        Asked,
        Comparison,
        Detected,
        FeedbackEffect,
        Ingested,
        LoadedBill,
        Trends,
        Wanted,
    )
    from aws_cost_anomalies.model.backtest import Backtest, Budget, Label, Planted
    from aws_cost_anomalies.model.explanation import Explanation
    from aws_cost_anomalies.model.gap import Gap
    from aws_cost_anomalies.second_opinion import OpinionImport, SecondOpinion
    from aws_cost_anomalies.settings import Settings
    from aws_cost_anomalies.sources.sample import SampleFiles

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def _of_one_version(
    use_case: Callable[Concatenate[App, _Given], _Answer],
) -> Callable[Concatenate[App, _Given], _Answer]:
    """A use case whose every number comes from the same version of the store."""

    @wraps(use_case)
    def answer(app: App, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        with app.store.one_version():
            return use_case(app, *args, **kwargs)

    return answer


class App:
    """Every use case; each door calls these and nothing else."""

    def __init__(
        self,
        settings: Settings,
        *,
        as_of: date | None = None,
        now: datetime | None = None,
        published: Callable[[Path], None] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            settings: as loaded.
            as_of: today, UTC: the first day that is not over yet.
            now: the moment recorded with a load, aware.
            published: told where the store lies after each change of it; what it raises ends the work.
        """
        self.settings = settings
        self.now = now or datetime.now(UTC)  # noqa: TID251 - a Python program is a door too
        self.as_of = as_of or self.now.date()
        self.store = Store(
            settings.database.path,
            settle_hours={"sample": 0, "": settings.database.settle_hours},
            published=published,
        )

    # Ingest: source → engine → store ------------------------------------------------------------------------

    def plan_ingest(self, wanted: Wanted) -> Import | OpinionImport:
        """What an ingest would fetch and pay; makes no paid call."""
        if (wanted.source or "").replace("-", "_") == "aws_anomalies":
            return self._second_opinion().planned(wanted)
        return self._ingestion().planned(wanted)

    def ingest(self, job: Import | OpinionImport) -> Iterator[LoadedBill]:
        """Each billing period as it is done: what is told as loaded is on disk for readers by then."""
        from aws_cost_anomalies.second_opinion import OpinionImport

        if isinstance(job, OpinionImport):
            return self._second_opinion().run(job)
        return self._ingestion().run(job)

    def forget(self, export: str, source: str | None = None, month: str | None = None) -> Ingested:
        """Drop what an export has loaded, or one month of it, so that another one can take its place.

        Raises: NoData: nothing of it is loaded.
        """
        from aws_cost_anomalies.model.answers import Ingested

        return Ingested(self._ingestion().forget(export, source, month))

    def bring_up_to_date(self) -> None:
        """Bring a store of an older version up to date; who writes does so first. Raises: StoreBusy."""
        self.store.bring_up_to_date(self.now)

    # Questions: store → Panel → answer ----------------------------------------------------------------------

    def coverage(self) -> tuple[Coverage, ...]:
        """What is loaded, per data source."""
        return self.store.coverage(self.as_of)

    def account_names(self) -> dict[str, str]:
        """Account id → its newest name, for those that have one."""
        return self.store.account_names()

    @_of_one_version
    def gaps(self) -> dict[str, tuple[Gap, ...]]:
        """Data source → what it lacks in the days that anomalies are told of."""
        from aws_cost_anomalies import slices

        return slices.gaps(self.settings, self.store, as_of=self.as_of)

    def restatements(self, data_source: str | None = None) -> tuple[Restatement, ...]:
        """How loads moved days that were loaded before; of every data source unless one is named."""
        return tuple(one for one in self.store.restatements() if data_source in {None, one.data_source})

    @_of_one_version
    def trends(
        self,
        asked: Asked,
        *,
        days: int = 14,
        period: Period | None = None,
        granularity: str = "daily",
        top: int = 10,
    ) -> Trends:
        """Cost over time by one grouping: of the last `days` days, or of a period."""
        from aws_cost_anomalies import slices
        from aws_cost_anomalies.analysis import trend

        name = views.named(self.settings, asked)
        coverage = views.source(self.store.coverage, name, as_of=self.as_of, days=days)
        period = period or views.window(coverage, self.as_of, days)
        query = views.grouped(self.settings, asked, coverage.data_source, period=period)
        (panel,) = slices.panels(self.settings, self.store, [query], as_of=self.as_of)
        usual = views.usual(self.settings, panel.data_source, period=period, currency=panel.currency)
        told = trend.trends(panel, granularity=granularity, top=top, view=views.view(panel, query))
        return replace(told, gaps=self.store.gaps(usual, as_of=self.as_of))

    @_of_one_version
    def compare(self, a: Period, b: Period, asked: Asked, *, top: int = 10) -> Comparison:
        """Two periods side by side, of the days that are over. Raises: NoData: nothing of one is loaded."""
        from aws_cost_anomalies import slices
        from aws_cost_anomalies.analysis import trend

        wanted = views.named(self.settings, asked)
        name = views.source(self.store.coverage, wanted, as_of=self.as_of).data_source
        before, after = (slices.loaded_days(self.store, name, each, as_of=self.as_of) for each in (a, b))
        over = [replace(each, end=min(each.end, self.as_of)) for each in (a, b)]
        queries = [views.grouped(self.settings, asked, name, period=each) for each in over]
        panels = slices.panels(self.settings, self.store, queries, as_of=self.as_of)
        view = views.view(panels[1], queries[1])
        view = replace(view, through=min(view.through, after[-1]))
        told = trend.compare(*panels, top=top, view=view, loaded=(len(before), len(after)))
        return replace(told, a=a, b=b)

    # Detect and explain: Panel → Flags → Anomaly → Explanation ----------------------------------------------

    @_of_one_version
    def detect(self, asked: Asked, *, days: int = views.TOLD_DAYS) -> Detected:
        """The anomalies of the last `days` days: one per move, named at the level that explains it best.

        What is planned, silent by feedback, withheld, or taken back by a restated bill is listed apart.
        """
        from aws_cost_anomalies.detection import view_of
        from aws_cost_anomalies.model.answers import Detected

        detection = self._detection()
        name = views.named(self.settings, asked)
        lookback = views.lookback(self.store.coverage, name, as_of=self.as_of, days=days)
        today = self._following(detection).today(asked, lookback)
        suppressed = detection.suppressed(today.anomalies, today.judged[0].panel.currency)
        silent = {each.anomaly.anomaly_id for each in suppressed}
        view = view_of(today.judged)
        return Detected(
            view=replace(view, period=lookback.told, within=asked.within),
            as_of=self.as_of,
            monitor=", ".join(dict.fromkeys(level.monitor.name for level in today.judged)),
            sensitivity=", ".join(dict.fromkeys(level.monitor.sensitivity for level in today.judged)),
            anomalies=tuple(a for a in today.anomalies if a.anomaly_id not in silent),
            suppressed=suppressed + detection.withheld(today.judged, today.anomalies, since=lookback.since),
            withdrawn=today.withdrawn,
            unanswered=detection.unanswered,
            aws=self._second_opinion().beside(today.anomalies, lookback.told),
            gaps=detection.gaps(today.judged, lookback.told),
        )

    @_of_one_version
    def explain(self, anomaly_id: str, asked: Asked) -> Explanation:
        """One anomaly in full; the id may be the beginning of one.

        Looks in the grouping asked or configured, then in the usual ones.

        Raises:
            UnknownAnomaly: no grouping has it, or several anomalies begin like it.
            WithdrawnAnomaly: a restated bill took it back.
        """
        return self._explaining().explain(anomaly_id, asked)

    def with_activity(self, told: Explanation, wait: Callable[[float], object]) -> Explanation:
        """The explanation with who did what around its first day; asks CloudTrail, `wait` between pages."""
        from aws_cost_anomalies.who import with_activity

        return with_activity(told, self.settings, as_of=self.as_of, wait=wait)

    @_of_one_version
    def feedback_effect(self, anomaly_id: str, word: Feedback, asked: Asked) -> FeedbackEffect:
        """What saying this of an anomaly would have kept silent so far. Raises: as `explain`."""
        return self._explaining().feedback_effect(anomaly_id, word, asked)

    def give_feedback(self, effect: FeedbackEffect, *, note: str = "") -> None:
        """Keep an anomaly together with what is said of it. Raises: StoreBusy."""
        self._explaining().give_feedback(effect, note=note)

    # Alert: today's anomalies → messages in the outbox → channels ------------------------------------------

    def alerts(
        self, asked: Asked, *, days: int = views.TOLD_DAYS, wait: Callable[[float], object] | None = None
    ) -> Decided:
        """Who is to be told what of the anomalies of the last `days` days; writes and sends nothing.

        With `wait`, which lets seconds pass, CloudTrail is asked who did it where the settings want that.
        """
        return self.daily.decided(asked, days=days, wait=wait)

    @property
    def daily(self) -> Daily:
        """The work of a day: keeping and sending alerts, and what watches over it."""
        from aws_cost_anomalies.daily import Daily

        return Daily(self.settings, self.store, as_of=self.as_of, now=self.now)

    def sources(self) -> tuple[str, ...]:
        """The sources that a run reads: those whose place is configured, else Cost Explorer."""
        from aws_cost_anomalies import kinds

        return kinds.configured_sources(self.settings)

    def run(
        self, sources: Sequence[Wanted], asked: Asked, *, wait: Callable[[float], None]
    ) -> Iterator[LoadedBill | Decided | OutboxEntry | Report]:
        """Ingest, judge, alert: each step as it is done, the report last.

        Args:
            sources: what to ingest; none for none.
            asked: what is judged.
            wait: lets seconds pass, e.g. `time.sleep`.

        Raises:
            StoreBusy: another run is at work.
        """
        return self.daily.run(sources, asked, wait=wait)

    # Prove: the same verdicts, day by day over the past -----------------------------------------------------

    @_of_one_version
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
        return self._backtesting().backtest(asked, start=start, end=end, known=known)

    def read_labels(self, file: Path | None) -> tuple[Label, ...]:
        """Known anomalies, of a CSV file or of AWS. Raises: MissingLocation, InvalidArgument."""
        if file is None:
            return self._second_opinion().labels()
        from aws_cost_anomalies.labels import read_labels

        return read_labels(file)

    @_of_one_version
    def within_budget(
        self, asked: Asked, alerts_per_week: float, *, start: date | None = None, end: date | None = None
    ) -> Budget:
        """The most talkative setting that stays within so many alerts a week, and what it keeps silent about.

        The quietest one when none does.
        """
        return self._backtesting().within_budget(asked, alerts_per_week, start=start, end=end)

    @_of_one_version
    def planted(
        self, asked: Asked, *, start: date | None = None, end: date | None = None, seed: int = 1
    ) -> tuple[Planted, ...]:
        """How many anomalies planted in this history would be told, by kind and size."""
        return self._backtesting().planted(asked, start=start, end=end, seed=seed)

    def looking(self) -> Looking:
        """What pages ask again and again, answered once for each version of the charges."""
        from aws_cost_anomalies.looking import Looking

        return Looking(self.settings, self.store, as_of=self.as_of)

    # What is imported when it is needed ---------------------------------------------------------------------

    def _ingestion(self) -> Ingestion:
        from aws_cost_anomalies.ingestion import Ingestion

        return Ingestion(self.settings, self.store, as_of=self.as_of, now=self.now)

    def _detection(self) -> Detection:
        from aws_cost_anomalies.detection import Detection

        return Detection(self.settings, self.store, as_of=self.as_of)

    def _following(self, detection: Detection) -> Following:
        from aws_cost_anomalies.following import Following

        return Following(detection, self.store, as_of=self.as_of)

    def _second_opinion(self) -> SecondOpinion:
        from aws_cost_anomalies.second_opinion import SecondOpinion

        return SecondOpinion(self.settings, self.store, as_of=self.as_of, now=self.now)

    def _explaining(self) -> Explaining:
        from aws_cost_anomalies.explaining import Explaining

        return Explaining(self.settings, self.store, as_of=self.as_of, now=self.now)

    def _backtesting(self) -> Backtesting:
        from aws_cost_anomalies.backtesting import Backtesting

        return Backtesting(self.settings, self.store, as_of=self.as_of)

    def select(self, statement: str) -> Rows:
        """The rows of one SELECT by somebody who is not trusted. Raises: as `FreeSql.ask`."""
        from aws_cost_anomalies.free_sql import kept

        return kept().ask(self.store.path, statement)

    def dictionary(self) -> str:
        """Tables, columns and rules for `select`, as text."""
        from aws_cost_anomalies.free_sql import dictionary

        return dictionary()

    @property
    def live(self) -> Live:
        """AWS as it answers now, beside what was imported."""
        from aws_cost_anomalies.live import Live

        return Live(self.settings, self.store, as_of=self.as_of, now=self.now)

    def language_model(self) -> LanguageModel:
        """The model of `agent`, not asked anything yet."""
        from aws_cost_anomalies import kinds

        return kinds.language_model(self.settings)

    # The sample bill ----------------------------------------------------------------------------------------

    def write_sample(self, folder: Path, *, seed: int = 7) -> SampleFiles:
        """The sample bill, written below `folder` as a CUR 2.0 export with its list of planted anomalies."""
        from aws_cost_anomalies import kinds
        from aws_cost_anomalies.sources.sample import write_sample

        return write_sample(folder, kinds.parquet_writer(self.settings), seed=seed)
