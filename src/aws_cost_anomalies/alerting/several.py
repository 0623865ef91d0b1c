"""Several anomalies in one message: the sum, the largest three in full sentences, the rest a line each."""

from __future__ import annotations

from collections import Counter

from aws_cost_anomalies.alerting import changes, one, sentences
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.alert import Alert
from aws_cost_anomalies.model.anomaly import Anomaly, Severity
from aws_cost_anomalies.model.message import Block, Paragraph, SmallPrint, Step, Steps, Table

IN_FULL = 3
"""Anomalies told in full sentences."""
MOST_LINES = 25
"""Anomalies that have a line each; a message has an end, whatever happened."""


def ranked(alert: Alert) -> tuple[Anomaly, ...]:
    """The largest money first."""
    return tuple(sorted(alert.anomalies, key=lambda each: -abs(each.impact.total_impact)))


def title(alert: Alert, known: Known) -> str:
    """`Digest: 12 cost anomalies, +8,765.43 USD`."""
    return f"{sentences.SAID_NOW[alert.reason]}: {headline(alert.anomalies, known)}"


def headline(anomalies: tuple[Anomaly, ...], known: Known) -> str:
    """`12 cost anomalies, +8,765.43 USD`."""
    noun = "cost anomaly" if len(anomalies) == 1 else "cost anomalies"
    return f"{len(anomalies)} {noun}, {sentences.total(anomalies, known)}"


def text(alert: Alert, known: Known) -> str:
    """How many, what they come to, and the largest, for a phone."""
    first = ranked(alert)[0]
    return f"{headline(alert.anomalies, known)}. Largest: {sentences.sentence(first, known)}"


def blocks(alert: Alert, known: Known) -> tuple[Block, ...]:
    """Reason, the largest three, the rest, what to do."""
    anomalies = ranked(alert)
    counts = Counter(anomaly.severity for anomaly in anomalies)
    graded = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])
    found: list[Block] = [Paragraph(f"{sentences.because(alert)} {graded.capitalize()}.")]
    found.extend(map(Paragraph, sentences.gaps(known)))
    for place, anomaly in enumerate(anomalies[:IN_FULL], start=1):
        heading = f"{place}. {_heading(alert, anomaly, known)}"
        found.append(Paragraph(_in_full(anomaly, known), title=heading))
    if anomalies[IN_FULL:]:
        more = f"+{len(anomalies) - IN_FULL:,} more"
        found.append(table(alert, known, title=more, after=IN_FULL))
    found.append(_steps(anomalies[0], known))
    told = known.explanation(anomalies[0])
    found.append(SmallPrint(one.small_print(told, known.narrative(anomalies[0]), alert)))
    return tuple(found)


def _heading(alert: Alert, anomaly: Anomaly, known: Known) -> str:
    what = naming.happened(anomaly, known.account_names)
    return f"{sentences.grade(alert, anomaly)}: {what}, {sentences.change(anomaly, known)}"


def _in_full(anomaly: Anomaly, known: Known) -> str:
    """What is told of one: our sentence, then its narrative, else the largest cause."""
    said = sentences.sentence(anomaly, known)
    changed = changes.first(known.explanation(anomaly))
    if known.narrative(anomaly):
        return f"{said}\n{one.story(anomaly, known)}{changed}"
    return said + _largest_cause(anomaly, known) + changed


def _largest_cause(anomaly: Anomaly, known: Known) -> str:
    told = known.explanation(anomaly)
    split = [each for each in told.breakdowns if each.causes and not one.is_whole(each)] if told else []
    if not split:
        return ""
    first, dimension = split[0].causes[0], split[0].dimension
    name = naming.cause(first, dimension, known.account_names)
    amount = sentences.in_currency(money.signed(first.contribution), known.currency(anomaly))
    return f" Most of it: {naming.label(dimension)} {name}, {amount}."


def table(alert: Alert, known: Known, *, title: str, after: int = 0) -> Table:
    """A line each, after so many of the largest; what is too much is summed in the last one."""
    anomalies = ranked(alert)[after:]
    shown, rest = anomalies[:MOST_LINES], anomalies[MOST_LINES:]
    rows = [
        (
            sentences.grade(alert, each).lower(),
            naming.happened(each, known.account_names),
            sentences.change(each, known),
            str(each.start_date),
            each.anomaly_id,
        )
        for each in shown
    ]
    if rest:
        rows.append(("", f"and {len(rest):,} more", sentences.total(rest, known), "", ""))
    return Table(("severity", "what", "impact", "since", "id"), tuple(rows), numbers=(2,), title=title)


def _steps(first: Anomaly, known: Known) -> Steps:
    """The same list at hand, and the largest in full."""
    return Steps(
        (
            Step("The largest in full", known.command("explain", first.anomaly_id), known.page(first)),
            Step("All of them", known.command("anomalies"), known.page()),
        ),
        title="Next steps",
    )
