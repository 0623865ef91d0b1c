"""Backtest: labels, what a replay found, and how well it agrees with the labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cost_anomalies.model.anomaly import Anomaly, Kind
from aws_cost_anomalies.model.answers import View
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope


@dataclass(frozen=True, slots=True)
class Label:
    """An anomaly that somebody knows of.

    Attributes:
        kind: what happened.
        days: first to last anomalous day.
        scope: dimension key → value; a dimension that is not named matches any value.
        impact: its money, in currency; None when nobody wrote it down.
        size: extra cost as a share of the usual, for a planted one.
    """

    kind: Kind
    days: Period
    scope: Scope
    impact: float | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well the anomalies of a replay agree with labels; a share of nothing is None.

    Attributes:
        precision: share of anomalies that meet a label.
        recall: share of labels that an anomaly meets.
        f1: their harmonic mean.
        dollar_recall: the same as recall, weighted by the labels' money.
        median_days_to_detect: from a label's first day to the day it was told, over the labels met.
        false_alerts_per_1000_series_days: anomalies that meet no label, per 1,000 series-days without one.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    dollar_recall: float | None
    median_days_to_detect: float | None
    false_alerts_per_1000_series_days: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """A replay of history, day by day, as a daily run would have seen it.

    Attributes:
        days_replayed: days judged.
        series: scopes judged.
        alerts_per_week: anomalies ÷ weeks replayed.
        accuracy: against labels, when there are any.
        missed: labels that no anomaly meets.
        unanswered: monitor → why nothing was judged for it, or for one of its levels.
    """

    view: View
    monitor: str
    sensitivity: str
    days_replayed: int
    series: int
    alerts_per_week: float
    anomalies: tuple[Anomaly, ...]
    accuracy: Accuracy | None = None
    missed: tuple[Label, ...] = ()
    unanswered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Budget:
    """A sensitivity and minimum impact that keep to an alert budget.

    Attributes:
        alerts_per_week: the budget.
        minimum_impact: that goes with the sensitivity found, currency.
        usual: the replay at the sensitivity asked or configured.
        chosen: the replay at the sensitivity found.
        silent: what the usual one tells and the chosen one does not, under whatever id.
    """

    alerts_per_week: float
    minimum_impact: float
    usual: Backtest
    chosen: Backtest
    silent: tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """Planted anomalies of one kind and size.

    Attributes:
        size: extra cost as a share of the usual.
        count: how many were planted.
        found: how many were told.
        median_days_to_detect: None when none was.
    """

    kind: Kind
    size: float
    count: int
    found: int
    median_days_to_detect: float | None
