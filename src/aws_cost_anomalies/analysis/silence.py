"""What need not be told: planned changes, and what people called no anomaly before.

Knows anomalies and words about them; knows no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aws_cost_anomalies.model.anomaly import Anomaly, Feedback
from aws_cost_anomalies.model.answers import Suppressed
from aws_cost_anomalies.model.planned import PlannedChange

FAR_ODDER = 1.5
"""What had a NO is told again when one of its days is so many times as odd as any that the NO was said of."""


def is_outdone(anomaly: Anomaly, judged: Anomaly) -> bool:
    """Whether an anomaly is no larger, in money and in score, than one of its scope and direction."""
    is_alike = anomaly.scope == judged.scope and anomaly.kind.is_increase is judged.kind.is_increase
    is_less = abs(anomaly.impact.total_impact) <= abs(judged.impact.total_impact)
    return is_alike and is_less and anomaly.score <= judged.score


def silenced(anomalies: Iterable[Anomaly], judged: Sequence[Anomaly]) -> tuple[Suppressed, ...]:
    """The anomalies that feedback keeps silent.

    A NO raises the threshold of its scope and direction: what is no larger than the anomaly it was said of,
    in money and in score, is not told. That anomaly itself may last and cost more each day: it is silent
    unless a later day is far odder. A YES to something that is no larger takes that back. PLANNED_ACTIVITY
    silences the anomaly it was said of, and moves nothing.
    """
    refused = [one for one in judged if one.feedback is Feedback.NO]
    wanted = [one for one in judged if one.feedback is Feedback.YES]
    meant = {one.anomaly_id for one in judged if one.feedback is Feedback.PLANNED_ACTIVITY}
    found = []
    for anomaly in anomalies:
        if anomaly.anomaly_id in meant:
            found.append(Suppressed(anomaly, "PLANNED_ACTIVITY was said of it"))
            continue
        no = next((one for one in refused if is_outdone(anomaly, one) or _goes_on(anomaly, one)), None)
        if no is not None and not any(is_outdone(one, anomaly) for one in wanted):
            is_itself = no.anomaly_id == anomaly.anomaly_id
            of = "it" if is_itself else f"{no.anomaly_id}, which was no smaller"
            found.append(Suppressed(anomaly, f"NO was said of {of}"))
    return tuple(found)


def _goes_on(anomaly: Anomaly, judged: Anomaly) -> bool:
    """Whether an anomaly is the one that was judged, later on, and no day of it is far odder."""
    return anomaly.anomaly_id == judged.anomaly_id and anomaly.score < FAR_ODDER * judged.score


def asked_for(withheld: Iterable[Anomaly], judged: Iterable[Anomaly]) -> tuple[Anomaly, ...]:
    """Those withheld that people want to hear of: no smaller than one of their scope that had a YES."""
    wanted = [one for one in judged if one.feedback is Feedback.YES]
    return tuple(
        anomaly
        for anomaly in withheld
        if any(one.anomaly_id == anomaly.anomaly_id or is_outdone(one, anomaly) for one in wanted)
    )


def planned(anomalies: Iterable[Anomaly], changes: Sequence[PlannedChange]) -> tuple[Suppressed, ...]:
    """The anomalies that somebody announced."""
    found = []
    for anomaly in anomalies:
        change = next((each for each in changes if each.covers(anomaly)), None)
        if change is not None:
            note = f": {change.note}" if change.note else ""
            found.append(Suppressed(anomaly, f"planned by {change.owner}{note}"))
    return tuple(found)
