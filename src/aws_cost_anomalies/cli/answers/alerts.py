"""Alerts, printed: what was told to whom and why, what was not, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from aws_cost_anomalies.alerts import Decided
from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers import message, parts
from aws_cost_anomalies.cli.characters import visible
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.alert import Delivery, OutboxEntry
from aws_cost_anomalies.model.answer_document import gap_objects, unanswered_objects

STYLES = {Delivery.SENT: "green", Delivery.FAILED: "bold red", Delivery.AMBIGUOUS: "yellow"}


@dataclass(frozen=True, slots=True)
class PrintedAlerts:
    """Alerts for one reader.

    Attributes:
        delivered: each alert as it stands; empty when nothing was to be sent.
        is_dry: nothing was sent; the messages are shown instead.
    """

    decided: Decided
    delivered: tuple[OutboxEntry, ...]
    as_of: date
    is_dry: bool = False

    def show(self, screen: Screen) -> None:
        """Print the alerts, then what was held back."""
        entries = self.decided.entries if self.is_dry else self.delivered
        screen.show(tables.title(self._headline(len(entries))))
        if self.is_dry:
            self._show_messages(screen)
        elif entries:
            screen.show(*(_line(entry) for entry in entries))
        for monitor, reason in self.decided.unanswered.items():
            screen.show(tables.caption(f"monitor {monitor} not judged: {reason}"))
        screen.show(*parts.gaps(self.decided.gaps), tables.caption(self._basis()))

    def _show_messages(self, screen: Screen) -> None:
        """What would be sent, each under whom it goes to, and why the rest would not."""
        for entry in self.decided.entries:
            to = f"── to {_place(entry)}: {entry.reason.replace('_', ' ')}, {entry.because}"
            screen.show(tables.blank(), tables.caption(to))
            message.show(entry.message, screen)
        held = tables.table("held back", "what", "why", ids=("held back",))
        for each in self.decided.held_back:
            one = each.anomaly
            why = each.because if len(self._names()) == 1 else f"{each.subscription}: {each.because}"
            what = f"{naming.HAPPENED[one.kind]} {naming.plain_place(one)}"
            held.add_row(one.anomaly_id, tables.name(what), tables.name(why))
        if self.decided.held_back:
            screen.show(tables.blank(), held)

    def _names(self) -> set[str]:
        """The subscriptions there are."""
        entries = (entry.subscription for entry in self.decided.entries)
        return {*entries, *(each.subscription for each in self.decided.held_back)}

    def _headline(self, alerts: int) -> str:
        held = len(self.decided.held_back)
        noun = "alert" if alerts == 1 else "alerts"
        if self.is_dry:
            return f"{alerts or 'No'} {noun} would be sent, {held} held back."
        sent = sum(entry.delivery is Delivery.SENT for entry in self.delivered)
        if not alerts:
            return f"Nothing to send: nothing is new. {held} held back."
        return f"{sent} of {alerts} {noun} sent, {held} held back."

    def _basis(self) -> str:
        narrated = self.decided.narratives.values()
        tokens, usd = sum(n.tokens for n in narrated), sum(n.usd for n in narrated)
        words = f" · {tokens:,} tokens of a model, {usd:,.4f} USD" if tokens else ""
        source = self.decided.data_source.replace("_", "-")
        return f"{source and f'{source} · '}data through {self.decided.through}{words}"

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        entries = self.decided.entries if self.is_dry else self.delivered
        narrated = self.decided.narratives.values()
        return {
            "as_of": self.as_of,
            "data_source": self.decided.data_source,
            "through": self.decided.through,
            "dry_run": self.is_dry,
            "alerts": [alert_object(entry) for entry in entries],
            "held_back": [
                {
                    "anomaly_id": each.anomaly.anomaly_id,
                    "subscription": each.subscription,
                    "because": each.because,
                }
                for each in self.decided.held_back
            ],
            "gaps": gap_objects(self.decided.gaps),
            "unanswered": unanswered_objects(self.decided.unanswered),
            "narration": {"tokens": sum(n.tokens for n in narrated), "usd": sum(n.usd for n in narrated)},
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per alert."""
        names = ("alert_id", "subscription", "channel", "reason", "because", "delivery", "attempts", "detail")
        yield [*names, "title"]
        for entry in self.decided.entries if self.is_dry else self.delivered:
            yield [*(getattr(entry, name) for name in names), entry.message.title]


def alert_object(entry: OutboxEntry) -> dict[str, object]:
    """An alert as its JSON object."""
    return {
        "alert_id": entry.alert_id,
        "subscription": entry.subscription,
        "channel": entry.channel,
        "reason": entry.reason,
        "because": entry.because,
        "title": entry.message.title,
        "text": entry.message.text,
        "delivery": entry.delivery,
        "attempts": entry.attempts,
        "may_repeat": entry.may_repeat,
        "detail": entry.detail,
        "message": entry.message.payload,
    }


def _line(entry: OutboxEntry) -> Text:
    """Who is told, why, and what became of it."""
    reason = entry.reason.replace("_", " ")
    state = (str(entry.delivery), STYLES.get(entry.delivery, ""))
    detail = f" ({entry.detail})" if entry.detail and entry.delivery is not Delivery.SENT else ""
    rest = f"{detail} · {_place(entry)} · {reason}: {entry.because} · {entry.message.title}"
    return Text.assemble(state, visible(rest))


def _place(entry: OutboxEntry) -> str:
    same = entry.subscription == entry.channel
    return entry.channel if same else f"{entry.subscription} → {entry.channel}"
