"""`trends`: cost over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.commands.freshness import note_if_stale
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.errors import UsageError
from aws_cost_anomalies.model.period import ONE_DAY, Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aws_cost_anomalies.model.load import Restatement

HELP = """Cost over time, the largest first: a line of blocks per row and the change since the day before.

The last 14 days by service unless asked otherwise. With --restatements: how later loads moved
days that had been loaded before, unblended and net-amortized, each source on its own; all there is,
unless --days, --period, --currency or --filter service=NAME narrow it."""
EXAMPLES = (
    "trends",
    "trends --group-by account --days 30",
    "trends --group-by tag:team --granularity weekly --days 84",
    "trends --filter service='Amazon Simple Storage Service' --group-by resource --period 2026-08",
    "trends --metric unblended --charges all --format csv",
    "trends --restatements",
)
NOT_OF_RESTATEMENTS = ("group_by", "top", "granularity", "charges")
"""What a restatement does not know: it is kept for each day, service and currency."""


def run(
    ctx: typer.Context,
    *,
    days: options.Days = 14,
    group_by: options.GroupBy = None,
    top: options.Top = 10,
    source: options.Source = None,
    metric: options.Metric = None,
    granularity: Annotated[
        str, options.one_of("--granularity", ("daily", "weekly", "monthly"), "Length of a bucket")
    ] = "daily",
    currency: options.Currency = None,
    charges: options.Charges = None,
    only: options.Filter = None,
    period: Annotated[
        str | None, typer.Option(metavar="FROM..TO", help="These days, or a month YYYY-MM, instead of --days")
    ] = None,
    restatements: Annotated[bool, typer.Option("--restatements", help="What later loads moved")] = False,
    style: options.Format = "table",
) -> None:
    """Print trends, or restatements."""
    from aws_cost_anomalies.cli.answers.accounts import known_accounts
    from aws_cost_anomalies.cli.answers.trends import PrintedTrends
    from aws_cost_anomalies.cli.formats import print_answer

    session: Session = ctx.obj
    screen, app = session.screen(), session.app()
    if restatements:
        from aws_cost_anomalies.cli.answers.restatements import PrintedRestatements

        _refuse(ctx, NOT_OF_RESTATEMENTS)
        given = Period.parse(period) if period else None
        if given is None and _is_given(ctx, "days"):
            last = (each.covered.last_day for each in app.coverage())
            given = Period.ending(max(last, default=session.as_of - ONE_DAY), days)
        part = _Part.of(given, currency, only or ())
        moved = part.of_all(app.restatements(options.data_source(source)))
        print_answer(PrintedRestatements(moved, session.as_of, metric, str(part)), style, screen)
        return
    asked = options.asked(
        source=source,
        metric=metric,
        group_by=group_by,
        currency=currency,
        charges_text=charges,
        filters=only or (),
    )
    with screen.working("Summing costs"):
        answer = app.trends(
            asked,
            days=days,
            period=Period.parse(period) if period else None,
            granularity=granularity,
            top=top,
        )
    accounts = known_accounts(app, (row.scope for row in answer.rows))
    print_answer(PrintedTrends(answer, session.as_of, accounts), style, screen)
    note_if_stale(session, answer.view)


@dataclass(frozen=True, slots=True)
class _Part:
    """The restatements that are asked for; None and empty mean all."""

    days: Period | None
    currency: str
    service: str

    @classmethod
    def of(cls, days: Period | None, currency: str | None, filters: Sequence[str]) -> _Part:
        """As the flags say. Raises: UsageError: a filter by what they are not kept by."""
        within = options.scope_of(filters).as_dict()
        service = within.pop("ServiceName", "")
        if within:
            raise _unknown("--filter by anything but the service")
        return cls(days, (currency or "").upper(), service)

    def of_all(self, every: Iterable[Restatement]) -> tuple[Restatement, ...]:
        """Those of them that are asked for."""
        return tuple(
            one
            for one in every
            if (self.days is None or one.day in self.days)
            and self.currency in {"", one.currency}
            and self.service in {"", one.service}
        )

    def __str__(self) -> str:
        parts = (self.days, self.currency, self.service)
        return ", ".join(str(part) for part in parts if part)


def _is_given(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name != "DEFAULT"


def _refuse(ctx: typer.Context, names: Iterable[str]) -> None:
    """Refuse a flag that would change nothing. Raises: UsageError."""
    for name in names:
        if _is_given(ctx, name):
            raise _unknown(f"--{name.replace('_', '-')}")


def _unknown(flag: str) -> UsageError:
    hint = (
        "Leave it out; --days, --period, --source, --currency, --metric, --filter service=NAME narrow them."
    )
    return UsageError(f"Restatements know no {flag}: they are kept by day, service and currency.", hint)


COMMAND = Command(HELP, EXAMPLES, run)
