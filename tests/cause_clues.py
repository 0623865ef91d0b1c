"""Clues made by hand: what is not said is a usual increase of 1,000."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from aws_cost_anomalies.explain.clues import Clues
from aws_cost_anomalies.model.anomaly import Anomaly, Impact, Kind, Severity, Status
from aws_cost_anomalies.model.explanation import Effects, Meter
from aws_cost_anomalies.model.scope import Scope

START = date(2026, 8, 18)


def made(
    *,
    impact: float = 1000.0,
    kind: Kind = Kind.SPIKE,
    start: date = START,
    days: int = 3,
    through: date = date(2026, 8, 31),
    shares: Mapping[str, Sequence[tuple[str, float]]] | None = None,
    new: Mapping[str, set[str]] | None = None,
    meters: Sequence[Meter] = (),
    rate: float = 0.0,
    has_open_days: bool = False,
) -> Clues:
    end = start + timedelta(days=days - 1)
    money = Impact(impact, impact, impact, 0.0, None, 0.0, 0.0)
    anomaly = Anomaly(
        "0" * 12, "default", Scope(), kind, Severity.INFO, Status.ONGOING, 9.0, start, end, start, money
    )
    usage = impact - rate
    return Clues(
        anomaly=anomaly,
        currency="USD",
        through=through,
        shares=dict(shares or {}),
        first_seen={name: frozenset(values) for name, values in (new or {}).items()},
        effects=Effects(usage, rate, 0.0, 0.0, 0.0, tuple(meters)) if meters else None,
        has_open_days=has_open_days,
    )


def meter(
    usage_type: str, now: float, usual: float, price: float | None = 1.0, before: float | None = 1.0,
    contribution: float = 1000.0,
) -> Meter:  # fmt: skip
    return Meter(Scope((("x_UsageType", usage_type),)), "Hrs", now, usual, price, before, contribution)


def of(service: str = "", usage_type: str = "", **more: str) -> dict[str, list[tuple[str, float]]]:
    """Everything in one service and usage type, and in whatever else is said."""
    named = {
        "service": service,
        "usage-type": usage_type,
        **{k.replace("_", "-"): v for k, v in more.items()},
    }
    return {name: [(value, 1.0)] for name, value in named.items() if value}
