"""Anomalies, printed: the largest money first, one line each where there is room, else three short ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import money, tables
from aws_cost_anomalies.cli.answers import opinion, parts
from aws_cost_anomalies.cli.answers.accounts import among, show_accounts
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Severity
from aws_cost_anomalies.model.answer_document import detected_document
from aws_cost_anomalies.model.answers import Detected
from aws_cost_anomalies.model.scope import Scope

WIDE = 132
"""Columns from which each anomaly has a line of its own."""
MOST_SILENT = 12
"""More that is not told is counted."""
STYLES = {Severity.CRITICAL: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@dataclass(frozen=True, slots=True)
class PrintedAnomalies:
    """Anomalies for one reader; `accounts` names those in them, by id."""

    detected: Detected
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print how many there are, the table and what it rests on."""
        screen.show(tables.title(self.headline()))
        if self.detected.anomalies:
            drawn = self._wide() if screen.width >= WIDE else self._stacked()
            screen.show(tables.blank(), drawn, tables.blank())
        for each in self.detected.suppressed[:MOST_SILENT]:
            one = each.anomaly
            told = f"{one.anomaly_id} {kind_name(one)} of {naming.plain_place(one)}: {each.reason}"
            screen.show(tables.caption(f"not told: {told}"))
        if len(self.detected.suppressed) > MOST_SILENT:
            more = len(self.detected.suppressed) - MOST_SILENT
            screen.show(tables.caption(f"not told: {more} more, which `--format json` lists"))
        for one in self.detected.withdrawn:
            told = f"{one.anomaly_id} {kind_name(one)} of {naming.plain_place(one)}"
            screen.show(tables.caption(f"withdrawn: {told}: the bill of its days was restated"))
        for monitor, reason in self.detected.unanswered.items():
            screen.show(tables.caption(f"monitor {monitor} not judged: {reason}"))
        screen.show(*parts.gaps(self.detected.gaps))
        view = self.detected.view
        if self.detected.aws is not None:
            screen.show(*opinion.lines(self.detected.aws, view.currency))
        looked = f"by {parts.grouping(view)}, {self.detected.sensitivity} sensitivity"
        screen.show(tables.caption(f"{parts.basis(view)} · {looked}"))
        show_accounts(screen, self.accounts, (one.scope for one in anomalies_of(self.detected)))

    def headline(self) -> str:
        """How many anomalies of which severity, in which days."""
        period, anomalies = self.detected.view.period, self.detected.anomalies
        days = "1 day" if period.days == 1 else f"{period.days} days"
        if not anomalies:
            none = f"No anomalies in {period} ({days})"
            # Where days are missing, nobody knows whether anything moved on them.
            beyond = "moved beyond what is usual here"
            return f"{none}, but the data has a gap." if self.detected.gaps else f"{none}: nothing {beyond}."
        counts = Counter(anomaly.severity for anomaly in anomalies)
        by_severity = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])
        noun = "anomaly" if len(anomalies) == 1 else "anomalies"
        return f"{len(anomalies)} {noun} in {period} ({days}): {by_severity}"

    def _wide(self) -> Table:
        numbers = ("impact", "%", "expected → actual")
        drawn = tables.table(
            "severity", "kind", "scope", "since", *numbers, "status", "id", numbers=numbers, ids=("id",)
        )
        for one in self.detected.anomalies:
            drawn.add_row(
                _severity(one),
                kind_name(one),
                tables.name(naming.plain_place(one)),
                _since(one),
                tables.change(one.impact.total_impact),
                _share(one),
                _moved(one),
                naming.state(one),
                one.anomaly_id,
            )
        return drawn

    def _stacked(self) -> Table:
        drawn = tables.table("severity, id", "what", "impact", numbers=("impact",), ids=("severity, id",))
        for one in self.detected.anomalies:
            drawn.add_row(
                Text("\n").join([_severity(one), Text(one.anomaly_id)]),
                Text("\n").join(
                    [
                        tables.name(naming.plain_place(one)),
                        Text(f"{kind_name(one)}, {_since(one)}, {naming.state(one)}", "dim"),
                    ]
                ),
                Text("\n").join(
                    [Text.assemble(tables.change(one.impact.total_impact), "  ", _share(one)), _moved(one)]
                ),
            )
        return drawn

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        names = among(self.accounts, scopes_of(anomalies_of(self.detected)))
        return {**detected_document(self.detected), "account_names": names}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per anomaly."""
        keys = parts.scope_keys(anomaly.scope for anomaly in self.detected.anomalies)
        amounts = [field.name for field in fields(Impact)]
        names = ("anomaly_id", "severity", "kind", "status", "score", "start_date", "end_date", "detected_on")
        yield [*names, *keys, *amounts, "feedback", "monitor", "filter"]
        for one in self.detected.anomalies:
            yield [
                *(getattr(one, name) for name in names),
                *parts.scope_cells(one.scope, keys, self.accounts),
                *(getattr(one.impact, name) for name in amounts),
                one.feedback,
                one.monitor,
                naming.typed(one.watched),
            ]


def anomalies_of(detected: Detected) -> tuple[Anomaly, ...]:
    """Those told, those kept silent, and those withdrawn."""
    silent = (each.anomaly for each in detected.suppressed)
    return (*detected.anomalies, *silent, *detected.withdrawn)


def scopes_of(anomalies: Iterable[Anomaly]) -> list[Scope]:
    """Their scopes, and those of their root causes."""
    return [scope for one in anomalies for scope in (one.scope, *(cause.scope for cause in one.root_causes))]


def kind_name(anomaly: Anomaly) -> str:
    """What happened, as people say it: `step up`."""
    return anomaly.kind.replace("_", " ")


def _severity(anomaly: Anomaly) -> Text:
    return Text(anomaly.severity, style=STYLES[anomaly.severity])


def _share(anomaly: Anomaly) -> Text:
    return tables.percentage(anomaly.impact.total_impact_percentage, anomaly.impact.total_impact)


def _since(anomaly: Anomaly) -> str:
    """Its days, the year said once."""
    start, end = anomaly.start_date, anomaly.end_date
    if start == end:
        return f"{start}"
    return f"{start}..{end:%m-%d}" if start.year == end.year else f"{start}..{end}"


def _moved(anomaly: Anomaly) -> Text:
    impact = anomaly.impact
    expected, actual = money.amount(impact.total_expected_spend), money.amount(impact.total_actual_spend)
    return Text(f"{expected} → {actual}", style="dim")
