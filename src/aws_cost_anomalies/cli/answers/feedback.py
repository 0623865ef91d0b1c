"""Feedback, printed: what was said, and what it would have kept silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.cli.answers.accounts import among, show_accounts
from aws_cost_anomalies.cli.answers.anomalies import kind_name, scopes_of
from aws_cost_anomalies.cli.screen import Screen
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.answers import FeedbackEffect
from aws_cost_anomalies.model.document import anomaly_object


@dataclass(frozen=True, slots=True)
class PrintedFeedback:
    """What a word about an anomaly changes, for one reader; `accounts` names those in it, by id."""

    effect: FeedbackEffect
    is_kept: bool
    accounts: Mapping[str, str] = field(default_factory=dict)

    def show(self, screen: Screen) -> None:
        """Print the word and its effect on the past."""
        anomaly, silent = self.effect.anomaly, self.effect.silent
        kept = "Kept" if self.is_kept else "Not kept (--dry-run)"
        what = f"{kind_name(anomaly)} of {naming.plain_place(anomaly)}"
        screen.show(tables.title(f"{kept}: {anomaly.feedback} for {what}"))
        show_accounts(screen, self.accounts, [anomaly.scope])
        if not silent:
            screen.show(tables.caption("It would have kept nothing silent so far."))
            return
        screen.show(tables.caption(f"It would have kept {len(silent)} silent so far:"), tables.blank())
        drawn = tables.table("id", "kind", "since", "impact", numbers=("impact",), ids=("id",))
        for each in silent:
            drawn.add_row(
                each.anomaly_id,
                kind_name(each),
                str(each.start_date),
                tables.change(each.impact.total_impact),
            )
        screen.show(drawn)

    def document(self) -> dict[str, object]:
        """Its JSON document."""
        return {
            "anomaly": anomaly_object(self.effect.anomaly),
            "kept": self.is_kept,
            "silent": [anomaly_object(anomaly) for anomaly in self.effect.silent],
            "account_names": among(self.accounts, scopes_of([self.effect.anomaly, *self.effect.silent])),
        }

    def rows(self) -> Iterator[Sequence[object]]:
        """A CSV row per anomaly it would have kept silent."""
        yield ["anomaly_id", "kind", "start_date", "total_impact"]
        for each in self.effect.silent:
            yield [each.anomaly_id, each.kind, each.start_date, each.impact.total_impact]
