"""One anomaly in full: reason, facts, impact, causes, the story, what to do, what it rests on."""

from __future__ import annotations

import math

from aws_cost_anomalies.alerting import changes, sentences
from aws_cost_anomalies.alerting.known import Known
from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.alert import Alert
from aws_cost_anomalies.model.anomaly import Anomaly, Status
from aws_cost_anomalies.model.aws_anomaly import NAME
from aws_cost_anomalies.model.characters import visible
from aws_cost_anomalies.model.explanation import Breakdown, Explanation, KnownCause, Narrative
from aws_cost_anomalies.model.focus import charges_in_words, metric_name
from aws_cost_anomalies.model.message import Block, Chart, Facts, Paragraph, SmallPrint, Step, Steps, Table

MOST_CAUSES = 5
"""Root causes of one dimension that a message names; the rest is summed."""
MOST_TABLES = 2
"""Dimensions that a message splits the impact over."""
MOST_PLACES = 3
"""Facts about where it happened."""
FEEDBACK = {
    "yes": "It was odd",
    "no": "It was not: keep silent about moves of this size",
    "planned": "Somebody knew of it",
}
"""The words of the command `feedback`, and what each says."""
OTHER, TOTAL = "other", "total"


def blocks(alert: Alert, anomaly: Anomaly, known: Known) -> tuple[Block, ...]:
    """Everything told of one anomaly, the most important first."""
    told = known.explanation(anomaly)
    found: list[Block] = [
        Paragraph(sentences.because(alert), title=sentences.said_now(alert)),
        Paragraph(story(anomaly, known), title="What happened"),
        Facts(_facts(anomaly, known)),
    ]
    if anomaly.status is not Status.WITHDRAWN:
        found.append(Facts(_impact(anomaly, known), title="Impact"))
    found.extend(_chart(told, known) if told else ())
    if told and anomaly.status is not Status.WITHDRAWN:
        found.extend(causes(told, known))
        found.extend(changes.paragraphs(told))
    found.extend(next_steps(anomaly, known))
    found.append(SmallPrint(small_print(told, known.narrative(anomaly), alert)))
    return tuple(found)


def _facts(anomaly: Anomaly, known: Known) -> tuple[tuple[str, str], ...]:
    impact, currency = anomaly.impact, known.currency(anomaly)
    actual, expected = money.amount(impact.total_actual_spend), money.amount(impact.total_expected_spend)
    share = impact.total_impact_percentage
    percent = "nothing was expected" if share is None else money.percentage(share)
    return (
        ("Actual", sentences.in_currency(actual, currency)),
        ("Expected", sentences.in_currency(expected, currency)),
        ("Change", f"{sentences.change(anomaly, known)} ({percent})"),
        _when(anomaly, known),
        *_driven(known.explanation(anomaly)),
        *_places(anomaly, known),
        *_aws_says(known.explanation(anomaly)),
    )


def _driven(told: Explanation | None) -> list[tuple[str, str]]:
    """What moved, where quantities are known: `usage +4,400.00, rate +100.00`."""
    if told is None or told.effects is None or told.effects.driver is None:
        return []
    effects = told.effects
    parts = {"usage": effects.usage, "rate": effects.rate, "mix": effects.mix}
    moved = sorted((name for name in parts if round(parts[name], 2)), key=lambda name: -abs(parts[name]))
    return [("Driven by", ", ".join(f"{name} {money.signed(parts[name])}" for name in moved))]


def _aws_says(told: Explanation | None) -> list[tuple[str, str]]:
    """Whether AWS Cost Anomaly Detection tells it too, where it was asked."""
    if told is None or told.aws_anomalies is None:
        return []
    return [(NAME, "tells it too" if told.aws_anomalies else "does not tell it")]


def _when(anomaly: Anomaly, known: Known) -> tuple[str, str]:
    start, end = anomaly.start_date, anomaly.end_date
    days = naming.lasted(anomaly)
    match anomaly.status:
        case Status.ONGOING:
            return ("Since", f"{start}, still going on ({days})")
        case Status.OPEN:
            return ("Since", f"{start}, up to the last day of data ({days})")
        case _:
            end_of_it = "stays at its new level" if anomaly.stays else "over"
            return ("When", f"{start if start == end else f'{start} to {end}'} ({days}), {end_of_it}")


def _places(anomaly: Anomaly, known: Known) -> list[tuple[str, str]]:
    """Where it happened: its scope, and the only value of what it was split over."""
    told = known.explanation(anomaly)
    found = anomaly.charges.as_dict()
    for breakdown in told.breakdowns if told else ():
        if is_whole(breakdown):
            found = {**found, **dict(breakdown.causes[0].scope.values)}
    named = [
        (naming.label(key).capitalize(), naming.value(key, said, known.account_names))
        for key, said in found.items()
    ]
    return named[:MOST_PLACES]


def _impact(anomaly: Anomaly, known: Known) -> tuple[tuple[str, str], ...]:
    impact, currency = anomaly.impact, known.currency(anomaly)
    labels = {"So far": impact.total_impact, "30 days, if it stays": impact.monthly_run_rate}
    labels = (
        labels
        if anomaly.stays
        else {
            "So far": impact.total_impact,
            "Rest of the month, if it goes on": impact.rest_of_month,
            "30 days, if it goes on": impact.monthly_run_rate,
        }
    )
    return tuple(
        (label, sentences.in_currency(money.signed(amount), currency)) for label, amount in labels.items()
    )


def is_whole(breakdown: Breakdown) -> bool:
    """Whether one cause carries all of it."""
    return len(breakdown.causes) == 1 and not round(breakdown.other, 2)


def causes(told: Explanation, known: Known) -> list[Table]:
    """Who carries the impact, ranked; each table adds up to it to the cent."""
    split = [each for each in told.breakdowns if each.causes and not is_whole(each)]
    return [_table(told, each, known) for each in split[:MOST_TABLES]]


def _table(told: Explanation, breakdown: Breakdown, known: Known) -> Table:
    impact = told.anomaly.impact.total_impact
    shown, rest = breakdown.causes[:MOST_CAUSES], breakdown.causes[MOST_CAUSES:]
    names = naming.causes(shown, breakdown.dimension, known.account_names)
    amounts = [each.contribution for each in shown]
    other = math.fsum([breakdown.other, *(each.contribution for each in rest)])
    if len(rest) or round(other, 2):
        names.append(OTHER)
        amounts.append(other)
    cents = money.cents_that_add_up(amounts, impact)
    rows = [(name, money.signed(part), _share(part, impact)) for name, part in zip(names, cents, strict=True)]
    return Table(
        columns=(naming.label(breakdown.dimension), told.currency, "share"),
        rows=(*rows, (TOTAL, money.signed(impact), _share(impact, impact))),
        numbers=(1, 2),
        title=f"Who carries it, by {naming.label(breakdown.dimension)}",
    )


def _share(part: float, total: float) -> str:
    return money.share(part, total)


def story(anomaly: Anomaly, known: Known) -> str:
    """It in words: the narrative, else the explanation's sentence, else ours."""
    narrative, told = known.narrative(anomaly), known.explanation(anomaly)
    if narrative and narrative.text.strip():
        return "\n".join(visible(line) for line in narrative.text.strip().splitlines())
    return visible(told.summary) if told and told.summary else sentences.sentence(anomaly, known)


def next_steps(anomaly: Anomaly, known: Known) -> list[Steps]:
    """What to do, and how to say what it was; of what was restated away there is nothing to do."""
    if anomaly.status is Status.WITHDRAWN:
        return []
    number = anomaly.anomaly_id
    told = known.explanation(anomaly)
    todo = [_check(cause) for cause in told.known_causes] if told else []
    todo.append(Step("See every day and every cause, to the cent", known.command("explain", number)))
    if known.link:
        todo.append(Step("Look at it on the dashboard", url=known.page(anomaly)))
    feedback = [Step(said, known.command("feedback", number, word)) for word, said in FEEDBACK.items()]
    return [Steps(tuple(todo), title="Next steps"), Steps(tuple(feedback), title="Say what it was")]


def _check(cause: KnownCause) -> Step:
    """What to look at where a known cause fits, the command that confirms it and the page that shows it."""
    return Step(visible(f"{cause.name}? {cause.check_first}"), visible(cause.command), visible(cause.link))


def _chart(told: Explanation, known: Known) -> list[Chart]:
    if not any(math.isfinite(day.actual) for day in told.days):
        return []
    name = naming.place(told.anomaly, known.account_names)
    return [Chart(f"{name}, {told.currency} a day", told.currency, told.days, told.through)]


def small_print(told: Explanation | None, narrative: Narrative | None, alert: Alert) -> str:
    """What it rests on: data source, metric, charges, through which day, who wrote the text."""
    parts = [*_basis(told), *changes.basis(told), *_narrator(narrative), f"subscription {alert.subscription}"]
    return " · ".join(parts)


def _basis(told: Explanation | None) -> list[str]:
    if told is None:
        return []
    return [
        told.data_source.replace("_", "-"),
        metric_name(told.metric),
        charges_in_words(told.charge_categories, marketplace=told.marketplace),
        f"data through {told.through}",
    ]


def _narrator(narrative: Narrative | None) -> list[str]:
    if narrative is None:
        return []
    by = "text by rule" if narrative.narrator == "plain" else f"text by {visible(narrative.narrator)}"
    refused = f", since {visible(narrative.rejected)}" if narrative.rejected else ""
    spent = f", {narrative.tokens:,} tokens, {narrative.usd:.4f} USD" if narrative.tokens else ""
    return [f"{by}{refused}{spent}"]
