"""AWS's own opinion, printed: both, only AWS, only here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from aws_cost_anomalies.cli import money, tables
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly, Opinion

NAME = "AWS Cost Anomaly Detection"


def lines(opinion: Opinion, currency: str) -> Iterator[Text]:
    """How many tell of the same, then what AWS tells alone."""
    counts = f"both {len(opinion.both)}, only here {len(opinion.only_ours)}, only AWS {len(opinion.only_aws)}"
    asked = f"asked {opinion.imported_at:%Y-%m-%d}"
    yield tables.caption(f"{NAME}, {asked}, of {opinion.period}: {counts}")
    for each in opinion.only_aws:
        yield tables.caption(f"only AWS: {told(each, currency)}")


def told(anomaly: AwsAnomaly, currency: str) -> str:
    """`4f1e… Amazon RDS · 111111111111, 2026-10-28..2026-10-31, +412.00 USD, feedback YES`."""
    where = str(anomaly.root_causes[0].scope) if anomaly.root_causes else anomaly.dimension_value
    days = f"{anomaly.start_date}..{anomaly.end_date or ''}"
    said = f", feedback {anomaly.feedback}" if anomaly.feedback else ""
    amount = f"{money.signed(anomaly.total_impact)} {currency}"
    return f"{anomaly.anomaly_id} {where or 'everything'}, {days}, {amount}{said}"


def verdict(anomalies: Sequence[AwsAnomaly] | None, currency: str) -> Iterator[Text]:
    """What AWS says of one anomaly of ours; nothing where it was not asked."""
    if anomalies is None:
        return
    if not anomalies:
        yield tables.caption(f"{NAME} does not tell of it.")
    for each in anomalies:
        yield tables.caption(f"{NAME} tells of it too: {told(each, currency)}")


def opinion_object(opinion: Opinion | None) -> dict[str, object] | None:
    """Its JSON object."""
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


def aws_object(anomaly: AwsAnomaly) -> dict[str, object]:
    """An anomaly of AWS as its JSON object, in the words of its API."""
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
