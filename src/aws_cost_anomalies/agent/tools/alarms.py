"""Tools over anomalies: detect, scan the past, explain, set beside AWS's own, and say what they were."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from aws_cost_anomalies import views
from aws_cost_anomalies.agent.tool import Arguments, Basis, Effect, Result, tool
from aws_cost_anomalies.agent.tools.costs import (
    CURRENCY,
    GROUPINGS,
    Currency,
    Nothing,
    Slice,
    Source,
    data_source,
)
from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.model.anomaly import Feedback
from aws_cost_anomalies.model.answer_document import aws_object, detected_document, explanation_document
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.document import anomaly_object
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.second_opinion import last_asked

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.model.answers import Detected


class Detecting(Slice):
    """What `detect_anomalies` takes."""

    days: Annotated[int, Field(ge=1, le=366)] = Field(30, description="days looked at, back from the last")
    group_by: str | None = Field(None, description=f"level: {GROUPINGS}; default: as configured")
    sensitivity: Literal["low", "medium", "high"] | None = None


class Scanning(Slice):
    """What `scan_past_anomalies` takes."""

    start: date = Field(description="first day, YYYY-MM-DD")
    end: date = Field(description="last day, YYYY-MM-DD")
    group_by: str | None = Field(None, description=f"level: {GROUPINGS}; default: as configured")


class OneAnomaly(Arguments):
    """Which anomaly."""

    anomaly_id: Annotated[str, Field(pattern="^[0-9a-f]{4,12}$")] = Field(
        description="its id, or how it begins, as detect_anomalies gave it"
    )
    source: Source | None = Field(None, description="data source, as detect_anomalies was asked for it")
    currency: Currency = Field(None, description=CURRENCY)

    @property
    def asked(self) -> Asked:
        """The question."""
        return Asked(source=data_source(self.source), currency=self.currency)


class Word(OneAnomaly):
    """What `record_feedback` takes."""

    feedback: Literal["YES", "NO", "PLANNED_ACTIVITY"] = Field(
        description="YES: it was one; NO: it was none; PLANNED_ACTIVITY: it was meant"
    )
    note: Annotated[str, Field(max_length=500)] = ""


def detect_anomalies(app: App, asked: Detecting) -> Result:
    """The anomalies of the last days, the largest money first, each dollar told once.

    Scope, kind, since when, impact in three numbers, severity, root causes. Planned and silenced ones
    are listed apart.
    """
    question = asked.asked(asked.group_by)
    found = app.detect(_sharpened(question, asked.sensitivity), days=asked.days)
    return _told(found)


def scan_past_anomalies(app: App, asked: Scanning) -> Result:
    """The anomalies of a range of past days, judged with the charges up to its last day, never later ones."""
    days = Period.parse(f"{asked.start}..{asked.end}")
    then = type(app)(app.settings, as_of=min(days.end, app.as_of), now=app.now)
    question = asked.asked(asked.group_by)
    name = views.named(app.settings, question)
    chosen = views.source(then.store.coverage, name, as_of=then.as_of, days=days.days)
    first = max(days.start, chosen.covered.start)
    last = min(days.last_day, chosen.covered.last_day, then.as_of - ONE_DAY)
    if last < first:
        raise NoData(f"in {chosen.data_source} on any day of {days}", f"Loaded are {chosen.covered}.")
    of_it = replace(question, source=chosen.data_source)
    return _told(then.detect(of_it, days=Period(first, last + ONE_DAY).days))


def explain_anomaly(app: App, asked: OneAnomaly) -> Result:
    """One anomaly in full.

    What was expected, what came, usage against price, the accounts, regions, usage types, operations
    and resources that carry it to the cent, known causes that fit, and the commands that confirm them.
    """
    told = app.explain(asked.anomaly_id, asked.asked)
    document = explanation_document(told, as_of=app.as_of)
    days = {"start_date": told.days[0].day, "end_date": told.days[-1].day} if told.days else {}
    return Result(document, Basis.of({**document, **days}))


def aws_anomalies(app: App, _asked: Nothing) -> Result:
    """What AWS Cost Anomaly Detection itself found.

    As imported by `ingest --source aws-anomalies`, and when AWS was asked, of which days. Null when it was
    never asked: then nothing is known of what AWS would say.
    """
    asked = last_asked(app.store)
    if asked is None:
        return Result({"as_of": app.as_of, "asked_at": None, "aws_anomalies": None}, Basis("api_calls"))
    when, days = asked
    found = [aws_object(each) for each in app.store.aws_anomalies()]
    document = {
        "as_of": app.as_of,
        "asked_at": when,
        "start_date": days.start,
        "end_date": days.last_day,
        "aws_anomalies": found,
    }
    return Result(document, Basis("GetAnomalies", start=days.start, end=days.last_day))


def cloudtrail_events(app: App, asked: OneAnomaly) -> Result:
    """Who changed what around the first day of an anomaly, from CloudTrail (free, read-only).

    Evidence, never a verdict.
    """
    told = app.with_activity(app.explain(asked.anomaly_id, asked.asked), time.sleep)
    activity = None if told.activity is None else asdict(told.activity)
    document = {"anomaly": anomaly_object(told.anomaly), "activity": activity}
    return Result(document, Basis("LookupEvents"))


def record_feedback(app: App, asked: Word) -> Result:
    """Say of an anomaly whether it was one, was none, or was planned.

    It moves the threshold of that scope; the answer lists what it would have kept silent so far.
    """
    effect = app.feedback_effect(asked.anomaly_id, Feedback(asked.feedback), asked.asked)
    app.give_feedback(effect, note=asked.note)
    document = {
        "anomaly": anomaly_object(effect.anomaly),
        "kept_silent": [anomaly_object(each) for each in effect.silent],
    }
    return Result(document, Basis("feedback"))


def _sharpened(asked: Asked, sensitivity: str | None) -> Asked:
    return replace(asked, sensitivity=sensitivity)


def _told(found: Detected) -> Result:
    document = detected_document(found)
    return Result(document, Basis.of(document))


ANOMALY_TOOLS = (
    tool(detect_anomalies),
    tool(scan_past_anomalies),
    tool(explain_anomaly),
    tool(aws_anomalies),
    tool(cloudtrail_events),
    tool(record_feedback, effect=Effect.WRITES),
)
