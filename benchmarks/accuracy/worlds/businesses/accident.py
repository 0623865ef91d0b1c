"""What befalls whole accounts of a business: outages, bills that do not come, accounts that open and close.

Knows accounts and days; must not know any service or detector.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.worlds.businesses import events_falls, events_rises
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM, DailyLuck
from benchmarks.accuracy.worlds.businesses.moment import Moment

PRODUCTION = frozenset({"prod1", "prod2"})
ACCOUNTS = (
    *("backup", "corp", "data", "dev", "dr", "ml", "payer", "prod1", "prod2", "research"),
    *("sandbox", "security", "shared", "staging"),
)
OPENED_AND_CLOSED = ("dev", "staging", "sandbox", "data", "ml")
OUTAGES = 3


@dataclass(frozen=True, slots=True)
class Accident:
    """Something that befalls accounts of a business.

    Attributes:
        kind: `outage`, of what serves customers, `missing`, `gone` or `born`.
        business: its number.
        accounts: which of its accounts.
        length: days, of an outage and of what is missing.
        severity: share of the usage that an outage costs.
    """

    kind: str
    business: int
    accounts: frozenset[str]
    start: int
    length: int = 0
    severity: float = 1.0

    def on(self, moment: Moment) -> Incident:
        """What it is to a series."""
        if self.kind == "outage":
            severity = min(1.0, max(0.1, self.severity * moment.uniform(0.6, 1.15)))
            return events_falls.shared_outage(moment, self.length, severity)
        if self.kind == "missing":
            return events_falls.unbilled(moment, self.length)
        return events_falls.gone(moment) if self.kind == "gone" else events_rises.born(moment)


def accidents(luck: DailyLuck, n_businesses: int) -> tuple[Accident, ...]:
    """The accidents of a bill: three outages, a gap, an account that is closed and one that is opened."""
    found = []
    for business in luck.rng.choice(n_businesses, OUTAGES, replace=False):
        some = (PRODUCTION, frozenset({"prod1"}), frozenset({"prod2"}))[luck.whole(0, 2)]
        start, length = luck.whole(JUDGED_FROM + 5, luck.n_days - 5), luck.one_of((1, 1, 2))
        found.append(Accident("outage", int(business), some, start, length, luck.uniform(0.4, 0.95)))
    half = frozenset(luck.rng.choice(ACCOUNTS, len(ACCOUNTS) // 2, replace=False).tolist())
    start, length = luck.whole(JUDGED_FROM + 5, luck.n_days - 7), luck.one_of((1, 2, 3))
    found.append(Accident("missing", luck.whole(0, n_businesses - 1), half, start, length))
    for kind in ("gone", "born"):
        account = frozenset({luck.one_of(OPENED_AND_CLOSED)})
        business, start = luck.whole(0, n_businesses - 1), luck.whole(JUDGED_FROM + 15, luck.n_days - 31)
        found.append(Accident(kind, business, account, start))
    return tuple(found)
