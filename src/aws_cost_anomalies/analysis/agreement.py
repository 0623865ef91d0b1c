"""Agreement of anomalies with labels: precision, recall, money and days.

Knows scopes, days and directions; knows nothing of how the anomalies were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np

from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.backtest import Accuracy, Label, Planted
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import Period

REFERENCE_DAYS = 28
"""Days before a label whose median stands for the usual cost, where the label names no money."""
SLACK = timedelta(days=1)
"""An anomaly that begins the day after a label's last day is still about it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which anomalies meet which labels.

    Attributes:
        told: per label, the first day an anomaly that meets it was told; None when none does.
        is_true: per anomaly, whether it meets a label.
    """

    told: tuple[date | None, ...]
    is_true: tuple[bool, ...]


def meets(anomaly: Anomaly, label: Label) -> bool:
    """Whether an anomaly is about a label: same direction, days in common, no dimension that differs.

    A dimension that only one of the two names does not tell them apart.
    """
    values = anomaly.scope.as_dict()
    is_same_scope = all(values.get(key, value) == value for key, value in label.scope.values)
    shares_days = anomaly.start_date <= label.days.last_day + SLACK and anomaly.end_date >= label.days.start
    return anomaly.kind.is_increase is label.kind.is_increase and shares_days and is_same_scope


def agreement(anomalies: Sequence[Anomaly], labels: Sequence[Label]) -> Agreement:
    """Which anomalies meet which labels."""
    met = [[meets(anomaly, label) for anomaly in anomalies] for label in labels]
    told = tuple(
        min(
            (max(a.detected_on, label.days.start) for a, m in zip(anomalies, row, strict=True) if m),
            default=None,
        )
        for label, row in zip(labels, met, strict=True)
    )
    return Agreement(told, tuple(any(row[i] for row in met) for i in range(len(anomalies))))


def missed(anomalies: Sequence[Anomaly], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels that no anomaly meets."""
    told = agreement(anomalies, labels).told
    return tuple(label for label, day in zip(labels, told, strict=True) if day is None)


def found_by_size(anomalies: Sequence[Anomaly], labels: Sequence[Label]) -> tuple[Planted, ...]:
    """How many planted anomalies were told, by kind and size, the smallest first."""
    told = agreement(anomalies, labels).told
    groups: dict[tuple[Kind, float], list[int | None]] = {}
    for label, day in zip(labels, told, strict=True):
        delay = None if day is None else (day - label.days.start).days
        groups.setdefault((label.kind, label.size or 0.0), []).append(delay)
    return tuple(_planted(kind, size, delays) for (kind, size), delays in sorted(groups.items()))


def _planted(kind: Kind, size: float, delays: Sequence[int | None]) -> Planted:
    known = [days for days in delays if days is not None]
    return Planted(kind, size, len(delays), len(known), median(known) if known else None)


def accuracy(
    anomalies: Sequence[Anomaly], labels: Sequence[Label], *, panel: Panel, days: Period
) -> Accuracy:
    """How well the anomalies told in `days` of a panel agree with the labels that begin in them.

    An anomaly about a label that began earlier is neither right nor wrong: it was told before, or late.
    """
    begun = [label for label in labels if label.days.start in days]
    earlier = [label for label in labels if label.days.start < days.start]
    found = agreement(anomalies, begun)
    late = agreement(anomalies, earlier).is_true
    false = sum(not right and not old for right, old in zip(found.is_true, late, strict=True))
    precision = _share(sum(found.is_true), sum(found.is_true) + false)
    recall = _share(sum(day is not None for day in found.told), len(begun))
    money = [_money(label, panel) for label in begun]
    carried = sum(m for m, day in zip(money, found.told, strict=True) if day is not None)
    delays = [
        (day - label.days.start).days for label, day in zip(begun, found.told, strict=True) if day is not None
    ]
    normal = _normal_series_days(labels, panel, days)
    return Accuracy(
        precision=precision,
        recall=recall,
        f1=_harmonic_mean(precision, recall),
        dollar_recall=_share(carried, sum(money)),
        median_days_to_detect=median(delays) if delays else None,
        false_alerts_per_1000_series_days=1000.0 * false / normal if normal else None,
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _harmonic_mean(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2.0 * precision * recall / (precision + recall) if precision + recall else 0.0


def _rows(label: Label, panel: Panel) -> list[int]:
    """The rows of a panel that a label speaks of."""
    wanted = label.scope.values
    return [
        i
        for i, scope in enumerate(panel.scopes)
        if all(scope.as_dict().get(key, value) == value for key, value in wanted)
    ]


def _money(label: Label, panel: Panel) -> float:
    """The label's own money, else |actual − usual| over its days and scopes, currency."""
    if label.impact is not None:
        return abs(label.impact)
    first = max(0, panel.period.index(label.days.start))
    last = min(panel.period.days, panel.period.index(label.days.end))
    series = np.nan_to_num(panel.costs[_rows(label, panel)]).sum(axis=0)
    before = series[max(0, first - REFERENCE_DAYS) : first]
    usual = float(median(before.tolist())) if before.size else 0.0
    return abs(float(series[first:last].sum()) - usual * max(0, last - first))


def _normal_series_days(labels: Sequence[Label], panel: Panel, days: Period) -> int:
    """Series-days of `days` with a known cost that no label speaks of."""
    normal = ~np.isnan(panel.costs)
    normal[:, : max(0, panel.period.index(days.start))] = False
    normal[:, max(0, panel.period.index(days.end)) :] = False
    for label in labels:
        first, last = panel.period.index(label.days.start), panel.period.index(label.days.end)
        normal[_rows(label, panel), max(0, first) : max(0, last)] = False
    return int(normal.sum())
