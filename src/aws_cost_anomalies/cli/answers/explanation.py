"""An explanation, printed: the sentence, the chart, the money, and who carries it to the cent."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.cli import band_chart, money, tables
from aws_cost_anomalies.cli.answers import activity, causes, effects, opinion, parts
from aws_cost_anomalies.cli.answers.accounts import among, show_accounts
from aws_cost_anomalies.cli.answers.anomalies import STYLES, kind_name, scopes_of
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.answer_document import explanation_document
from aws_cost_anomalies.model.explanation import Breakdown, DayVerdict, Explanation
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.scope import Dimension, Scope

DAYS_DRAWN = 28


@dataclass(frozen=True, slots=True)
class PrintedExplanation:
    """An explanation for one reader; `accounts` names those in it, by id."""

    explanation: Explanation
    as_of: date
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print sentence, chart, impact and breakdowns."""
        told = self.explanation
        screen.show(tables.title(told.summary), self._facts(), *self._rests_on(), tables.blank())
        for line in band_chart.chart(self._window(), width=screen.width):
            screen.show(Text.assemble((line.axis, "dim"), *line.glyphs))
        screen.show(tables.caption(f"{band_chart.LEGEND}  ({told.currency} a day)"), tables.blank())
        screen.show(self._impact(), tables.blank())
        if told.effects is not None:
            screen.show(*effects.lines(told.effects, told.currency), tables.blank())
        if told.known_causes:
            causes.show(told.known_causes, screen)
            screen.show(tables.blank())
        whole = [f"{each.dimension} {_names(each)[0]}" for each in told.breakdowns if _is_whole(each)]
        for breakdown in told.breakdowns:
            if not _is_whole(breakdown):
                screen.show(self._breakdown(breakdown), tables.blank())
        if whole:
            screen.show(tables.name(f"All of it in {', '.join(whole)}."), tables.blank())
        if told.activity is not None:
            screen.show(*activity.lines(told.activity), tables.blank())
        screen.show(*opinion.verdict(told.aws_anomalies, told.currency))
        basis = (told.data_source.replace("_", "-"), self._metric(), told.currency, parts.charges(told))
        screen.show(tables.caption(" · ".join((*basis, f"through {told.through}"))))
        show_accounts(screen, self.accounts, scopes_in(told))

    def _metric(self) -> str:
        """Its short name."""
        return next(
            (n for n, c in METRIC_NAMES.items() if c == self.explanation.metric), self.explanation.metric
        )

    def _facts(self) -> Text:
        """Id, kind, severity, status and days on one line."""
        anomaly = self.explanation.anomaly
        days = (anomaly.end_date - anomaly.start_date).days + 1
        span = f"{anomaly.start_date}..{anomaly.end_date} ({days} {'day' if days == 1 else 'days'})"
        rest = (
            f" · {kind_name(anomaly)} · {naming.state(anomaly)} · {span} · first raised {anomaly.detected_on}"
        )
        return Text.assemble(anomaly.anomaly_id, " · ", (anomaly.severity, STYLES[anomaly.severity]), rest)

    def _rests_on(self) -> tuple[Text, ...]:
        """What the verdict on its first day rests on, as far as the detector says."""
        told = self.explanation
        first = next((day for day in told.days if day.day == told.anomaly.start_date), None)
        if not told.expected_from or first is None:
            return ()
        expected, lower, upper = (money.amount(each) for each in (first.expected, first.lower, first.upper))
        usual = f"{lower} to {upper} is usual" if math.isfinite(first.upper) else "nothing is usual"
        rest = f"{usual}; score {told.anomaly.score:.1f}"
        return (Text(f"{first.day}: {expected} expected from {told.expected_from}, {rest}"),)

    def _window(self) -> list[DayVerdict]:
        """The days drawn: the last ones, or those around an anomaly that lies further back."""
        days = list(self.explanation.days)
        ends = [i for i, day in enumerate(days) if day.day <= self.explanation.anomaly.end_date]
        last = min(len(days), (ends[-1] if ends else 0) + DAYS_DRAWN // 4 + 1)
        return days[max(0, last - DAYS_DRAWN) : last]

    def _impact(self) -> Table:
        impact, currency = self.explanation.anomaly.impact, self.explanation.currency
        drawn = tables.table("impact", currency, "%", numbers=(currency, "%"))
        share = tables.percentage(impact.total_impact_percentage, impact.total_impact)
        drawn.add_row("actual − expected, so far", tables.change(impact.total_impact), share)
        drawn.add_row("actual", tables.amount(impact.total_actual_spend), "")
        drawn.add_row("expected", tables.amount(impact.total_expected_spend), "")
        drawn.add_row("largest day", tables.change(impact.max_impact), "")
        if self.explanation.anomaly.stays:
            drawn.add_row("30 days, if it stays", tables.change(impact.monthly_run_rate), "")
        elif impact.rest_of_month or impact.monthly_run_rate:
            drawn.add_row("rest of the month, if it goes on", tables.change(impact.rest_of_month), "")
            drawn.add_row("30 days, if it goes on", tables.change(impact.monthly_run_rate), "")
        return drawn

    def _breakdown(self, breakdown: Breakdown) -> Table:
        total = self.explanation.anomaly.impact.total_impact
        told = _short(breakdown) if breakdown.dimension == "resource" else _names(breakdown)
        names = [tables.name(value) for value in told]
        amounts = [cause.contribution for cause in breakdown.causes]
        if round(breakdown.other, 2):
            names.append(tables.name("other"))
            amounts.append(breakdown.other)
        drawn = tables.table(
            f"by {breakdown.dimension}",
            "contribution",
            "share",
            numbers=("contribution", "share"),
            footer=True,
        )
        for label, cents in zip(names, money.cents_that_add_up(amounts, total), strict=True):
            drawn.add_row(label, tables.change(cents), _share(cents, total))
        footers = (Text("total"), tables.change(total), _share(total, total))
        for column, footer in zip(drawn.columns, footers, strict=True):
            column.footer = footer
        return drawn

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        document = explanation_document(self.explanation, as_of=self.as_of)
        return {**document, "account_names": among(self.accounts, scopes_in(self.explanation))}

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per contribution; each dimension's rows add up to the impact."""
        yield ["anomaly_id", "dimension", "cause", "contribution", parts.ACCOUNT_NAME]
        anomaly = self.explanation.anomaly.anomaly_id
        for breakdown in self.explanation.breakdowns:
            for value, cause in zip(_names(breakdown), breakdown.causes, strict=True):
                named = self.accounts.get(value, "") if breakdown.dimension == "account" else ""
                yield [anomaly, breakdown.dimension, value, cause.contribution, named]
            yield [anomaly, breakdown.dimension, parts.OTHER, breakdown.other, ""]


def scopes_in(told: Explanation) -> list[Scope]:
    """The scopes of an explanation: of the anomaly, and of whatever carries a part of it."""
    causes = (cause.scope for breakdown in told.breakdowns for cause in breakdown.causes)
    return [*scopes_of([told.anomaly]), *causes]


def _names(breakdown: Breakdown) -> list[str]:
    """What its causes are called."""
    return [_own_value(cause.scope.values, breakdown.dimension) for cause in breakdown.causes]


def _short(breakdown: Breakdown) -> list[str]:
    """Its resources by the last part of their ARNs, where that tells them apart."""
    return naming.causes(breakdown.causes, breakdown.dimension, {})


def _is_whole(breakdown: Breakdown) -> bool:
    """Whether one cause carries all of it."""
    return len(breakdown.causes) == 1 and not round(breakdown.other, 2)


def _own_value(values: tuple[tuple[str, str], ...], dimension: str) -> str:
    """What tells this cause from its siblings: the value under the dimension split by."""
    return dict(values).get(Dimension(dimension).key, " · ".join(value for _, value in values))


def _share(part: float, total: float) -> Text:
    return Text(money.share(part, total))
