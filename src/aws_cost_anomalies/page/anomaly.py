"""One anomaly: what came against what was expected, who carries it, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from aws_cost_anomalies import pictures
from aws_cost_anomalies.model import money, naming
from aws_cost_anomalies.model.alert import OutboxEntry
from aws_cost_anomalies.model.anomaly import Anomaly, Said, Status
from aws_cost_anomalies.model.explanation import (
    Breakdown,
    DayVerdict,
    Effects,
    Explanation,
    KnownCause,
    Meter,
    Narrative,
)
from aws_cost_anomalies.page import opinion, parts
from aws_cost_anomalies.page.anomalies import Entry, note_field, state_of
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag

RESOURCE = "resource"
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of it without asking further.

    Attributes:
        notices: those that told of it, the oldest first.
        said: what people said of it, the oldest first.
    """

    entry: Entry
    days: tuple[DayVerdict, ...]
    currency: str
    through: date
    names: Mapping[str, str]
    notices: tuple[OutboxEntry, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def anomaly(self) -> Anomaly:
        """The anomaly itself."""
        return self.entry.anomaly

    @property
    def title(self) -> str:
        """What it is called."""
        return naming.place(self.anomaly, self.names)


def anomaly(known: Known, *, detail: Child, form: Child = None) -> Markup:
    """All of it: figures, chart, then what takes a look into the bill.

    Args:
        known: what stands at once.
        detail: who carries it, or where it comes from when it is there.
        form: the buttons.
    """
    return joined(heading(known), impact(known), days(known), form, detail)


def heading(known: Known) -> Markup:
    """Severity, kind, days, state and owner on one line."""
    one = known.anomaly
    span = str(one.start_date) if one.start_date == one.end_date else f"{one.start_date} to {one.end_date}"
    owners = [f"{key.partition(':')[2] or key}: {value}" for key, value in known.entry.owners.items()]
    words = (
        parts.HAPPENED[one.kind],
        f"{span} ({naming.lasted(one)})",
        *owners,
        f"first seen {one.detected_on}",
    )
    return tag(
        "div",
        parts.badge(one.severity),
        tag("span", " · ".join(words)),
        state_of(one, known.entry.silent),
        class_="facts",
    )


def impact(known: Known) -> Markup:
    """Three honest numbers: so far, the rest of the month, thirty days; and what they are made of."""
    told, currency = known.anomaly.impact, known.currency
    goes_on = bool(told.rest_of_month or told.monthly_run_rate)
    later = "if it stays" if known.anomaly.stays else "if it goes on" if goes_on else "it does not go on"
    share = told.total_impact_percentage
    more = parts.percent(share) if share is not None else "nothing was expected"
    spent, usual = parts.amount(told.total_actual_spend), parts.amount(told.total_expected_spend)
    actual = joined(spent, " instead of ", usual, " (", more, ")")
    figures = (
        ("So far", told.total_impact, actual),
        *([] if known.anomaly.stays else [("Rest of the month", told.rest_of_month, later)]),
        ("30 days", told.monthly_run_rate, later),
        ("Largest day", told.max_impact, f"score {known.anomaly.score:.1f}"),
    )
    tiles = [
        tag(
            "div",
            tag("h2", name),
            tag("p", parts.amount(value, currency=currency, is_change=True), class_="figure"),
            tag("p", below),
            class_="tile",
        )
        for name, value, below in figures
    ]
    return tag("div", tiles, class_="tiles")


def days(known: Known) -> Markup:
    """Actual against expected, day by day."""
    if not known.days:
        return parts.card(
            "Day by day", parts.nothing("A restated bill took it back; there are no days to show.")
        )
    title = f"{known.title}, {known.currency} a day"
    picture = pictures.of_days(title, known.days, currency=known.currency, through=known.through)
    rows: list[list[Child]] = [
        [
            str(day.day),
            parts.amount(day.actual),
            parts.amount(day.expected),
            joined(parts.amount(day.lower), " to ", parts.amount(day.upper)),
            "anomalous" if day.is_anomalous else "" if day.is_settled else "not settled",
        ]
        for day in known.days
    ]
    table = parts.Table(
        ["day", "actual", "expected", "usual range", ""], rows, numbers=(1, 2, 3),
        caption=f"Actual and expected cost, {known.currency} a day", stacks=False,
    )  # fmt: skip
    return parts.card("Day by day", parts.figure(picture, table))


def say(known: Known, *, notice: Child = None) -> Markup:
    """Three buttons and a note; of what was taken back there is nothing to say any more."""
    said = known.anomaly.feedback
    if known.anomaly.status is Status.WITHDRAWN:
        gone = parts.nothing("The bill of its days was restated: its money never was.")
        return parts.card("What was it?", notice, gone, _words_on(known.said), name="say")
    buttons = [
        tag(
            "button",
            word,
            name="word",
            value=value.value,
            type="submit",
            aria_pressed="true" if said is value else "false",
        )
        for value, word in parts.SAID.items()
    ]
    action = f"/anomalies/{quote(known.anomaly.anomaly_id)}"
    form = tag("form", tag("div", buttons, note_field(), class_="actions"), method="post", action=action)
    hint = "“Not an anomaly” keeps silent about moves of this slice that are no larger."
    return parts.card(
        "What was it?", notice, form, tag("p", hint, class_="small"), _words_on(known.said), name="say"
    )


def _words_on(said: Sequence[Said]) -> Markup | None:
    """Who looks at it next reads what was said before, and why."""
    if not said:
        return None
    lines = [
        tag(
            "li",
            parts.moment(each.at),
            f" · {parts.SAID[each.feedback]}",
            f" · {each.note}" if each.note else None,
        )
        for each in reversed(said[-MOST_ROWS:])
    ]
    return tag("ul", lines, class_="small", aria_label="What was said of it")


@dataclass(frozen=True, slots=True)
class Again:
    """Command lines that tell the same: from the store on this disk, and who did what about it."""

    offline: tuple[str, ...]
    who: str


def detail(told: Explanation, narrative: Narrative, known: Known, *, again: Again) -> Markup:
    """Who carries it, what changed, what is known to do this, what to do next."""
    one = told.anomaly
    split = [each for each in told.breakdowns if each.causes]
    resources = [each for each in split if each.dimension == RESOURCE]
    causes = [each for each in split if each.dimension != RESOURCE and not _is_whole(each)]
    first = carried(told, causes[0], known.names) if causes else _only_one(split, known.names)
    others = [
        parts.card(f"By {naming.label(each.dimension)}", carried(told, each, known.names))
        for each in causes[1:]
    ]
    return joined(
        parts.card("In words", words(told, narrative)),
        tag(
            "div",
            parts.card("Who carries it", first),
            parts.card("Usage or price", changed(told.effects, one)),
            class_="two even",
        ),
        parts.card("Resources", resources_table(resources, told, known.names)),
        parts.card("Evidence", evidence(told.known_causes)),
        opinion.card(told.aws_anomalies, told.currency, known.names),
        [tag("div", others[i : i + 2], class_="two even") for i in range(0, len(others), 2)],
        parts.card("Check it", commands(again)),
        parts.card("Notices", notices(known.notices)),
    )  # fmt: skip


def words(told: Explanation, narrative: Narrative) -> Markup:
    """The story in a sentence, then in a few lines."""
    lines = [tag("p", line) for line in narrative.text.splitlines() if line.strip()]
    return joined(tag("p", told.summary, class_="lead"), lines)


def _is_whole(breakdown: Breakdown) -> bool:
    return len(breakdown.causes) == 1 and not round(breakdown.other, 2)


def _only_one(split: Sequence[Breakdown], names: Mapping[str, str]) -> Markup:
    """All of it lies in one place: which."""
    rows: list[list[Child]] = [
        [naming.label(each.dimension), naming.cause(each.causes[0], each.dimension, names)] for each in split
    ]
    if not rows:
        return parts.nothing("The bill does not tell it apart any further.")
    return parts.Table(["by", "all of it is"], rows, caption="Where all of it lies").drawn()


def carried(told: Explanation, breakdown: Breakdown, names: Mapping[str, str]) -> Markup:
    """A waterfall from expected to actual; its steps add up to the impact, to the cent."""
    impact = told.anomaly.impact.total_impact
    steps = pictures.steps(breakdown, impact, names)
    picture = pictures.of_breakdown(told.anomaly, breakdown, names)
    return parts.figure(picture, _adds_up(naming.label(breakdown.dimension), steps, told))


def _adds_up(name: str, steps: Sequence[tuple[str, float]], told: Explanation) -> parts.Table:
    impact = told.anomaly.impact.total_impact
    rows: list[list[Child]] = [
        [called, parts.amount(part, is_change=True), _share(part, impact)] for called, part in steps
    ]
    return parts.Table(
        [name, told.currency, "share"], rows, numbers=(1, 2), caption=f"Impact by {name}",
        footer=["all of it", parts.amount(impact, is_change=True), _share(impact, impact)],
    )  # fmt: skip


def _share(part: float, total: float) -> str:
    return money.share(part, total)


def changed(effects: Effects | None, one: Anomaly) -> Markup:
    """Usage against rate, and the meters that moved."""
    if effects is None:
        return parts.nothing("This source states no quantities.")
    impact = one.impact.total_impact
    steps = pictures.effects(effects, impact)
    rows: list[list[Child]] = [
        [called, parts.amount(part, is_change=True), _share(part, impact)] for called, part in steps
    ]
    table = parts.Table(
        ["what changed", "contribution", "share"], rows, numbers=(1, 2), caption="Usage against price",
        footer=["all of it", parts.amount(impact, is_change=True), _share(impact, impact)],
    )  # fmt: skip
    return joined(parts.figure(pictures.of_effects(one, effects), table), _meters(effects.meters))


def _meters(meters: Sequence[Meter]) -> Markup | None:
    if not meters:
        return None
    rows: list[list[Child]] = [
        [
            naming.scope(meter.scope, {}),
            f"{meter.usual_quantity:,.6g} → {meter.quantity:,.6g} {meter.unit}",
            f"{_price(meter.usual_unit_price)} → {_price(meter.unit_price)}",
            parts.amount(meter.contribution, is_change=True),
        ]
        for meter in meters
    ]
    return parts.Table(
        ["meter", "quantity", "unit price", "contribution"],
        rows,
        numbers=(1, 2, 3),
        caption="Meters that moved",
    ).drawn()


def _price(price: float | None) -> str:
    return money.UNKNOWN if price is None else f"{price:,.4g}"


def resources_table(found: Sequence[Breakdown], told: Explanation, names: Mapping[str, str]) -> Markup:
    """What exactly it is, where the line items say so."""
    if not found:
        return parts.nothing("The line items name no resource, or are not at hand.")
    impact = told.anomaly.impact.total_impact
    rows: list[list[Child]] = [
        [
            naming.cause(cause, RESOURCE, names),
            parts.amount(cause.contribution, is_change=True),
            _share(cause.contribution, impact),
        ]
        for cause in found[0].causes[:MOST_ROWS]
    ]
    left = impact - sum(cause.contribution for cause in found[0].causes[:MOST_ROWS])
    if round(left, 2):
        rows.append(["other", parts.amount(left, is_change=True), _share(left, impact)])
    return parts.Table(
        ["resource", f"contribution, {told.currency}", "share"], rows, numbers=(1, 2), caption="Resources",
        footer=["all of it", parts.amount(impact, is_change=True), _share(impact, impact)],
    ).drawn()  # fmt: skip


def evidence(causes: Sequence[KnownCause]) -> Markup:
    """What often moves cost like this, why it fits, and where to look."""
    if not causes:
        return parts.nothing("Nothing that is known to move cost fits this one.")
    return tag("ol", [_cause(each) for each in causes], class_="causes")


def _cause(cause: KnownCause) -> Markup:
    link = cause.link if cause.link.startswith("https://") else ""
    return tag(
        "li",
        tag("h3", cause.name),
        tag("ul", [tag("li", fact) for fact in cause.facts]),
        tag("p", tag("strong", "Check first: "), cause.check_first),
        parts.command(cause.command) if cause.command else None,
        tag("p", tag("a", "Open it in the AWS console", href=link, rel="noreferrer")) if link else None,
    )


def commands(again: Again) -> Markup:
    """The command that shows the same offline, and the one that says who did something."""
    return joined(
        tag("p", "The same from the store on this disk, with no network:"),
        map(parts.command, again.offline),
        tag("p", "Who did what around its first day (CloudTrail, free):"),
        parts.command(again.who),
    )


def notices(entries: Sequence[OutboxEntry]) -> Markup:
    """Who was told what, when, and what came of it."""
    if not entries:
        return parts.nothing("Nobody was told of it yet.")
    rows: list[list[Child]] = [
        [
            parts.moment(entry.sent_at or entry.created_at),
            entry.reason.value.replace("_", " "),
            entry.channel,
            entry.because,
            joined(entry.delivery.value, tag("div", entry.detail, class_="small") if entry.detail else None),
        ]
        for entry in entries
    ]
    return parts.Table(["when", "why", "channel", "because", "delivery"], rows, caption="Notices").drawn()
