"""Whose credentials these are, where the configuration needs any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aws_cost_anomalies import aws, permissions
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.settings import Settings

AREA = "credentials"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks AWS.

    Attributes:
        identity: None when that is not known.
        problem: why it is not; None where nobody asked.
        is_needed: whether the configuration asks anything of AWS.
    """

    profile: str | None
    identity: aws.Identity | None = None
    problem: CostAnomaliesError | None = None
    is_needed: bool = True

    @classmethod
    def of(cls, settings: Settings, *, is_offline: bool) -> Credentials:
        """Those of the configured profile, asked of AWS unless it needs none."""
        profile = settings.aws_profile or None
        is_needed = any(feature.grants for feature in permissions.needed(settings))
        if is_offline or not is_needed:
            return cls(profile, is_needed=is_needed)
        try:
            return cls(profile, aws.caller_identity(profile=profile))
        except CostAnomaliesError as error:
            return cls(profile, problem=error)

    def checks(self) -> Iterator[Check]:
        """Who they say they are."""
        if self.problem:
            yield Check.of_error(AREA, self.problem)
        elif self.identity:
            by = f" (profile {self.profile})" if self.profile else ""
            yield Check(AREA, State.OK, f"account {self.identity.account}, {self.identity.arn}{by}")
        else:
            why = "nobody asked (--offline)" if self.is_needed else "the configuration asks nothing of AWS"
            yield Check(AREA, State.UNCHECKED, why)

    @property
    def why_not(self) -> str:
        """Why AWS cannot be asked anything else."""
        return "without credentials AWS cannot be asked" if self.problem else "nobody asked (--offline)"
