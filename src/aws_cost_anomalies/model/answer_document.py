"""The answers of the use cases as JSON objects: the same for the command line, the agent, MCP and the web.

Knows keys and their order; who is told adds what only it knows, such as the names of accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from aws_cost_anomalies.model.document import anomaly_object
from aws_cost_anomalies.model.focus import CHARGE_CATEGORIES, metric_name

if TYPE_CHECKING:
    from aws_cost_anomalies.model.answers import Comparison, Detected, Mover, TrendRow, Trends, View
    from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly, Opinion
    from aws_cost_anomalies.model.explanation import Breakdown, Effects, Explanation
    from aws_cost_anomalies.model.gap import Gap
    from aws_cost_anomalies.model.period import Period

Document = dict[str, object]

EFFECTS = ("usage", "rate", "mix", "not_metered", "other")
"""The parts an impact is split into, in the order they are told."""


def trends_document(trends: Trends, *, as_of: date) -> Document:
    """Cost over time."""
    return {
        "as_of": as_of,
        **about(trends.view),
        "granularity": trends.granularity,
        "buckets": trends.buckets,
        "compared": trends.compared,
        "gaps": gap_objects(trends.gaps),
        "rows": [_trend(row) for row in trends.rows],
        "other": _trend(trends.other) if trends.other else None,
        "total": _trend(trends.total),
    }


def comparison_document(comparison: Comparison, *, as_of: date) -> Document:
    """Two periods side by side."""
    rests_on = about(comparison.view)
    return {
        "as_of": as_of,
        **{key: value for key, value in rests_on.items() if key not in {"start_date", "end_date"}},
        "a": {**_days(comparison.a), "loaded_days": comparison.loaded[0]},
        "b": {**_days(comparison.b), "loaded_days": comparison.loaded[1]},
        "warning": comparison.warning or None,
        "movers": [_mover(mover) for mover in comparison.movers],
        "other": _mover(comparison.other) if comparison.other else None,
        "total": _mover(comparison.total),
        "average_day": _mover(comparison.a_day),
    }


def detected_document(detected: Detected) -> Document:
    """The anomalies of a view, and what is not told of it."""
    view = detected.view
    return {
        "as_of": detected.as_of,
        "data_source": view.data_source,
        "metric": view.metric,
        "currency": view.currency,
        **looked_at(view),
        "through": view.through,
        "settled_through": view.settled_through,
        "start_date": view.period.start,
        "end_date": view.period.last_day,
        "monitor": detected.monitor,
        "group_by": view.group_by,
        "sensitivity": detected.sensitivity,
        "anomalies": [anomaly_object(anomaly) for anomaly in detected.anomalies],
        "suppressed": [
            {**anomaly_object(each.anomaly), "reason": each.reason} for each in detected.suppressed
        ],
        "withdrawn": [anomaly_object(anomaly) for anomaly in detected.withdrawn],
        "gaps": gap_objects(detected.gaps),
        "unanswered": unanswered_objects(detected.unanswered),
        "aws_anomalies": _opinion(detected.aws),
    }


def explanation_document(told: Explanation, *, as_of: date) -> Document:
    """One anomaly in full."""
    theirs = told.aws_anomalies
    return {
        "as_of": as_of,
        "data_source": told.data_source,
        "metric": metric_name(told.metric),
        "currency": told.currency,
        **looked_at(told),
        "through": told.through,
        "summary": told.summary,
        "expected_from": told.expected_from,
        "anomaly": anomaly_object(told.anomaly),
        "effects": _effects(told.effects),
        "aws_anomalies": None if theirs is None else [aws_object(each) for each in theirs],
        "activity": None if told.activity is None else asdict(told.activity),
        "known_causes": [asdict(cause) for cause in told.known_causes],
        "breakdowns": [_breakdown(breakdown) for breakdown in told.breakdowns],
        "days": [asdict(day) for day in told.days],
    }


def about(view: View) -> Document:
    """The keys that every answer over cost has."""
    return {
        "data_source": view.data_source,
        "metric": view.metric,
        "currency": view.currency,
        **looked_at(view),
        **({"filter": view.within.as_dict()} if view.within.values else {}),
        "through": view.through,
        "settled_through": view.settled_through,
        "group_by": view.group_by,
        "start_date": view.period.start,
        "end_date": view.period.last_day,
    }


def looked_at(answer: View | Explanation) -> Document:
    """The keys that name the charges looked at."""
    categories = answer.charge_categories or CHARGE_CATEGORIES
    return {"charge_categories": categories, "marketplace": answer.marketplace}


def unanswered_objects(unanswered: Mapping[str, str]) -> list[dict[str, str]]:
    """The monitors that nothing was judged for."""
    return [{"monitor": monitor, "reason": reason} for monitor, reason in unanswered.items()]


def gap_objects(gaps: Iterable[Gap]) -> list[Document]:
    """What the bill lacks."""
    return [
        {
            "start_date": gap.days.start,
            "end_date": gap.days.last_day,
            "service": gap.service or None,
            "missing": gap.missing,
            "of": gap.of,
        }
        for gap in gaps
    ]


def aws_object(anomaly: AwsAnomaly) -> Document:
    """An anomaly of AWS, in the words of its API."""
    return {
        "anomaly_id": anomaly.anomaly_id,
        "monitor": anomaly.monitor,
        "start_date": anomaly.start_date,
        "end_date": anomaly.end_date,
        "dimension_value": anomaly.dimension_value,
        "max_score": anomaly.max_score,
        "impact": {
            "total_impact": anomaly.total_impact,
            "max_impact": anomaly.max_impact,
            "total_actual_spend": anomaly.total_actual_spend,
            "total_expected_spend": anomaly.total_expected_spend,
        },
        "root_causes": [
            {"scope": cause.scope.as_dict(), "contribution": cause.contribution}
            for cause in anomaly.root_causes
        ],
        "feedback": anomaly.feedback,
    }


def _trend(row: TrendRow) -> Document:
    return {
        "scope": row.scope.as_dict(),
        "costs": row.costs,
        "total": row.total,
        "change": row.change,
        "change_percentage": row.change_percentage,
    }


def _days(period: Period) -> Document:
    return {"start_date": period.start, "end_date": period.last_day, "days": period.days}


def _mover(mover: Mover) -> Document:
    return {
        "scope": mover.scope.as_dict(),
        "a": mover.a,
        "b": mover.b,
        "change": mover.change,
        "change_percentage": mover.change_percentage,
        "kind": mover.kind,
    }


def _opinion(opinion: Opinion | None) -> Document | None:
    if opinion is None:
        return None
    return {
        "imported_at": opinion.imported_at,
        "start_date": opinion.period.start,
        "end_date": opinion.period.last_day,
        "both": {ours: [each.anomaly_id for each in theirs] for ours, theirs in opinion.both.items()},
        "only_aws": [aws_object(each) for each in opinion.only_aws],
        "only_ours": opinion.only_ours,
    }


def _effects(effects: Effects | None) -> Document | None:
    if effects is None:
        return None
    amounts = {name: getattr(effects, name) for name in EFFECTS}
    meters = [{**asdict(meter), "scope": meter.scope.as_dict()} for meter in effects.meters]
    return {"driver": effects.driver, **amounts, "total": effects.total, "meters": meters}


def _breakdown(breakdown: Breakdown) -> Document:
    return {
        "dimension": breakdown.dimension,
        "causes": [{"scope": c.scope.as_dict(), "contribution": c.contribution} for c in breakdown.causes],
        "other": breakdown.other,
    }
