"""Who is told what: channels, subscriptions, and when a follow-up is worth a word."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.scope import NONE, Dimension
from aws_cost_anomalies.secret import is_kept_elsewhere
from aws_cost_anomalies.sending.addresses import refused_url
from aws_cost_anomalies.settings.section import Section

FollowUp = Literal["grew", "cause_changed", "resolved", "withdrawn"]

SECRET_KEYS = ("url", "token", "signing_secret", "password")
"""Keys of a channel whose values are shown nowhere."""
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "slack": (("url",), ("token", "conversation")),
    "teams": (("url",),),
    "email": (("host", "sender", "to"),),
    "webhook": (("url",),),
    "sns": (("topic_arn",),),
    "apprise": (("url",),),
    "stdout": ((),),
}
"""Kind of channel → the sets of keys of which one must be there."""
NOT_OF_THE_WEB = ("apprise",)
"""Kinds of channel whose `url` is one of another sort."""
_ACCOUNT = re.compile(r"\d{12}")


OR_A_REFERENCE = ", or say where it is kept: env:NAME, file:PATH, ssm:/name or secretsmanager:name"


class Channel(Section):
    """Where messages go.

    A secret is written as it is, or as where it is kept: `env:NAME`, `file:PATH`, `ssm:/name`,
    `secretsmanager:name` or `secretsmanager:name#key`; it is read when a message is sent.
    """

    name: str = Field(description="what subscriptions call it")
    kind: Literal["slack", "teams", "email", "webhook", "sns", "apprise", "stdout"] = Field(
        description="the platform"
    )
    url: SecretStr = Field(
        SecretStr(""), description="address of slack's, teams' or one's own webhook, or of apprise (a secret)"
    )
    token: SecretStr = Field(
        SecretStr(""), description="of a Slack bot, or the bearer token of a webhook (a secret)"
    )
    conversation: str = Field("", description="of slack with a token: id of the channel, e.g. C012ABCDEF")
    signing_secret: SecretStr = Field(
        SecretStr(""), description="of webhook: key of its HMAC-SHA256 signature (a secret)"
    )
    host: str = Field("", description="of email: the SMTP server")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(587, description="of email: its port")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="of email; tls is that of port 465"
    )
    username: str = Field("", description="of email: login; empty means none")
    password: SecretStr = Field(SecretStr(""), description="of email: its password (a secret)")
    sender: str = Field("", description="of email: from whom, e.g. Costs <costs@corp.com>")
    to: tuple[str, ...] = Field((), description="of email: addresses")
    topic_arn: str = Field("", description="of sns: ARN of the topic")
    allow_private: bool = Field(
        default=False, description="whether an address in a private network, or plain http, is meant"
    )
    timeout_seconds: Annotated[float, Field(gt=0, le=120)] = Field(
        15.0, description="for one request and its answer"
    )

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        sets = NEEDED[self.kind]
        if not any(all(self._has(key) for key in keys) for keys in sets):
            wanted = ", or ".join(" and ".join(f"`{key}`" for key in keys) for keys in sets)
            raise ValueError(f"a channel of kind {self.kind} needs {wanted}")
        if self.security == "none" and self._has("password"):
            raise ValueError("a password is not sent unencrypted; set `security` to starttls or tls")
        if problem := self._refused_address():
            raise ValueError(problem)
        if self.topic_arn and not re.fullmatch(
            r"arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?", self.topic_arn
        ):
            raise ValueError("`topic_arn` is no ARN of an SNS topic (arn:aws:sns:region:account:name)")
        for address in (self.sender, *self.to) if self.kind == "email" else ():
            if not re.fullmatch(r"(?:[^<>\r\n]*<)?[!-;=?-~]+@[A-Za-z0-9.-]+>?", address):
                raise ValueError("`sender` and `to` are mail addresses, e.g. costs@corp.com")
        return self

    def _refused_address(self) -> str:
        """Why `url` could not be sent to; empty when it could, or is kept elsewhere and not known yet."""
        url = self.url.get_secret_value().strip()
        if not url or is_kept_elsewhere(url):
            return ""
        if self.kind in NOT_OF_THE_WEB:
            return "" if "://" in url else f"`url` must name a service, e.g. pagerduty://…{OR_A_REFERENCE}"
        refusal = refused_url(url, allow_private=self.allow_private)
        return refusal + (OR_A_REFERENCE if refusal and "://" not in url else "")

    def _has(self, key: str) -> bool:
        value = getattr(self, key)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def _check_account(text: str) -> None:
    """Refuse what no account is called in a bill: nobody would ever be told. Raises: ValueError."""
    if text != NONE and not _ACCOUNT.fullmatch(text):
        raise ValueError(f"an account is its id of 12 digits, in quotes, e.g. '111122223333'; not {text!r}")


class SubscriptionRules(Section):
    """Who wants to be told of which anomalies."""

    name: str = Field(description="what its alerts are labelled with")
    channels: tuple[str, ...] = Field(min_length=1, description="names of the channels that carry them")
    monitors: tuple[str, ...] = Field((), description="only anomalies of these monitors; empty means all")
    accounts: tuple[str, ...] = Field(
        (), description="only anomalies of these accounts, each its 12 digits in quotes; empty means all"
    )
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

    @field_validator("accounts")
    @classmethod
    def _ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            _check_account(each)
        return value

    @field_validator("filter")
    @classmethod
    def _known_dimensions(cls, value: dict[str, str]) -> dict[str, str]:
        for name, wanted in value.items():
            try:
                dimensions = Dimension.parse(name)
            except InvalidArgument as error:
                raise ValueError(error.message.rstrip(".")) from None
            if Dimension("account") in dimensions:
                _check_account(wanted)
        return value


class Alerts(Section):
    """When something is news, and how it is told."""

    fresh_days: Annotated[int, Field(ge=1)] = Field(
        7, description="a first notice is given of what was anomalous in the last so many days of data"
    )
    growth: Annotated[float, Field(gt=1)] = Field(
        2.0, description="a follow-up is given when the impact is this many times the one told last"
    )
    narrator: Literal["plain", "llm"] = Field(
        "plain", description="who writes the explanation: rules, or the model of `agent`, checked"
    )
    max_narrations: Annotated[int, Field(ge=0)] = Field(
        20, description="explanations that a run lets the model write; the rest is written by rule"
    )
    max_narration_usd: Annotated[float, Field(ge=0)] = Field(
        1.0, description="USD that a run may spend on them, as far as the model's price is known"
    )
    link: str = Field(
        "", description="address of a page of yours that messages link to, as ADDRESS/anomalies/ID"
    )
    who_did_it: bool = Field(
        default=False,
        description="whether messages tell who changed what around the first day: asks CloudTrail, as"
        " `explain --who` does",
    )
    silent_hours: Annotated[int, Field(ge=1)] = Field(
        36, description="hours without a good run after which a run says so"
    )
