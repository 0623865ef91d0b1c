"""What an alert is told from: explanations, narratives and names, found by the anomaly they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.explanation import Explanation, Narrative
from aws_cost_anomalies.model.gap import Gap


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the anomalies of one alert; a withdrawn one may have no explanation any more.

    Attributes:
        explanations: by anomaly id.
        narratives: by anomaly id.
        account_names: by account id.
        link: address of the dashboard, empty for none.
        gaps: what the bill lacks, for the messages that speak of all of it: digests, and that nothing is new.
        view_currency: of all amounts looked at, also of an anomaly without an explanation.
        options: what a command takes to look at the same charges, as `Explanation.options`.
    """

    explanations: Mapping[str, Explanation]
    narratives: Mapping[str, Narrative]
    account_names: Mapping[str, str]
    link: str = ""
    gaps: tuple[Gap, ...] = ()
    view_currency: str = ""
    options: str = ""

    def explanation(self, anomaly: Anomaly) -> Explanation | None:
        """All that is known of it."""
        return self.explanations.get(anomaly.anomaly_id)

    def narrative(self, anomaly: Anomaly) -> Narrative | None:
        """It in words."""
        return self.narratives.get(anomaly.anomaly_id)

    def currency(self, anomaly: Anomaly) -> str:
        """Of its amounts; where it has no explanation, that of the view. Empty where nobody knows it."""
        told = self.explanation(anomaly)
        return told.currency if told else self.view_currency

    def scope(self, anomaly: Anomaly) -> str:
        """What it moved, by names people know."""
        return naming.place(anomaly, self.account_names)

    def command(self, name: str, *rest: str) -> str:
        """A command of ours about what is told, to be pasted."""
        return f"aws-cost-anomalies {' '.join([name, *rest])}{self.options}"

    def page(self, anomaly: Anomaly | None = None) -> str:
        """The dashboard's page of one anomaly or of all; empty where there is no dashboard."""
        pages = [self.link.rstrip("/"), "anomalies", *([anomaly.anomaly_id] if anomaly else [])]
        return "/".join(pages) if self.link else ""
