"""What is watched, how closely, and what is worth a word."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.settings.section import Section

Metric = Literal["unblended", "net-amortized", "blended", "amortized", "list", "usage"]
Sensitivity = Literal["low", "medium", "high"]
Category = Literal["Usage", "Purchase", "Tax", "Credit", "Adjustment"]


def _check_dimensions(text: str) -> None:
    """Refuse a grouping nobody knows. Raises: ValueError, as pydantic wants it."""
    try:
        Dimension.parse(text)
    except InvalidArgument as error:
        raise ValueError(error.message) from None


class AnomalyRules(Section):
    """What is looked at, how closely, and what is worth a word."""

    detector: str = Field(
        "", description="`forecast`, `mad`, `theil-sen`, `zscore`, joined by +; empty means the default"
    )
    sensitivity: Sensitivity = Field("medium", description="low, medium or high")
    second_look: bool = Field(
        default=True,
        description="whether `forecast` withholds odd days like those that turned out to be ordinary life",
    )
    group_by: str = Field("service+account", description="the scopes: dimensions joined by +")
    first_seen: str = Field(
        "account+region",
        description="further scopes, of which only spend never seen before is told; empty means none",
    )
    metric: Metric = Field("net-amortized", description="the cost looked at")
    source: Literal["", "cost-explorer", "cur", "focus", "sample"] = Field(
        "", description="the data source looked at; empty means the most detailed one that is fresh"
    )
    currency: Annotated[str, Field(pattern="^([A-Za-z]{3})?$")] = Field(
        "", description="the currency looked at, e.g. EUR, where a bill has several; they are never summed"
    )
    charge_categories: tuple[Category, ...] = Field(
        ("Usage",), description="charges looked at; add Purchase, Tax, Credit or Adjustment to watch them too"
    )
    marketplace: bool = Field(
        default=True,
        description="whether AWS Marketplace charges are looked at; those whose seller is unknown always are",
    )
    rolling_window_days: Annotated[int, Field(ge=7, le=90)] = Field(
        14, description="days a classical detector looks back"
    )
    z_score_threshold: Annotated[float, Field(gt=0)] = Field(
        2.5, description="modified z-score from which `mad` and `zscore` speak at medium sensitivity"
    )
    min_daily_cost: Annotated[float, Field(ge=0)] = Field(
        1.0, description="a scope cheaper than this per day is not looked at"
    )
    drift_threshold_pct: Annotated[float, Field(gt=0)] = Field(
        20.0, description="growth over the window from which `theil-sen` speaks, percent"
    )
    min_impact: Annotated[float, Field(ge=0)] = Field(
        5.0, description="an anomaly below this total impact is left out, in currency"
    )
    min_impact_pct: Annotated[float, Field(ge=0)] = Field(
        20.0, description="an anomaly below this percentage of what was expected is left out"
    )
    match: Literal["all", "any"] = Field("all", description="whether both minimums must be met, or one")

    @field_validator("group_by", "first_seen")
    @classmethod
    def _known_dimensions(cls, value: str) -> str:
        for level in value.split(","):
            _check_dimensions(level)
        return value


class MonitorRules(Section):
    """One monitor; what it leaves out is taken from `anomaly`."""

    name: str = Field(description="what its anomalies are labelled with")
    filter: dict[str, str] = Field(
        default_factory=dict, description="only this slice, e.g. {account: '111111111111', tag:team: search}"
    )
    group_by: str = Field("", description="levels, as `anomaly.group_by`")
    first_seen: str | None = Field(
        None, description="as `anomaly.first_seen`; none where the monitor has a `group_by` of its own"
    )
    sensitivity: Sensitivity | None = Field(None, description="as `anomaly.sensitivity`")
    direction: Literal["both", "up", "down"] = Field(
        "both", description="which moves are told: up, more cost than usual; down, less"
    )
    min_impact: Annotated[float, Field(ge=0)] | None = Field(None, description="as `anomaly.min_impact`")

    @field_validator("filter", "group_by", "first_seen")
    @classmethod
    def _known_dimensions(cls, value: dict[str, str] | str | None) -> dict[str, str] | str | None:
        for name in value if isinstance(value, dict) else (value or "").split(","):
            _check_dimensions(name)
        return value
