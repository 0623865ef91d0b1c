"""AWS's own opinion, printed: both, only AWS, only here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from aws_cost_anomalies.cli import money, tables
from aws_cost_anomalies.model.aws_anomaly import NAME, AwsAnomaly, Opinion


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
