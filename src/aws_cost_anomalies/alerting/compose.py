"""An alert in blocks: what is said to people, and the same facts for machines.

Knows anomalies, explanations, narratives and names; knows no platform, no clock and no store.
"""

from __future__ import annotations

from dataclasses import asdict

from aws_cost_anomalies.alerting import one, sentences, several
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.model.alert import Alert, Reason
from aws_cost_anomalies.model.anomaly import Anomaly, Severity
from aws_cost_anomalies.model.document import SCHEMA, anomaly_object, plain
from aws_cost_anomalies.model.focus import metric_name
from aws_cost_anomalies.model.message import Block, Message, Paragraph, SmallPrint, Step, Steps

OF_THE_PROGRAM = (Reason.HEARTBEAT, Reason.NO_GOOD_RUN)
"""Reasons that speak of the program rather than of anomalies."""


def compose(alert: Alert, known: Known) -> Message:
    """What one channel is told.

    Args:
        alert: whose reason and anomalies are told.
        known: what is known of them; an anomaly without an explanation is told from its own figures.
    """
    grades = [severity for severity in Severity if severity in {each.severity for each in alert.anomalies}]
    title, text, blocks = _told(alert, known)
    is_alone = len(alert.anomalies) == 1 and alert.reason not in OF_THE_PROGRAM
    return Message(
        key=alert.alert_id,
        title=title,
        text=text,
        thread=alert.anomalies[0].anomaly_id if is_alone else alert.alert_id,
        blocks=blocks,
        mentions=alert.owners,
        severity=grades[0] if grades and alert.reason not in OF_THE_PROGRAM else None,
        payload=_payload(alert, known),
    )


def _told(alert: Alert, known: Known) -> tuple[str, str, tuple[Block, ...]]:
    """Title, text and blocks."""
    if alert.reason is Reason.NO_GOOD_RUN:
        return _no_good_run(alert)
    if alert.reason is Reason.HEARTBEAT or not alert.anomalies:
        return _heartbeat(alert, known)
    if len(alert.anomalies) > 1:
        return several.title(alert, known), several.text(alert, known), several.blocks(alert, known)
    (anomaly,) = alert.anomalies
    text = sentences.sentence(anomaly, known)
    if alert.reason not in {Reason.NEW, Reason.DIGEST, Reason.STORM}:
        text = f"{sentences.because(alert)} {text}"
    return sentences.title(alert, anomaly, known), text, one.blocks(alert, anomaly, known)


def _heartbeat(alert: Alert, known: Known) -> tuple[str, str, tuple[Block, ...]]:
    """Nothing new, and what is still open."""
    said = " ".join([sentences.because(alert), *sentences.gaps(known)])
    blocks: list[Block] = [Paragraph(said)]
    if alert.anomalies:
        told = f"Still open: {several.headline(alert.anomalies, known)}"
        blocks.append(several.table(alert, known, title=told))
    blocks.append(SmallPrint(f"subscription {alert.subscription}"))
    return "No new cost anomalies", said, tuple(blocks)


def _no_good_run(alert: Alert) -> tuple[str, str, tuple[Block, ...]]:
    """Silence that means nothing: nobody looked."""
    said = sentences.because(alert)
    by_hand = Step("Run it by hand: it says what is wrong and what to do", "aws-cost-anomalies run")
    steps = Steps((by_hand,), title="Next steps")
    meaning = "Until a run succeeds, no news does not mean that nothing happened."
    return "Cost anomalies are not being looked for", said, (Paragraph(said), Paragraph(meaning), steps)


def _payload(alert: Alert, known: Known) -> dict[str, object]:
    document = plain(
        {
            "schema": SCHEMA,
            "alert_id": alert.alert_id,
            "reason": alert.reason,
            "because": alert.because,
            "subscription": alert.subscription,
            "anomalies": [_object(anomaly, known) for anomaly in alert.anomalies],
        }
    )
    return document if isinstance(document, dict) else {}


def _object(anomaly: Anomaly, known: Known) -> dict[str, object]:
    """The anomaly's JSON object, with its currency, what it rests on, and its words."""
    told, narrative = known.explanation(anomaly), known.narrative(anomaly)
    found = {**anomaly_object(anomaly), "currency": known.currency(anomaly) or None}
    if told:
        basis = {"data_source": told.data_source, "metric": metric_name(told.metric), "through": told.through}
        found = {**found, **basis, "summary": told.summary}
    if told and told.activity:
        found = {**found, "activity": asdict(told.activity)}
    if narrative:
        found = {**found, "narrative": narrative.text, "narrator": narrative.narrator}
    return found
