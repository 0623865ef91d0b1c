"""What an ingest did, printed: a row per billing period and currency, what moved since, what failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from rich.table import Table
from rich.text import Text

from aws_cost_anomalies.aws.meter import PRICE
from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model.answers import Ingested, LoadedBill
from aws_cost_anomalies.model.load import Moved, is_told, moved

STYLES = {"loaded": "green", "unchanged": "dim", "failed": "bold red", "forgotten": "yellow"}
SHOWN_METRICS = {"BilledCost": "unblended", "EffectiveCost": "net-amortized"}


@dataclass(frozen=True, slots=True)
class PrintedIngest:
    """What an ingest did, for one reader."""

    ingested: Ingested
    as_of: date

    def show(self, screen: Screen) -> None:
        """Print the bills of each export, then what they restated."""
        by_export = groupby(self.ingested.bills, key=lambda bill: (bill.data_source, bill.export))
        for (source, export), bills in by_export:
            names = dict.fromkeys((source.replace("_", "-"), export.replace("_", "-")))
            screen.show(tables.title(" ".join(names)), tables.blank(), _table(bills))
        if not self.ingested.bills:
            screen.show(tables.title("There was nothing to load."))
        below = [*self._restated(), *self._lacks(), *self._monthly(), *self._left_out()]
        if self.ingested.paid_requests:
            below.append(tables.caption(price(self.ingested.paid_requests)))
        if below:
            screen.show(tables.blank(), *below)

    def _restated(self) -> Iterator[Text]:
        """How closed days moved, by month and service, largest first."""
        for bill in self.ingested.bills:
            changes = [
                (change, metric, each) for each in moved(bill.restated) for change, metric in _told(each)
            ]
            for change, metric, each in sorted(changes, key=lambda told: -abs(told[0])):
                start, unit = Text(f"restated {each.month}: "), f" {each.currency}{metric}, "
                yield Text.assemble(start, tables.change(float(change)), unit, tables.name(each.service))

    def _lacks(self) -> Iterator[Text]:
        """What an export has charges of that could not be amortized, once for all its months."""
        told = {(bill.export, lack): None for bill in self.ingested.bills for lack in bill.lacks}
        for export, lack in told:
            columns = ", ".join(lack.columns)
            yield tables.caption(
                f"{lack.priced} of {export} count as billed, not amortized: it lacks {columns}."
            )

    def _monthly(self) -> Iterator[Text]:
        """That there are no days to look at, once for each export."""
        for export in dict.fromkeys(bill.export for bill in self.ingested.bills if bill.is_monthly):
            what = f"{export} is a monthly export: all usage of a month stands on its first day"
            why = "Trends by day and anomalies need daily or hourly granularity"
            yield tables.caption(f"{what}. {why}.")

    def _left_out(self) -> Iterator[Text]:
        """What was taken for an earlier delivery by the name of its folder alone, once for each export."""
        folders: dict[str, list[str]] = {}
        for bill in self.ingested.bills:
            folders.setdefault(bill.export, []).extend(bill.left_out)
        for export, left_out in folders.items():
            if left_out:
                noun = "earlier delivery" if len(left_out) == 1 else "earlier deliveries"
                why = "no manifest is there, and of folders called by a time the latest counts"
                told = f"{len(left_out):,} {noun} of {export} left out, e.g. {left_out[-1]}: {why}."
                yield tables.caption(told)

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            "as_of": self.as_of,
            "paid_requests": self.ingested.paid_requests,
            "paid_usd": PRICE * self.ingested.paid_requests,
            "bills": [_object(bill) for bill in self.ingested.bills],
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per billing period and currency."""
        names = ("data_source", "export", "billing_period", "status", "line_items", "rows")
        yield [*names, "currency", *SHOWN_METRICS, "problem"]
        for bill in self.ingested.bills:
            known = [getattr(bill, name) for name in names]
            for currency, sums in (bill.totals or {"": {}}).items():
                yield [*known, currency, *(sums.get(metric) for metric in SHOWN_METRICS), bill.problem]


def _told(each: Moved) -> Iterator[tuple[Decimal, str]]:
    """The changes that are told of a month and service: of what it costs, where that is another one."""
    effective = each.effective_change
    if is_told(each)[0]:
        yield each.change, ""
    if effective is not None and round(effective, 2) != round(each.change, 2):
        yield effective, " net-amortized"


def _table(bills: Iterable[LoadedBill]) -> Table:
    """A row per billing period, and one more per further currency."""
    names = ("period", "status", "line items", *SHOWN_METRICS.values())
    drawn = tables.table(*names, "", numbers=names[2:])
    for bill in bills:
        first = (bill.billing_period, Text(bill.status, style=STYLES[bill.status]))
        lines = f"{bill.line_items:,}" if bill.status in {"loaded", "forgotten"} else ""
        if not bill.totals:
            drawn.add_row(*first, lines)
        for position, (currency, sums) in enumerate((bill.totals or {}).items()):
            amounts = [tables.amount(float(sums[m])) if m in sums else "" for m in SHOWN_METRICS]
            drawn.add_row(*(("", "", "") if position else (*first, lines)), *amounts, currency)
    return drawn


def price(requests: int) -> str:
    """What was paid, as a sentence."""
    noun = "request" if requests == 1 else "requests"
    return f"Paid for {requests:,} {noun}: {PRICE * requests:,.2f} USD."


def _object(bill: LoadedBill) -> dict[str, object]:
    return {
        "data_source": bill.data_source,
        "export": bill.export,
        "billing_period": bill.billing_period,
        "status": bill.status,
        "line_items": bill.line_items,
        "rows": bill.rows,
        "totals": bill.totals or {},
        "restated": [
            {
                "date": one.day,
                "service": one.service,
                "currency": one.currency,
                "change": one.change,
                "effective_change": one.effective_change,
            }
            for one in bill.restated
        ],
        "not_amortized": [{"priced": lack.priced, "lacks": list(lack.columns)} for lack in bill.lacks],
        "is_monthly": bill.is_monthly,
        "left_out": list(bill.left_out),
        "problem": bill.problem or None,
        "hint": bill.hint or None,
    }
