"""Data: what is loaded, what moved afterwards, what is missing, what is configured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aws_cost_anomalies.model.alert import Run
from aws_cost_anomalies.model.gap import Gap
from aws_cost_anomalies.model.load import ApiCall, Coverage, Load, Moved, Restatement, moved
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag
from aws_cost_anomalies.page.overview import fresh

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Stock:
    """What stands on the page.

    Attributes:
        gaps: data source → days that nobody delivered.
        missing: data source → days that were delivered without what is charged every day.
        runs: daily runs, the oldest first.
        calls: the ledger of paid calls, the oldest first.
        settings: dotted key → value in force, secrets hidden.
    """

    coverage: tuple[Coverage, ...]
    loads: tuple[Load, ...]
    gaps: Mapping[str, tuple[Period, ...]]
    missing: Mapping[str, tuple[Gap, ...]]
    restatements: tuple[Restatement, ...]
    runs: tuple[Run, ...]
    calls: tuple[ApiCall, ...]
    settings: Mapping[str, str]


def stock(held: Stock) -> Markup:
    """The page."""
    return joined(
        tag(
            "div",
            parts.card("How fresh it is", fresh(held.coverage)),
            parts.card("Gaps", _gaps(held)),
            class_="two even",
        ),
        parts.card("Loads", _loads(held.loads)),
        parts.card("Restatements", _restatements(held.restatements)),
        tag(
            "div",
            parts.card("Runs", _runs(held.runs)),
            parts.card("Paid API calls", _calls(held.calls)),
            class_="two even",
        ),
        parts.card("Settings in force", _settings(held.settings)),
    )


def _gaps(held: Stock) -> Markup:
    if not held.coverage:
        return parts.nothing("Nothing is loaded yet.")
    found = [(source, period, "everything") for source, periods in held.gaps.items() for period in periods]
    for source, lacks in held.missing.items():
        whole = held.gaps.get(source, ())
        found += [
            (source, gap.days, gap.what) for gap in lacks if not any(gap.days.meets(days) for days in whole)
        ]
    if not found:
        return parts.nothing("Every day between the first and the last was delivered, and none lacks much.")
    rows: list[list[Child]] = [
        [source.replace("_", "-"), str(days), f"{days.days:,}", what]
        for source, days, what in sorted(found, key=lambda row: row[:2])
    ]
    columns = ["source", "days", "how many", "no charges of"]
    return parts.Table(columns, rows, numbers=(2,), caption="Gaps").drawn()


def _loads(loads: Sequence[Load]) -> Markup:
    if not loads:
        return parts.nothing("Nothing is loaded yet.")
    newest = sorted(loads, key=lambda load: (load.billing_period, load.data_source), reverse=True)
    rows: list[list[Child]] = [
        [
            load.billing_period,
            load.data_source.replace("_", "-"),
            load.export,
            str(load.covered) if load.covered else "no charge",
            f"{load.line_items:,}",
            f"{load.rows:,}",
            f"{len(load.files):,}",
            parts.moment(load.loaded_at),
        ]
        for load in newest[:MOST_ROWS]
    ]
    columns = ["period", "source", "export", "days", "line items", "daily rows", "files", "loaded"]
    return parts.Table(columns, rows, numbers=(4, 5, 6), caption="Loads").drawn()


def _restatements(restatements: Sequence[Restatement]) -> Markup:
    """By billing period, source and service, the newest period first, the largest change first."""
    if not (found := moved(restatements)):
        return parts.nothing("No load has moved a day that was loaded before.")
    ranked = sorted(found, key=lambda each: (each.month, _size(each)), reverse=True)
    rows: list[list[Child]] = [
        [
            each.month,
            each.data_source.replace("_", "-"),
            each.service,
            *(_change(change, each.currency) for change in (each.change, each.effective_change)),
        ]
        for each in ranked[:MOST_ROWS]
    ]
    columns = ["period", "source", "service", "unblended", "net-amortized"]
    return parts.Table(columns, rows, numbers=(3, 4), caption="Restatements").drawn()


def _size(each: Moved) -> Decimal:
    return max(abs(each.change), abs(each.effective_change or Decimal()))


def _change(change: Decimal | None, currency: str) -> Child:
    return "–" if change is None else parts.amount(float(change), currency=currency, is_change=True)


def _runs(runs: Sequence[Run]) -> Markup:
    if not runs:
        return parts.nothing("No daily run yet: `aws-cost-anomalies run` does the whole morning.")
    rows: list[list[Child]] = [
        [parts.moment(run.started_at), "good" if run.is_good else "not good", run.summary]
        for run in reversed(runs[-20:])
    ]
    return parts.Table(["when", "how", "what"], rows, caption="Daily runs").drawn()


def _calls(calls: Sequence[ApiCall]) -> Markup:
    if not calls:
        return parts.nothing("None was ever made.")
    rows: list[list[Child]] = [
        [
            parts.moment(c.called_at),
            f"{c.service} {c.operation}",
            f"{c.requests:,}",
            parts.amount(float(c.usd), currency="USD"),
        ]
        for c in reversed(calls[-20:])
    ]
    total = parts.amount(float(sum(call.usd for call in calls)), currency="USD")
    foot: list[Child] = ["ever", "", f"{sum(call.requests for call in calls):,}", total]
    return parts.Table(
        ["when", "call", "requests", "cost"], rows, numbers=(2, 3), caption="Paid API calls", footer=foot
    ).drawn()


def _settings(settings: Mapping[str, str]) -> Markup:
    rows: list[list[Child]] = [[tag("code", key), value] for key, value in settings.items()]
    return tag(
        "details",
        tag("summary", f"{len(rows):,} settings"),
        parts.Table(["key", "value"], rows, caption="Settings in force").drawn(),
    )
