"""Overview: what is spent, what is odd, what moved, how fresh it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from aws_cost_anomalies import pictures
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly, Status
from aws_cost_anomalies.model.answers import Comparison, Mover, Trends
from aws_cost_anomalies.model.load import ApiCall, Coverage
from aws_cost_anomalies.model.look import Explored, Month
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.address import slice_of
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag

MOST_ANOMALIES, MOST_MOVERS = 6, 8
LIVE = (Status.OPEN, Status.ONGOING)


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on it.

    Attributes:
        month: None where it is not known.
        explored: daily cost by the chosen dimension.
        paid: this month's calls of paid services.
        names: account id → name.
    """

    month: Month | None
    explored: Explored
    anomalies: tuple[Anomaly, ...]
    coverage: tuple[Coverage, ...]
    paid: tuple[ApiCall, ...]
    names: Mapping[str, str]


def overview(seen: Overview, *, aside: Child = None, has_links: bool = True) -> Markup:
    """Tiles, the bill day by day, what is odd, what moved, what it rests on.

    Args:
        seen: what there is.
        aside: beside the heading of the bill, to choose another dimension.
        has_links: whether there are other pages to go to.
    """
    live = [anomaly for anomaly in seen.anomalies if anomaly.status in LIVE]
    trends = seen.explored.trends
    return joined(
        tiles(seen, live),
        tag(
            "div",
            parts.card("Daily cost", bill(seen), aside=aside),
            parts.card(
                "Open anomalies",
                odd(live, trends.view.currency, seen.names, has_links=has_links),
            ),
            class_="two",
        ),
        tag(
            "div",
            parts.card(_moved(seen.explored), moved(seen, has_links=has_links)),
            parts.card("How fresh it is", fresh(seen.coverage)),
            class_="two even",
        ),
    )


def tiles(seen: Overview, live: Sequence[Anomaly]) -> Markup:
    """Four figures that say how things stand."""
    currency = seen.explored.trends.view.currency
    impact, than = parts.net((anomaly.impact.total_impact for anomaly in live), currency)
    requests, usd = sum(call.requests for call in seen.paid), sum(call.usd for call in seen.paid)
    count = f"{len(live):,} open anomal{'y' if len(live) == 1 else 'ies'}"
    ledger = f"{requests:,} request{'' if requests == 1 else 's'} this month"
    return tag(
        "div",
        _month(seen.month),
        _tile(count, impact, joined("net: ", than) if live else "nothing moved beyond the usual"),
        _tile("Paid API calls", parts.amount(float(usd), currency="USD"), ledger),
        class_="tiles",
    )


def _month(month: Month | None) -> Markup:
    if month is None:
        return _tile("This month", tag("span", "–", class_="unknown"), "nothing is loaded")
    name, before = f"{month.first:%B %Y}", "the month before was not loaded"
    than: Child = before
    if month.before_so_far is not None:
        than = joined(
            _change(month.so_far, month.before_so_far), " than by the same day of the month before, ",
            parts.amount(month.before_so_far),
        )  # fmt: skip
    whole: Child = before
    if month.before is not None:
        whole = joined(
            _change(month.projected, month.before), " than the month before, ", parts.amount(month.before)
        )
    is_over = month.projected <= month.so_far
    return joined(
        _tile(
            f"{name}, through {month.through:%-d %B}",
            parts.amount(month.so_far, currency=month.currency),
            than,
        ),
        _tile(
            "The whole month" if is_over else "The whole month, projected",
            parts.amount(month.projected, currency=month.currency),
            whole,
        ),
    )


def _change(now: float, then: float) -> Markup:
    if abs(then) < 0.005:
        return tag("span", "more")
    change = 100 * (now - then) / abs(then)
    return tag("span", parts.percent(abs(change), has_sign=False), " more" if change > 0 else " less")


def _tile(name: str, figure: Markup, below: Child) -> Markup:
    return tag("div", tag("h2", name), tag("p", figure, class_="figure"), tag("p", below), class_="tile")


def bill(seen: Overview) -> Markup:
    """Daily cost, stacked, with the anomalies marked on it."""
    trends = seen.explored.trends
    picture = pictures.of_trends(trends, seen.names, anomalies=seen.anomalies)
    return parts.figure(picture, over_time(trends, seen.names))


def over_time(trends: Trends, names: Mapping[str, str]) -> parts.Table:
    """A row for each bucket, a column for each slice and for all of it."""
    lines = [*trends.rows, *([trends.other] if trends.other else [])]
    called = [naming.scope(row.scope, names) for row in trends.rows]
    if trends.other:
        called.append("everything else")
    rows = [
        [str(bucket), *(parts.amount(line.costs[i]) for line in lines), parts.amount(trends.total.costs[i])]
        for i, bucket in enumerate(trends.buckets)
    ]
    return parts.Table(
        columns=[{"daily": "day", "weekly": "week from"}.get(trends.granularity, "month"), *called, "all"],
        rows=rows,
        numbers=range(1, len(called) + 2),
        stacks=False,
        caption=f"Cost over time, {trends.view.currency}",
        footer=["all", *(parts.amount(line.total) for line in lines), parts.amount(trends.total.total)],
    )


def odd(
    anomalies: Sequence[Anomaly], currency: str, names: Mapping[str, str], *, has_links: bool = True
) -> Markup:
    """Those with the most money, and how many there are besides."""
    if not anomalies:
        return parts.nothing("Nothing is odd at the moment.")
    ranked = sorted(anomalies, key=lambda anomaly: -abs(anomaly.impact.total_impact))
    items = [_item(anomaly, currency, names, has_links=has_links) for anomaly in ranked[:MOST_ANOMALIES]]
    more = len(ranked) - len(items)
    rest = None
    if has_links:
        said = f"and {more:,} more" if more else "All anomalies"
        rest = tag("p", tag("a", said, href="/anomalies?state=live" if more else "/anomalies"))
    return joined(tag("ol", items, class_="odd"), rest)


def _item(anomaly: Anomaly, currency: str, names: Mapping[str, str], *, has_links: bool) -> Markup:
    number = anomaly.anomaly_id
    return tag(
        "li",
        parts.badge(anomaly.severity),
        tag(
            "a",
            naming.place(anomaly, names),
            href=f"/anomalies/{quote(number)}" if has_links else f"#a-{quote(number)}",
        ),
        tag("span", f"{parts.HAPPENED[anomaly.kind]} since {anomaly.start_date}", class_="small"),
        parts.amount(anomaly.impact.total_impact, currency=currency, is_change=True),
    )


def _moved(explored: Explored) -> str:
    return f"Top movers, against the {explored.trends.view.period.days} days before"


def moved(seen: Overview, *, has_links: bool = True) -> Markup:
    """The slices whose cost changed most."""
    movers = seen.explored.movers
    if movers is None:
        return parts.nothing("The days before are not loaded.")
    return movers_table(movers, seen.names, most=MOST_MOVERS, has_links=has_links).drawn()


def movers_table(
    movers: Comparison, names: Mapping[str, str], *, most: int, has_links: bool = True
) -> parts.Table:
    """Two periods side by side."""
    rows = [_mover(mover, names, days=movers.b.days * has_links) for mover in movers.movers[:most]]
    currency = movers.view.currency
    return parts.Table(
        columns=["what", f"before, {currency}", f"now, {currency}", "change", "%"],
        rows=rows,
        numbers=(1, 2, 3, 4),
        caption=f"Cost of {movers.b} against {movers.a}",
        footer=["all of it", *_figures(movers.total)],
    )


def _mover(mover: Mover, names: Mapping[str, str], *, days: int) -> list[Child]:
    """A row; its link leads to the same days, of what is gone to those before too. No days, no link."""
    called: Child = naming.scope(mover.scope, names)
    if days and mover.scope.values:
        asked = {"filter": slice_of(mover.scope), "days": days * (2 if mover.kind == "gone" else 1)}
        called = tag("a", called, href=f"/explore?{urlencode(asked)}")
    return [called, *_figures(mover)]


def _figures(mover: Mover) -> list[Child]:
    share = parts.percent(mover.change_percentage) if mover.kind not in {"new", "gone"} else mover.kind
    return [parts.amount(mover.a), parts.amount(mover.b), parts.amount(mover.change, is_change=True), share]


def fresh(coverage: Sequence[Coverage]) -> Markup:
    """Each source: through which day, settled or not, when it was loaded."""
    if not coverage:
        return parts.nothing("Nothing is loaded yet.")
    rows: list[list[Child]] = [
        [
            each.data_source.replace("_", "-"),
            f"{each.covered.start} to {each.covered.last_day}",
            str(each.settled_through) if each.settled_through else "no day yet",
            parts.moment(each.loaded_at),
        ]
        for each in coverage
    ]
    table = parts.Table(
        ["source", "days", "settled through", "loaded"], rows, caption="Freshness of each source"
    )
    return table.drawn()
