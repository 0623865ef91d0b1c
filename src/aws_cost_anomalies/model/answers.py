"""What the use cases answer: values that every door prints in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

if TYPE_CHECKING:
    from aws_cost_anomalies.model.anomaly import Anomaly
    from aws_cost_anomalies.model.aws_anomaly import Opinion
    from aws_cost_anomalies.model.bill import Lack, Totals
    from aws_cost_anomalies.model.followed import Sighting
    from aws_cost_anomalies.model.gap import Gap
    from aws_cost_anomalies.model.load import Restatement


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about; None means the configured value, or the one chosen by rule.

    Attributes:
        metric: short name, e.g. `net-amortized`.
        group_by: dimensions joined by `+`.
        categories: charge categories looked at; an empty tuple means all.
        detector: `mad`, …
        sensitivity: low, medium, high, or a score.
        minimum_impact: an anomaly below this total impact is left out, currency.
        monitor: a configured monitor's name; None means all of them.
        within: only charges of this slice.
    """

    source: str | None = None
    metric: str | None = None
    group_by: str | None = None
    currency: str | None = None
    categories: tuple[str, ...] | None = None
    detector: str | None = None
    sensitivity: str | None = None
    minimum_impact: float | None = None
    monitor: str | None = None
    within: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an ingest is asked for; None means the configured value.

    Attributes:
        source: cost_explorer, cur, focus or sample.
        days: days back from today; Cost Explorer asks for exactly these, an export for their months.
        month: one billing period, `YYYY-MM`.
        path: a folder or s3://bucket/prefix.
        group_by: what Cost Explorer groups by.
    """

    source: str | None = None
    days: int | None = None
    month: str | None = None
    path: str | None = None
    group_by: str | None = None
    full_refresh: bool = False
    max_paid_requests: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What an answer rests on; printed with it.

    Attributes:
        through: last day with data in the window.
        settled_through: last settled day in the window, None when there is none.
        charge_categories: those looked at; an empty tuple means all.
        marketplace: whether charges of other publishers than the provider are among them.
        within: only charges of this slice.
    """

    data_source: str
    metric: str
    currency: str
    group_by: tuple[str, ...]
    period: Period
    through: date
    settled_through: date | None
    charge_categories: tuple[str, ...] = ()
    marketplace: bool = True
    within: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class LoadedBill:
    """One billing period that an ingest looked at.

    Attributes:
        status: loaded, unchanged, failed, forgotten.
        totals: currency → metric → sum; empty unless loaded, or of what was forgotten.
        restated: the closed days whose BilledCost it moved.
        lacks: what it has charges of that could not be amortized.
        left_out: the folders of earlier deliveries beside it, where their names alone say that they are.
        is_monthly: whether it has a month's usage on the first day of the month, all of it.
        problem: why it failed, one sentence.
        hint: what to do about it.
    """

    data_source: str
    export: str
    billing_period: str
    status: str
    line_items: int = 0
    rows: int = 0
    totals: Totals | None = None
    restated: tuple[Restatement, ...] = ()
    lacks: tuple[Lack, ...] = ()
    left_out: tuple[str, ...] = ()
    is_monthly: bool = False
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did, bill by bill, and what it paid for."""

    bills: tuple[LoadedBill, ...]
    paid_requests: int = 0


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One scope over the window.

    Attributes:
        costs: per bucket (day, week or month), oldest first; None = unknown.
        total: sum of the known.
        change: between the two buckets compared; None when either is unknown.
        change_percentage: of the bucket before; None when it is zero or unknown.
    """

    scope: Scope
    costs: tuple[float | None, ...]
    total: float
    change: float | None
    change_percentage: float | None


@dataclass(frozen=True, slots=True)
class Trends:
    """Cost over time: the top scopes, everything else, and the total.

    Attributes:
        granularity: daily, weekly (from Monday) or monthly.
        buckets: first day of each.
        compared: the two buckets whose change the rows tell; None where there are no two whole, settled ones.
        gaps: what the whole bill lacks in the window.
    """

    view: View
    granularity: str
    buckets: tuple[date, ...]
    rows: tuple[TrendRow, ...]
    other: TrendRow | None
    total: TrendRow
    compared: tuple[date, date] | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """One scope in two periods; `kind` is new, gone, up, down or same."""

    scope: Scope
    a: float
    b: float
    change: float
    change_percentage: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods side by side; movers by |change|, `total` over everything.

    Attributes:
        a_day: the total over the days that are loaded, an average day of each period.
        loaded: how many days of each period are loaded.
    """

    view: View
    a: Period
    b: Period
    movers: tuple[Mover, ...]
    other: Mover | None
    total: Mover
    a_day: Mover
    loaded: tuple[int, int]

    @property
    def warning(self) -> str:
        """That a period is not loaded as a whole, one sentence; empty where both are."""
        periods = zip(("A", "B"), self.loaded, (self.a, self.b), strict=True)
        parts = [
            f"{loaded} of the {period.days} days of {name}"
            for name, loaded, period in periods
            if loaded < period.days
        ]
        if not parts:
            return ""
        return f"Only {' and '.join(parts)} are loaded: compare an average day, not the sums."


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An anomaly that is not told, and why."""

    anomaly: Anomaly
    reason: str


@dataclass(frozen=True, slots=True)
class FeedbackEffect:
    """What a word about an anomaly changes: the past anomalies it would have kept silent."""

    anomaly: Anomaly
    seen: Sighting
    silent: tuple[Anomaly, ...]


@dataclass(frozen=True, slots=True)
class Detected:
    """The anomalies of a view, the largest money first.

    Attributes:
        suppressed: planned changes, what feedback keeps silent, and what a second look withheld.
        withdrawn: what was told before, until the bill was restated.
        unanswered: monitor → why nothing was judged for it, or for one of its levels.
        aws: AWS's own anomalies beside these; None when AWS was not asked for these days.
        gaps: what the whole bill lacks in these days.
    """

    view: View
    as_of: date
    monitor: str
    sensitivity: str
    anomalies: tuple[Anomaly, ...]
    suppressed: tuple[Suppressed, ...] = ()
    withdrawn: tuple[Anomaly, ...] = ()
    unanswered: Mapping[str, str] = field(default_factory=dict)
    aws: Opinion | None = None
    gaps: tuple[Gap, ...] = ()
