"""What AWS Cost Anomaly Detection says of the same anomaly. Knows its words; decides nothing by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.aws_anomaly import NAME, AwsAnomaly
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.markup import Child, Markup


def card(theirs: Sequence[AwsAnomaly] | None, currency: str, names: Mapping[str, str]) -> Markup | None:
    """Whether it tells of it too, and as what; nothing where it was not asked."""
    if theirs is None:
        return None
    if not theirs:
        return parts.card(NAME, parts.nothing("It was asked for these days, and does not tell of it."))
    rows: list[list[Child]] = [
        [
            each.anomaly_id,
            _where(each, names),
            f"{each.start_date} to {each.end_date}" if each.end_date else f"since {each.start_date}",
            parts.amount(each.total_impact, is_change=True),
            parts.SAID[each.feedback] if each.feedback else "",
        ]
        for each in theirs
    ]
    columns = ["its anomaly", "where", "days", f"impact, {currency}", "said of it in AWS"]
    return parts.card(NAME, parts.Table(columns, rows, numbers=(3,), caption="It tells of it too").drawn())


def _where(told: AwsAnomaly, names: Mapping[str, str]) -> str:
    if told.root_causes:
        return naming.scope(told.root_causes[0].scope, names)
    return told.dimension_value or "everything"
