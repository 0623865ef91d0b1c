"""Paid requests, counted where they leave: every HTTP attempt, so retries and pages too."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aws_cost_anomalies.errors import PaidRequestCapReached

PRICE = Decimal("0.01")
"""USD a request. Source: AWS Cost Management pricing, Cost Explorer API."""


@dataclass(slots=True)
class Meter:
    """How many requests left, and how many may.

    Attributes:
        sent: HTTP attempts made so far.
        limit: `sent` may not pass it; None means no cap.
        cap: what was allowed for this fetch, for the message.
    """

    sent: int = 0
    limit: int | None = None
    cap: int = 0

    def allow(self, cap: int | None) -> None:
        """Allow so many more from now on."""
        self.limit = None if cap is None else self.sent + cap
        self.cap = cap or 0

    def require(self, needed: int) -> None:
        """Say now that `needed` more requests cannot be made, before the first of them is paid.

        Raises:
            PaidRequestCapReached: the cap leaves fewer.
        """
        if self.limit is not None and self.sent + needed > self.limit:
            already = self.cap - (self.limit - self.sent)
            raise PaidRequestCapReached(self.cap, f"at least {already + needed}")

    def before_send(self, **_: Any) -> None:  # noqa: ANN401 - botocore hands over whatever its event carries
        """Count one attempt just before it leaves; what botocore calls.

        Raises:
            PaidRequestCapReached: it would be one too many; it does not leave.
        """
        if self.limit is not None and self.sent >= self.limit:
            raise PaidRequestCapReached(self.cap)
        self.sent += 1
