"""The facts a model is given: one JSON document, and the only source of what its text may say.

Keys name the unit of their number: `*_percent`, `times_*`, `*_count`, `*quantity`, `unit_price`; any other
is money. Values of a bill are put on one line and cut, since anybody may write a tag.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.characters import cut
from aws_cost_anomalies.model.document import plain
from aws_cost_anomalies.model.explanation import Breakdown, DayVerdict, Effects, Explanation, Meter
from aws_cost_anomalies.model.focus import charges_in_words, metric_name
from aws_cost_anomalies.model.scope import Scope

LONGEST_VALUE = 120
LONGEST_TEXT = 400
MOST_CAUSES, MOST_METERS, MOST_DAYS, MOST_FACTS = 5, 5, 14, 4

Facts = dict[str, object]


def facts(told: Explanation) -> Facts:
    """All that may be said of an anomaly, rounded as it is shown."""
    anomaly, impact = told.anomaly, told.anomaly.impact
    usual = impact.total_expected_spend
    found: dict[str, object] = {
        "anomaly_id": anomaly.anomaly_id,
        "what_happened": naming.HAPPENED[anomaly.kind],
        "scope": _scope(anomaly.scope),
        "only_charges_of": _scope(anomaly.watched) if anomaly.watched.values else None,
        "severity": anomaly.severity,
        "status": naming.state(anomaly),
        "currency": told.currency,
        "start_date": anomaly.start_date,
        "end_date": anomaly.end_date,
        "first_raised": anomaly.detected_on,
        "data_through": told.through,
        "days_count": (anomaly.end_date - anomaly.start_date).days + 1,
        "actual_spend": _money(impact.total_actual_spend),
        "expected_spend": _money(usual),
        "impact_so_far": _money(impact.total_impact),
        "largest_day_impact": _money(impact.max_impact),
        "change_percent": _rounded(impact.total_impact_percentage, 1),
        "times_expected": round(impact.total_actual_spend / usual, 2) if usual > 0 else None,
        "if_it_goes_on": {
            "rest_of_month": _money(impact.rest_of_month),
            "run_rate": _money(impact.monthly_run_rate),
            "run_rate_days_count": 30,
        },
        "expected_from": told.expected_from,
        "charges": charges_in_words(told.charge_categories, marketplace=told.marketplace),
        "metric": metric_name(told.metric),
        "effects": _effects(told.effects),
        "breakdowns": [_breakdown(each, impact.total_impact) for each in told.breakdowns],
        "daily": [_day(day) for day in told.days[-MOST_DAYS:]],
        "known_causes": [
            {
                "name": cut(each.name, LONGEST_TEXT),
                "facts": [cut(fact, LONGEST_TEXT) for fact in each.facts[:MOST_FACTS]],
                "check_first": cut(each.check_first, LONGEST_TEXT),
            }
            for each in told.known_causes
        ],
        "commands": list(commands(told)),
    }
    document = plain({key: value for key, value in found.items() if value not in (None, "", [])})
    return document if isinstance(document, dict) else {}


def commands(told: Explanation) -> tuple[str, ...]:
    """The commands that may be named: those of the known causes, then ours."""
    ours = f"aws-cost-anomalies explain {told.anomaly.anomaly_id}{told.options}"
    return (*dict.fromkeys(each.command for each in told.known_causes if each.command), ours)


def links(told: Explanation) -> tuple[str, ...]:
    """The pages that may be named."""
    return tuple(dict.fromkeys(each.link for each in told.known_causes if each.link))


def as_text(found: Mapping[str, object]) -> str:
    """The document as a model reads it; `<` and `>` are spelled out, so that no value closes its fence."""
    shown = json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False)
    return shown.replace("<", "\\u003c").replace(">", "\\u003e")


def _money(amount: float) -> float:
    return round(amount, 2) + 0.0


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, places)


def _scope(scope: Scope) -> dict[str, str]:
    return {naming.label(key): cut(value, LONGEST_VALUE) for key, value in scope.values}


def _breakdown(split: Breakdown, impact: float) -> dict[str, object]:
    shown, rest = split.causes[:MOST_CAUSES], split.causes[MOST_CAUSES:]
    other = math.fsum([split.other, *(each.contribution for each in rest)])
    return {
        "by": naming.label(split.dimension),
        "causes": [
            {
                "name": cut(naming.cause(each, split.dimension, {}), LONGEST_VALUE),
                "contribution": _money(each.contribution),
                "share_percent": round(100 * each.contribution / impact, 1) if round(impact, 2) else None,
            }
            for each in shown
        ],
        "other": _money(other),
        "causes_count": len(split.causes),
    }


def _day(day: DayVerdict) -> dict[str, object]:
    return {"day": day.day, "actual": _rounded(day.actual, 2), "expected": _rounded(day.expected, 2)}


def _effects(effects: Effects | None) -> dict[str, object] | None:
    if effects is None:
        return None
    parts = ("usage", "rate", "mix", "not_metered", "other")
    return {
        "driver": effects.driver,
        **{part: _money(getattr(effects, part)) for part in parts},
        "meters": [_meter(each) for each in effects.meters[:MOST_METERS]],
    }


def _meter(meter: Meter) -> dict[str, object]:
    return {
        "what": _scope(meter.scope),
        "unit": cut(meter.unit, LONGEST_VALUE),
        "quantity": round(meter.quantity, 2),
        "usual_quantity": round(meter.usual_quantity, 2),
        "unit_price": _rounded(meter.unit_price, 6),
        "usual_unit_price": _rounded(meter.usual_unit_price, 6),
        "contribution": _money(meter.contribution),
    }
