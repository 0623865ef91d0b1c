"""Anomalies: filtered by the address, sorted by money, marked many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly, Kind, Severity, Status
from aws_cost_anomalies.model.scope import NONE
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.address import address
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag

PER_PAGE = 50
STATES = {
    "live": "live: open or ongoing",
    Status.OPEN.value: "open: told by its last day",
    Status.ONGOING.value: "ongoing: goes on since it was told",
    Status.RESOLVED.value: "resolved: over",
    Status.WITHDRAWN.value: "withdrawn: the bill was restated",
    "silent": "silent: planned, by feedback, or withheld",
    "all": "all",
}
"""Where in its life an anomaly is, as the address has it → as the filter says it."""
ORDERS = {
    "money": ("largest money", lambda entry: -abs(entry.anomaly.impact.total_impact)),
    "newest": ("newest", lambda entry: -entry.anomaly.start_date.toordinal()),
    "score": ("most surprising", lambda entry: -entry.anomaly.score),
}
SHOWN_VALUES = 200
"""Services or accounts that a filter offers; any other can be written in the address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An anomaly of the list: why it is silent, empty when it is not; and who carries it, by tag."""

    anomaly: Anomaly
    silent: str
    owners: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Every anomaly there is, and what the filters offer: gathered once for all pages of the list."""

    entries: Sequence[Entry]
    monitors: Sequence[str]
    services: Sequence[str]
    accounts: Sequence[str]
    teams: Sequence[str]
    _by_id: Mapping[str, Entry]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Listed:
        """All of these."""
        every = [entry.anomaly for entry in entries]
        return cls(
            entries,
            monitors=sorted({a.monitor for a in every}),
            services=sorted({value for a in every for value in values_of(a, "ServiceName")}),
            accounts=sorted({value for a in every for value in values_of(a, "SubAccountId")}),
            teams=sorted({f"{key}={value}" for entry in entries for key, value in entry.owners.items()}),
            _by_id={entry.anomaly.anomaly_id: entry for entry in entries},
        )

    def of_anomaly(self, anomaly: Anomaly) -> Entry:
        """The entry of one."""
        return self._by_id[anomaly.anomaly_id]


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for; empty means all. An address is a view: the same for whoever opens it."""

    state: str = ""
    severity: str = ""
    monitor: str = ""
    service: str = ""
    account: str = ""
    team: str = ""
    kind: str = ""
    start: str = ""
    end: str = ""
    order: str = "money"
    page: int = 1

    def address(self, **changes: object) -> str:
        """The address of this view, or of one that differs in these."""
        return address("/anomalies", replace(self, **changes))  # type: ignore[arg-type]  # names of fields

    def wants(self, entry: Entry) -> bool:
        """Whether an anomaly is in this view."""
        anomaly = entry.anomaly
        return (
            _in_state(self.state, entry)
            and self.severity in {"", anomaly.severity.value}
            and self.monitor in {"", anomaly.monitor}
            and self.kind in {"", anomaly.kind.value}
            and (not self.service or self.service in values_of(anomaly, "ServiceName"))
            and (not self.account or self.account in values_of(anomaly, "SubAccountId"))
            and (not self.team or self.team in team_of(entry))
            and (not self.start or anomaly.end_date >= date.fromisoformat(self.start))
            and (not self.end or anomaly.start_date <= date.fromisoformat(self.end))
        )


def _in_state(state: str, entry: Entry) -> bool:
    status = entry.anomaly.status
    match state:
        case "silent":
            return bool(entry.silent)
        case "live":
            return not entry.silent and status in {Status.OPEN, Status.ONGOING}
        case "all":
            return True
        case "":
            return not entry.silent and status is not Status.WITHDRAWN
        case _:
            return not entry.silent and status.value == state


def values_of(anomaly: Anomaly, key: str) -> set[str]:
    """What an anomaly is of, in one dimension: its scope's value, else those of its causes."""
    own = anomaly.scope.as_dict().get(key)
    if own is not None:
        return {own}
    return {value for cause in anomaly.root_causes for k, value in cause.scope.values if k == key}


def team_of(entry: Entry) -> set[str]:
    """Who owns it, by any tag that is kept: the value alone, or `tag:KEY=value`."""
    own = {k: v for k, v in entry.anomaly.scope.values if k.startswith(("tag:", "cost-category:"))}
    tags = {**entry.owners, **own}
    return {*tags.values(), *(f"{key}={value}" for key, value in tags.items())}


def anomalies(
    listed: Listed, asked: Filter, *, currency: str, names: Mapping[str, str], notice: Child = None
) -> Markup:
    """The list.

    Args:
        listed: all there are.
        asked: which of them.
        currency: of their amounts.
        names: account id → name.
        notice: what was just done.
    """
    found = sorted((e for e in listed.entries if asked.wants(e)), key=ORDERS[asked.order][1])
    # A link of yesterday may name a page that the list of today no longer has.
    asked = replace(asked, page=min(asked.page, _last_page(len(found))))
    first = (asked.page - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    impact, moved = parts.net((entry.anomaly.impact.total_impact for entry in found), currency)
    count = f"{len(found):,} anomal{'y' if len(found) == 1 else 'ies'}"
    counted = tag(
        "p", tag("strong", count), *((", net ", impact, ": ", moved) if found else ()),
        class_="counted", role="status",
    )  # fmt: skip
    body = _table(shown, asked, currency=currency, names=names) if shown else _none(listed.entries, asked)
    return joined(
        notice,
        _filters(listed, asked, names),
        tag("section", tag("h2", "Found", class_="unseen"), counted, body, class_="card"),
        _pages(asked, len(found)),
    )


def _none(entries: Sequence[Entry], asked: Filter) -> Markup:
    if not entries:
        return parts.nothing("No cost moved without a good reason.")
    everything = tag("a", "Show every anomaly", href="/anomalies?state=all")
    return parts.nothing("None is like this. ", everything if asked != Filter() else None)


def _filters(listed: Listed, asked: Filter, names: Mapping[str, str]) -> Markup:
    """A form whose fields become the address."""
    choices = (
        _choice("state", asked.state, [("", "not withdrawn"), *STATES.items()]),
        _choice("severity", asked.severity, _any(s.value for s in Severity)),
        _choice("kind", asked.kind, [("", "any"), *((k.value, parts.HAPPENED[k]) for k in Kind)]),
        _choice("monitor", asked.monitor, _any(listed.monitors)),
        _choice("service", asked.service, _any(listed.services)),
        _choice(
            "account",
            asked.account,
            [("", "any"), *((a, naming.account(a, names)) for a in listed.accounts[:SHOWN_VALUES])],
        ),
        _choice("team", asked.team, _any(listed.teams), label="owner"),
        _day("start", asked.start, "from"),
        _day("end", asked.end, "to"),
        _choice("order", asked.order, [(key, said) for key, (said, _) in ORDERS.items()]),
    )
    show = tag("button", "Show", type="submit")
    clear = tag("a", "Clear", href="/anomalies") if replace(asked, page=1) != Filter() else None
    return tag("form", choices, tag("div", show, clear, class_="go"), class_="filters", role="search")


def _any(values: Iterable[str]) -> list[tuple[str, str]]:
    return [("", "any"), *((value, value) for value in values)][: SHOWN_VALUES + 1]


def _choice(name: str, chosen: str, offered: Sequence[tuple[str, str]], *, label: str = "") -> Markup:
    known = [value for value, _ in offered]
    more = [(chosen, chosen)] if chosen not in known else []
    options = [
        tag("option", said if len(said) <= 60 else f"{said[:59]}…", value=value, selected=value == chosen)
        for value, said in [*offered, *more]
    ]
    return tag("label", tag("span", label or name), tag("select", options, name=name))


def _day(name: str, chosen: str, label: str) -> Markup:
    return tag("label", tag("span", label), tag("input", type="date", name=name, value=chosen))


def _table(entries: Sequence[Entry], asked: Filter, *, currency: str, names: Mapping[str, str]) -> Markup:
    every = tag("input", type="checkbox", class_="every", aria_label="Mark all of these")
    table = parts.Table(
        columns=[every, "severity", "what", "days", f"impact, {currency}", "%", "state"],
        rows=[_row(entry, names) for entry in entries],
        numbers=(4, 5),
        caption="Anomalies",
    )
    actions = tag(
        "div",
        tag("span", "Say of those marked:", class_="small"),
        [tag("button", word, name="word", value=value, type="submit") for value, word in _words()],
        note_field(),
        class_="actions",
    )
    back = tag("input", type="hidden", name="back", value=asked.address())
    return tag("form", table.drawn(), actions, back, method="post", action="/anomalies")


def note_field() -> Markup:
    """Where the reason of a word is written."""
    field = tag("input", name="note", placeholder="why (kept with it)", maxlength="500")
    return tag("label", tag("span", "note", class_="unseen"), field)


def _words() -> list[tuple[str, str]]:
    return [(word.value, said) for word, said in parts.SAID.items()]


def _row(entry: Entry, names: Mapping[str, str]) -> list[Child]:
    anomaly = entry.anomaly
    number = anomaly.anomaly_id
    called = naming.place(anomaly, names)
    owners = " · ".join(owners_of(entry))
    what = tag(
        "div",
        tag("a", called, href=f"/anomalies/{quote(number)}"),
        tag("div", parts.HAPPENED[anomaly.kind], f" · {owners}" if owners else None, class_="small"),
    )
    days = tag("div", str(anomaly.start_date), tag("div", naming.lasted(anomaly), class_="small"))
    mark = tag("input", type="checkbox", name="id", value=number, aria_label=f"Mark {called}")
    return [
        None if anomaly.status is Status.WITHDRAWN else mark,
        parts.badge(anomaly.severity),
        what,
        days,
        parts.amount(anomaly.impact.total_impact, is_change=True),
        parts.percent(anomaly.impact.total_impact_percentage),
        state_of(anomaly, entry.silent),
    ]


def owners_of(entry: Entry) -> list[str]:
    """Who carries most of it, by each tag: `team: search`."""
    known = {key: value for key, value in entry.owners.items() if value != NONE}
    return [f"{key.partition(':')[2]}: {value}" for key, value in known.items()]


def state_of(anomaly: Anomaly, silent: str = "") -> Markup:
    """Where it is in its life, and what was said of it."""
    said = parts.SAID[anomaly.feedback] if anomaly.feedback else ""
    return tag(
        "div",
        tag("span", naming.state(anomaly), class_=f"state {anomaly.status.value}"),
        tag("div", said, class_="small said") if said else None,
        tag("div", silent, class_="small") if silent else None,
    )


def _last_page(count: int) -> int:
    return max(1, -(-count // PER_PAGE))


def _pages(asked: Filter, count: int) -> Markup | None:
    """Links to the other pages of a long list."""
    last = _last_page(count)
    if last == 1:
        return None
    links = [
        tag("a", "← before", href=asked.address(page=asked.page - 1)) if asked.page > 1 else None,
        tag("span", f"page {asked.page} of {last}"),
        tag("a", "next →", href=asked.address(page=asked.page + 1)) if asked.page < last else None,
    ]
    return tag("nav", links, class_="pages", aria_label="More anomalies")
