"""What pages are made from: the use cases of one day, asked for whole pages.

The dashboard asks the same desk again and again, the report once.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable

from aws_cost_anomalies.analysis.gaps import gaps
from aws_cost_anomalies.app import App
from aws_cost_anomalies.looking.findings import Findings
from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.model.alert import OutboxEntry
from aws_cost_anomalies.model.anomaly import Said
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.load import ApiCall, Coverage
from aws_cost_anomalies.model.look import Look
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.page import anomaly as single
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.anomalies import Entry, Listed
from aws_cost_anomalies.page.markup import Markup
from aws_cost_anomalies.page.overview import Overview
from aws_cost_anomalies.page.stock import Stock
from aws_cost_anomalies.settings.shown import shown

OVERVIEW_DAYS = 60
Line = Callable[..., str]
"""Words → the command line."""


def plain_line(*arguments: str) -> str:
    """A command line of the program as it is usually configured."""
    return shlex.join(["aws-cost-anomalies", *arguments])


class Desk:
    """The use cases of one day. Safe to share between threads."""

    def __init__(self, app: App, line: Line = plain_line) -> None:
        """Ask nothing yet.

        Args:
            app: whom to ask.
            line: writes the command lines that people copy.
        """
        self._line = line
        looking = app.looking()
        self.app = app
        self.watching = looking.watching
        self.exploring = looking.exploring
        self.tuning = looking.tuning
        self._outbox: Kept[tuple[OutboxEntry, ...]] = Kept(2)
        self._coverage: Kept[tuple[Coverage, ...]] = Kept(2)
        self._paid: Kept[tuple[ApiCall, ...]] = Kept(2)
        self._stock: Kept[Stock] = Kept(2)
        self._said: Kept[tuple[Said, ...]] = Kept(256)
        self._listed: Kept[Listed] = Kept(2)

    def version(self) -> str:
        """What tells the store as it is now from every other version of it."""
        return self.app.store.version()

    def names(self) -> dict[str, str]:
        """Account id → name."""
        return self.watching.account_names()

    def outbox(self) -> tuple[OutboxEntry, ...]:
        """Every alert, the oldest first."""
        return self._outbox.get(self.version(), self.app.store.alerts)

    def coverage(self) -> tuple[Coverage, ...]:
        """What is loaded, per data source."""
        return self._coverage.get(self.version(), self.app.coverage)

    def listed(self, findings: Findings) -> Listed:
        """Every anomaly of the list, and what it can be filtered by."""
        return self._listed.get(findings, lambda: Listed.of(_entries(findings)))

    def stock(self) -> Stock:
        """What is held, and what is configured."""
        return self._stock.get(self.version(), self._held)

    def overview(self, group_by: str = "service") -> Overview:
        """How things stand. Raises: NoData."""
        look = Look(Asked(group_by=group_by), days=OVERVIEW_DAYS)
        return Overview(
            month=self.exploring.month(Asked()),
            explored=self.exploring.explored(look),
            anomalies=self.watching.now().anomalies,
            coverage=self.coverage(),
            paid=self._paid.get(self.version(), self._calls),
            names=self.names(),
        )

    def known(self, findings: Findings, anomaly_id: str) -> single.Known:
        """One anomaly, as far as it takes no look into the bill. Raises: UnknownAnomaly."""
        found = findings.of(anomaly_id)
        entry, number = self.listed(findings).of_anomaly(found), found.anomaly_id
        told_of = [e for e in self.outbox() if any(t.anomaly_id == number for t in e.told)]
        return single.Known(
            entry=entry,
            days=self.watching.days(found),
            currency=findings.view.currency,
            through=findings.view.through,
            names=self.names(),
            notices=tuple(told_of),
            said=() if found.feedback is None else self._words_on(number),
        )

    def _words_on(self, number: str) -> tuple[Said, ...]:
        return self._said.get((self.version(), number), lambda: self.app.store.said(number))

    def detail(self, known: single.Known) -> Markup:
        """What takes a look into the bill; of one that was restated away, who was told of it."""
        if not known.days:
            return parts.card("Notices", single.notices(known.notices))
        told = self.watching.explained(known.anomaly.anomaly_id)
        return single.detail(told, self.watching.narrated(told), known, again=self._again(told))

    def _again(self, told: Explanation) -> single.Again:
        """The commands that tell the same anomaly."""
        number, day = told.anomaly.anomaly_id, str(self.app.as_of)
        several = any(e.data_source == told.data_source and len(e.currencies) > 1 for e in self.coverage())
        of = ("--currency", told.currency) if several else ()
        words = ("explain", number, "--as-of", day, "--source", told.data_source.replace("_", "-"), *of)
        return single.Again(
            offline=(self._line(*words), self._line(*words, "--format", "json")),
            who=self._line("explain", number, "--who", *of),
        )

    def _calls(self) -> tuple[ApiCall, ...]:
        """The paid calls of this month, today's included."""
        this = BillingPeriod.of(self.app.as_of).period
        return self.app.store.api_calls(Period(this.start, max(this.end, self.app.as_of + ONE_DAY)))

    def _held(self) -> Stock:
        store = self.app.store
        with store.one_version():
            loads = store.loads()
            return Stock(
                coverage=self.coverage(),
                loads=loads,
                gaps=gaps(loads),
                missing=self.app.gaps(),
                restatements=self.app.restatements(),
                runs=store.runs(),
                calls=store.api_calls(),
                settings=shown(self.app.settings),
            )


def _entries(findings: Findings) -> list[Entry]:
    """Every anomaly of the list: told, silent, taken back."""
    silent = {each.anomaly.anomaly_id: each.reason for each in findings.silent}
    every = (*findings.anomalies, *(each.anomaly for each in findings.silent), *findings.withdrawn)
    return [Entry(a, silent.get(a.anomaly_id, ""), findings.owners.get(a.anomaly_id, {})) for a in every]
