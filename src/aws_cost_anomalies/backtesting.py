"""Proof by replay: what daily runs over the past would have told, and how far that agrees with what is known.

Verdicts are causal, so one pass of a detector over a panel is the replay of every day in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from aws_cost_anomalies import views
from aws_cost_anomalies.analysis.agreement import accuracy, found_by_size, missed
from aws_cost_anomalies.analysis.following import no_longer_told
from aws_cost_anomalies.analysis.injection import inject
from aws_cost_anomalies.detection import Detection, view_of
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.backtest import Backtest, Budget, Label, Planted
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.views import Lookback

QUIETER = (
    *((score, None) for score in ("2.5", "3", "3.5", "4", "5", "6")),
    *(("6", money) for money in (10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1e3, 2.5e3, 5e3, 1e4, 2.5e4, 1e5)),
)
"""What `within_budget` tries: sensitivity first, then the minimum impact, so that money speaks last."""


class Backtesting:
    """Replays of the detection that is configured."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date) -> None:
        """Open nothing yet; arguments as App's."""
        self._settings = settings
        self._store = store
        self._as_of = as_of
        self._detection = Detection(settings, store, as_of=as_of)

    def backtest(
        self,
        asked: Asked,
        *,
        start: date | None = None,
        end: date | None = None,
        known: Sequence[Label] = (),
    ) -> Backtest:
        """What a daily run would have told from `start` up to and with `end`, and how it agrees with labels.

        As `App.backtest`. Raises: NoData.
        """
        lookback = self._replayed(asked, start, end)
        judged, days = self._detection.judge(asked, lookback), lookback.told
        anomalies = tuple(a for a in self._detection.told(judged) if a.detected_on in days)
        meant = [label for label in known if label.days.start in days]
        panel = judged[0].panel
        return Backtest(
            view=replace(view_of(judged), period=days),
            monitor=", ".join(dict.fromkeys(level.monitor.name for level in judged)),
            sensitivity=", ".join(dict.fromkeys(level.monitor.sensitivity for level in judged)),
            days_replayed=days.days,
            series=sum(len(level.panel.scopes) for level in judged if not level.monitor.only_new),
            alerts_per_week=7.0 * len(anomalies) / days.days,
            anomalies=anomalies,
            accuracy=accuracy(anomalies, known, panel=panel, days=days) if known else None,
            missed=missed(anomalies, meant),
            unanswered=self._detection.unanswered,
        )

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
        silent = no_longer_told(usual.anomalies, chosen.anomalies)
        return Budget(
            alerts_per_week, minimum_impact or self._settings.anomaly.min_impact, usual, chosen, silent
        )

    def planted(
        self, asked: Asked, *, start: date | None = None, end: date | None = None, seed: int = 1
    ) -> tuple[Planted, ...]:
        """How many anomalies planted in this history would be told, by kind and size."""
        first = self._detection.judge(asked, self._replayed(asked, start, end))[0]
        panel, planted = inject(first.panel, np.random.default_rng(seed))
        judged = self._detection.judge_other(asked, first, panel)
        return found_by_size(judged.anomalies, planted)

    def _replayed(self, asked: Asked, start: date | None, end: date | None) -> Lookback:
        """The days to replay, all that the source covers unless asked otherwise. Raises: NoData."""
        name = views.named(self._settings, asked)
        source = views.source(self._store.coverage, name, as_of=self._as_of)
        covered = views.window(source, self._as_of, source.covered.days)
        first, last = (
            max(start or source.covered.start, source.covered.start),
            min(end or covered.last_day, covered.last_day),
        )
        if last < first:
            raise NoData(f"from {start or first} to {end or last}", f"Covered are {source.covered}.")
        return Lookback(source.data_source, Period(source.covered.start, last + ONE_DAY), first)
