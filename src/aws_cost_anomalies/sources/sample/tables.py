"""What the sample organization is: accounts, regions, services, workloads and events.

Knows the tables beside it and their columns; knows nothing of days or noise.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `unit` is its business unit, a cost category."""

    id: str
    name: str
    env: str
    unit: str


@dataclass(frozen=True, slots=True)
class Region:
    """Where usage is billed: `region` is empty for global charges, `prefix` begins the usage types."""

    key: str
    region: str
    prefix: str
    price_factor: float


@dataclass(frozen=True, slots=True)
class Product:
    """One service; `seller` only on AWS Marketplace, `discount` a privately agreed share off."""

    code: str
    product_name: str
    arn: str
    seller: str
    discount: float


@dataclass(frozen=True, slots=True)
class Workload:
    """Resources of one usage type.

    Attributes:
        price: public on-demand price of one unit in the cheapest region, USD.
        units: per resource on a full day.
        resource: pattern of the resource ids; with a `/` or `:` it is the end of an ARN.
        team: value of the tag; empty means untagged.
        rhythm: name of its week.
        noise: standard deviation of a day, a share of its level.
        growth: share added each day.
        cover: name of the commitment that covers it; empty means on demand.
    """

    name: str
    account: str
    service: str
    region: str
    usage_type: str
    operation: str
    unit: str
    price: float
    units: float
    resources: int
    resource: str
    team: str
    rhythm: str
    noise: float
    growth: float
    cover: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """A Savings Plan or a reservation: USD an hour, and the share of the on-demand price it charges."""

    name: str
    kind: str
    account: str
    service: str
    arn_tail: str
    terms: str
    hourly: float
    price_factor: float


@dataclass(frozen=True, slots=True)
class DatedCharge:
    """A charge that usage does not explain: on one day of each month, or daily where `day` is empty."""

    name: str
    account: str
    service: str
    region: str
    line_type: str
    usage_type: str
    first: date
    last: date
    day: str
    amount: float
    spread: float
    description: str


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to one workload from `start` to `end`, both in it.

    Attributes:
        event: its name; several workloads may share one event.
        kind: kind of anomaly; empty for what must stay silent.
        shape: times, drift (compounding each day), only (it exists on these days alone), uncovered (its
            commitment has expired), pinned (times, though no anomaly) or natural (nothing is done).
        value: factor of `times`, `pinned` and `drift`.
    """

    event: str
    kind: str
    workload: str
    start: date
    end: date
    shape: str
    value: float
    note: str


_READ: dict[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "date": date.fromisoformat,
}


def _rows(table: str, of: type[Row]) -> tuple[Row, ...]:
    """Every row of a table, each value read as its field's type says."""
    text = (files(__package__) / f"{table}.csv").read_text(encoding="utf-8")
    types: dict[str, str] = of.__annotations__
    return tuple(
        of(**{name: _READ[types[name]](value) for name, value in row.items()})
        for row in csv.DictReader(text.splitlines())
    )


ACCOUNTS = {account.id: account for account in _rows("accounts", Account)}
"""The first is the payer."""
REGIONS = {region.key: region for region in _rows("regions", Region)}
PRODUCTS = {product.code: product for product in _rows("services", Product)}
WORKLOADS = {workload.name: workload for workload in _rows("workloads", Workload)}
COMMITMENTS = {commitment.name: commitment for commitment in _rows("commitments", Commitment)}
CHARGES = _rows("charges", DatedCharge)
EVENTS = _rows("events", Event)
