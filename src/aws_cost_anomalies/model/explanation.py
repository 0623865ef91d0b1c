"""Explanation: what moved, who carries it, how much, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aws_cost_anomalies.model.anomaly import Anomaly, RootCause


@dataclass(frozen=True, slots=True)
class DayVerdict:
    """One day of the anomaly's scope: actual against the band, currency per day; NaN as in Flags."""

    day: date
    actual: float
    expected: float
    lower: float
    upper: float
    is_anomalous: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The impact split over one dimension; contributions and `other` add up to it, to the cent.

    Attributes:
        dimension: short name.
        causes: ranked by |contribution|.
        other: what the shown ones leave.
    """

    dimension: str
    causes: tuple[RootCause, ...]
    other: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything known of one anomaly.

    Attributes:
        currency: of all amounts.
        days: the days around it, first to last.
        breakdowns: one per dimension that the source knows, the most telling first.
        summary: the story in one sentence.
        expected_from: what the first anomalous day was measured against, in words; empty when the detector
            does not say.
        charge_categories: those looked at; an empty tuple means all.
        marketplace: whether charges of other publishers than the provider are among them.
    """

    anomaly: Anomaly
    currency: str
    data_source: str
    metric: str
    through: date
    days: tuple[DayVerdict, ...]
    breakdowns: tuple[Breakdown, ...]
    summary: str
    charge_categories: tuple[str, ...] = ()
    marketplace: bool = True
    expected_from: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """An explanation in words.

    Attributes:
        text: at most 200 words, plain.
        narrator: who wrote it: `plain`, or the model's id.
        rejected: why a model's text was not taken, empty when it was, or when none was asked.
        tokens: read and written by the model.
        usd: what its calls cost, as far as the price is known.
    """

    text: str
    narrator: str = "plain"
    rejected: str = ""
    tokens: int = 0
    usd: float = 0.0
