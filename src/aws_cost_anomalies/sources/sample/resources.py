"""Ids and ARNs of the sample's resources: plausible, unique, the same each time."""

from __future__ import annotations

import hashlib
import uuid

from aws_cost_anomalies.sources.sample.tables import PRODUCTS, REGIONS, Commitment, Workload

ID_LENGTH, SHORT_ID_LENGTH = 17, 13


def resource_id(workload: Workload, number: int) -> str:
    """The id or ARN of one of a workload's resources; two usage types of one resource name the same."""
    if not workload.resource:
        return ""
    region = REGIONS[workload.region].region
    place = (workload.account, region, workload.resource, workload.team, str(number))
    digest = hashlib.sha256("/".join(place).encode()).digest()
    name = workload.resource.format(
        id=digest.hex()[:ID_LENGTH],
        ID=digest.hex()[:SHORT_ID_LENGTH].upper(),
        uuid=uuid.UUID(bytes=digest[:16], version=4),
        n=number + 1,
        name=workload.name,
        team=workload.team,
    )
    if "/" not in name and ":" not in name:
        return name
    return f"arn:aws:{PRODUCTS[workload.service].arn}:{region}:{workload.account}:{name}"


def commitment_arn(commitment: Commitment) -> str:
    """The ARN of a Savings Plan or a reservation."""
    if commitment.kind == "savings plan":
        return f"arn:aws:savingsplans::{commitment.account}:{commitment.arn_tail}"
    return f"arn:aws:rds:us-east-1:{commitment.account}:{commitment.arn_tail}"
