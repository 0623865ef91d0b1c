"""The sentences of an alert: what moved by how much, since when, and why somebody is told now.

Knows anomalies, names and amounts; every number is one of theirs.
"""

from __future__ import annotations

from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.alert import Alert, Reason
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Status
from aws_cost_anomalies.model.characters import cut, visible

SAID_NOW = {
    Reason.NEW: "New",
    Reason.GREW: "It grew",
    Reason.CAUSE_CHANGED: "Another cause",
    Reason.RESOLVED: "Resolved",
    Reason.WITHDRAWN: "Withdrawn",
    Reason.DIGEST: "Digest",
    Reason.STORM: "Many at once",
    Reason.HEARTBEAT: "Nothing new",
    Reason.NO_GOOD_RUN: "No good run",
}
"""The reason as a heading."""
LONGEST_TITLE = 90
"""Characters of what happened in a heading: the amount behind it has to have room on every platform."""
BEFORE_TITLE = {Reason.GREW: "grew", Reason.CAUSE_CHANGED: "another cause"}
OVER = {Reason.RESOLVED: "Resolved", Reason.WITHDRAWN: "Withdrawn"}
STAYS = "Usual by now"
"""Before what is told no longer although it goes on to cost: no all-clear."""


def title(alert: Alert, anomaly: Anomaly, known: Known) -> str:
    """`Critical, grew: step up in Amazon DynamoDB · prod (111122223333), +4,537.12 USD`."""
    what = cut(naming.happened(anomaly, known.account_names), LONGEST_TITLE)
    if (word := grade(alert, anomaly)) == STAYS:
        return f"{STAYS}: {what}, {monthly(anomaly, known)} if it stays"
    return f"{word}: {what}, {change(anomaly, known)}"


def said_now(alert: Alert) -> str:
    """The reason as a heading."""
    stays = alert.reason is Reason.RESOLVED and all(each.stays for each in alert.anomalies)
    return STAYS if stays else SAID_NOW[alert.reason]


def grade(alert: Alert, anomaly: Anomaly) -> str:
    """How much it matters and what is new of it, `Critical, grew`; of what came to its end, that it did."""
    reason = Reason.WITHDRAWN if anomaly.status is Status.WITHDRAWN else alert.news_of(anomaly)
    if reason is Reason.RESOLVED and anomaly.stays:
        return STAYS
    about = f", {BEFORE_TITLE[reason]}" if reason in BEFORE_TITLE else ""
    return OVER.get(reason) or f"{anomaly.severity}{about}".capitalize()


def change(anomaly: Anomaly, known: Known) -> str:
    """`+4,537.12 USD`: actual − expected."""
    return in_currency(money.signed(anomaly.impact.total_impact), known.currency(anomaly))


def in_currency(shown: str, currency: str) -> str:
    """An amount with its currency, where one is known."""
    return f"{shown} {currency}" if currency else shown


def sentence(anomaly: Anomaly, known: Known) -> str:
    """What moved by how much, since when, and whether it goes on."""
    if anomaly.status is Status.WITHDRAWN:
        return (
            f"Told earlier: {_moved(anomaly, known)}. The bill was restated, and nothing odd is left of it."
        )
    return f"{_moved(anomaly, known)} {span(anomaly)}{_outlook(anomaly, known)}."


def _moved(anomaly: Anomaly, known: Known) -> str:
    impact, name = anomaly.impact, known.scope(anomaly)
    amount = in_currency(money.amount(abs(impact.total_impact)), known.currency(anomaly))
    if anomaly.kind is Kind.NEW:
        return f"{name} is new and cost {amount}"
    way = "more" if impact.total_impact >= 0 else "less"
    share = impact.total_impact_percentage
    percent = "" if share is None else f" ({money.percentage(share)})"
    return f"{name} cost {amount} {way} than expected{percent}"


def span(anomaly: Anomaly) -> str:
    """Its days: `since 2026-10-28 (4 days) and still going on`."""
    start, end, days = anomaly.start_date, anomaly.end_date, naming.lasted(anomaly)
    if anomaly.status is Status.ONGOING:
        return f"since {start} ({days}) and is still going on"
    if anomaly.status is Status.OPEN:
        first = f"on {start}" if start == end else f"since {start} ({days})"
        return f"{first}, up to the last day of data"
    return f"on {start}" if start == end else f"from {start} to {end} ({days})"


def _outlook(anomaly: Anomaly, known: Known) -> str:
    """What 30 days of it come to, also of what is over only because it stays; empty of what is over."""
    if not round(anomaly.impact.monthly_run_rate, 2):
        return ""
    rate = monthly(anomaly, known)
    if anomaly.stays:
        return f"; such a level is the usual one by now and told as odd no longer, {rate} if it stays"
    return f"; at this rate {rate}"


def monthly(anomaly: Anomaly, known: Known) -> str:
    """`+4,340.50 USD in 30 days`."""
    rate = money.signed(anomaly.impact.monthly_run_rate)
    return f"{in_currency(rate, known.currency(anomaly))} in 30 days"


def because(alert: Alert) -> str:
    """Why somebody is told now, as a sentence with a beginning and an end."""
    said = alert.because.strip()
    if not said:
        return f"{SAID_NOW[alert.reason]}."
    return said[0].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def gaps(known: Known) -> list[str]:
    """What the bill lacks, a sentence each."""
    return [f"{visible(gap.sentence)}." for gap in known.gaps]


def total(anomalies: tuple[Anomaly, ...], known: Known) -> str:
    """What they come to, more and less apart, currencies too: `+8,765.43 USD, -250.00 USD`."""
    sums: dict[tuple[str, bool], float] = {}
    for anomaly in anomalies:
        key = (known.currency(anomaly), anomaly.impact.total_impact < 0)
        sums[key] = sums.get(key, 0.0) + round(anomaly.impact.total_impact, 2)
    return ", ".join(in_currency(money.signed(sums[key]), key[0]) for key in sorted(sums))
