"""A gap: days of which the data lacks what is charged every day."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.model.period import Period


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a row without a charge of many scopes, services by account, that are charged every day.

    Attributes:
        missing: scopes without a charge, on the day with the most of them.
        of: those that are charged every day, on that day.
        service: whose scopes they are; empty where they are the bill's.
    """

    days: Period
    missing: int
    of: int
    service: str = ""

    @property
    def what(self) -> str:
        """What there are no charges of."""
        if self.service:
            return f"{self.service} in any of its {self.of:,} accounts"
        return f"{self.missing:,} of {self.of:,} scopes"

    @property
    def lack(self) -> str:
        """What there are no charges of and when, as part of a sentence."""
        return f"no charges of {self.what} on {self._when}"

    @property
    def sentence(self) -> str:
        """The same, and what it means."""
        if self.service:
            meaning = "its data has a gap, or it was turned off in all of them"
        else:
            those = "that day" if self.days.days == 1 else "those days"
            meaning = f"the data has a gap, and falls of {those} may not be told"
        return f"{self._when}: no charges of {self.what}: {meaning}"

    @property
    def _when(self) -> str:
        return str(self.days.start if self.days.days == 1 else self.days)
