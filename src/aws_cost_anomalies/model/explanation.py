"""Explanation: what moved, who carries it, how much, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aws_cost_anomalies.model.activity import Activity
from aws_cost_anomalies.model.anomaly import Anomaly, RootCause
from aws_cost_anomalies.model.aws_anomaly import AwsAnomaly
from aws_cost_anomalies.model.scope import Scope


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


class Driver(StrEnum):
    """What carries at least half of an impact."""

    USAGE = "usage"
    RATE = "rate"
    MIX = "mix"


@dataclass(frozen=True, slots=True)
class Meter:
    """One usage type, in one unit, of one account and region: what it metered, at what price.

    Attributes:
        scope: account, region, service and usage type, as far as they differ within the anomaly.
        unit: of the quantities, e.g. Hrs.
        quantity: metered over the anomaly's days.
        usual_quantity: usual cost ÷ usual unit price.
        unit_price: currency per unit over the anomaly's days; None when nothing was metered.
        usual_unit_price: cost ÷ quantity of the days before; None when nothing was metered then.
        contribution: its part of the impact.
    """

    scope: Scope
    unit: str
    quantity: float
    usual_quantity: float
    unit_price: float | None
    usual_unit_price: float | None
    contribution: float


@dataclass(frozen=True, slots=True)
class Effects:
    """The impact split by what changed; the five parts add up to it, to the cent.

    Attributes:
        usage: more or less was used, at the usual price.
        rate: what was used had another unit price.
        mix: usage moved between dearer and cheaper kinds of the same thing.
        not_metered: charges without a quantity.
        other: what the usual costs of the parts leave of the impact.
        meters: those with the largest contributions.
    """

    usage: float
    rate: float
    mix: float
    not_metered: float
    other: float
    meters: tuple[Meter, ...] = ()

    @property
    def total(self) -> float:
        """The impact."""
        return round(self.usage + self.rate + self.mix + self.not_metered + self.other, 2)

    @property
    def driver(self) -> Driver | None:
        """What carries at least half of the impact; the larger of two, None when nothing does."""
        parts = {Driver.USAGE: self.usage, Driver.RATE: self.rate, Driver.MIX: self.mix}
        first = max(parts, key=lambda part: parts[part] * self.total)
        return first if 2 * parts[first] * self.total >= self.total**2 > 0 else None


@dataclass(frozen=True, slots=True)
class KnownCause:
    """Something that often moves cost like this; evidence, never a verdict.

    Attributes:
        name: what it is called.
        facts: why it fits, each from the bill.
        check_first: what to look at first, one sentence.
        command: the AWS CLI command that confirms it; every value from the bill is quoted for a shell.
        link: the console page that shows it; empty where none is known.
    """

    name: str
    facts: tuple[str, ...]
    check_first: str
    command: str = ""
    link: str = ""


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
        effects: usage, rate and mix; None where the source states no quantities.
        known_causes: what often moves cost like this, the best fit first; at most three.
        aws_anomalies: what AWS tells of the same; None when it was not asked for these days.
        activity: who did what around its first day; None when nobody asked.
        options: what a command takes to look at the same charges, each after a blank; empty where they are
            those of every question.
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
    effects: Effects | None = None
    known_causes: tuple[KnownCause, ...] = ()
    aws_anomalies: tuple[AwsAnomaly, ...] | None = None
    activity: Activity | None = None
    options: str = ""


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
