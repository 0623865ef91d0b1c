"""Who is told what: channels, subscriptions, and when a follow-up is worth a word."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.settings.section import Section

FollowUp = Literal["grew", "cause_changed", "resolved", "withdrawn"]


class Channel(Section):
    """Where messages go."""

    name: str = Field(description="what subscriptions call it")
    kind: Literal["slack", "teams", "email", "webhook", "sns", "apprise", "stdout"] = Field(
        description="the platform"
    )


class SubscriptionRules(Section):
    """Who wants to be told of which anomalies."""

    name: str = Field(description="what its alerts are labelled with")
    channels: tuple[str, ...] = Field(description="names of the channels that carry them")
    monitors: tuple[str, ...] = Field((), description="only anomalies of these monitors; empty means all")
    accounts: tuple[str, ...] = Field((), description="only anomalies of these accounts; empty means all")
    filter: dict[str, str] = Field(
        default_factory=dict, description="only anomalies of this slice, e.g. {tag:team: search}"
    )
    min_severity: Literal["info", "warning", "critical"] = Field("info", description="the least severity")
    min_impact: Annotated[float, Field(ge=0)] = Field(0.0, description="least total impact, in currency")
    min_impact_pct: Annotated[float, Field(ge=0)] = Field(
        0.0, description="least impact in percent of what was expected; new spend passes"
    )
    match: Literal["all", "any"] = Field("all", description="whether both minimums must be met, or one")
    frequency: Literal["immediate", "daily", "weekly"] = Field(
        "immediate", description="at once, or one digest a day or a week (on Mondays)"
    )
    owners: tuple[str, ...] = Field((), description="whom to mention, e.g. <@U012ABCDEF> on Slack")
    follow_ups: tuple[FollowUp, ...] = Field(
        ("grew", "cause_changed", "resolved", "withdrawn"), description="which later news is told"
    )
    storm: Annotated[int, Field(ge=1)] = Field(
        10, description="more first notices than this at once become one digest"
    )
    heartbeat: bool = Field(default=False, description="say so when there is nothing new")

    @field_validator("filter")
    @classmethod
    def _known_dimensions(cls, value: dict[str, str]) -> dict[str, str]:
        for name in value:
            try:
                Dimension.parse(name)
            except InvalidArgument as error:
                raise ValueError(error.message) from None
        return value


class Alerts(Section):
    """When something is news, and how it is told."""

    fresh_days: Annotated[int, Field(ge=1)] = Field(
        7, description="a first notice is given of what was anomalous in the last so many days of data"
    )
    growth: Annotated[float, Field(gt=1)] = Field(
        2.0, description="a follow-up is given when the impact is this many times the one told last"
    )
    narrator: Literal["plain", "llm"] = Field("plain", description="who writes the explanation")
    link: str = Field(
        "", description="address of the dashboard that messages link to, e.g. https://costs.corp"
    )
    silent_hours: Annotated[int, Field(ge=1)] = Field(
        36, description="hours without a good run after which a run says so"
    )
