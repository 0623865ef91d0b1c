"""Explore: the bill over time, by whatever dimension, as picture and as table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aws_cost_anomalies import pictures
from aws_cost_anomalies.model.answers import Trends
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.look import Explored
from aws_cost_anomalies.model.scope import SHORT_NAMES
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.address import address
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag
from aws_cost_anomalies.page.overview import movers_table, over_time
from aws_cost_anomalies.pictures import Picture

GRANULARITIES = ("daily", "weekly", "monthly")
LENGTHS = (14, 30, 60, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; empty means the usual."""

    by: str = "service"
    and_by: str = ""
    granularity: str = "daily"
    metric: str = ""
    source: str = ""
    currency: str = ""
    days: int = 30
    top: int = 8
    filter: str = ""
    compare: str = ""

    def address(self, path: str = "/explore", **changes: object) -> str:
        """The address of this look, or of one that differs in these."""
        return address(path, replace(self, **changes))  # type: ignore[arg-type]  # names of fields


def dimensions(tags: Sequence[str]) -> list[str]:
    """What one can look by: columns, and the tags that are kept."""
    return [*SHORT_NAMES, *tags]


def explore(
    explored: Explored,
    wish: Wish,
    *,
    form: Markup,
    names: Mapping[str, str],
) -> Markup:
    """The picture, its figures, what moved, and the downloads."""
    trends = explored.trends
    drawn = picture(explored, wish, names=names)
    downloads = tag(
        "p",
        tag("a", "CSV", href=wish.address("/explore.csv"), download=True),
        " · ",
        tag("a", "PNG", href=wish.address("/explore.png"), download=True),
        class_="downloads",
    )
    chart = parts.figure(drawn, over_time(trends, names), is_open=True)
    movers: Child = parts.nothing("The days before are not loaded.")
    if explored.movers is not None:
        movers = movers_table(explored.movers, names, most=20, has_links=False).drawn()
    return joined(
        form,
        parts.card("Over time", chart, aside=downloads),
        parts.card(f"Against the {trends.view.period.days} days before", movers),
    )


def picture(explored: Explored, wish: Wish, *, names: Mapping[str, str]) -> Picture:
    """The chart of a look: on the page, and in pixels to take away."""
    before = explored.before if wish.compare else None
    return pictures.of_trends(explored.trends, names, before=before)


def form(
    wish: Wish, *, tags: Sequence[str], sources: Sequence[str], currencies: Sequence[str], currency: str
) -> Markup:
    """What can be asked.

    Args:
        wish: what is asked now.
        tags: dimensions of the bill's own.
        sources: data sources that are loaded.
        currencies: all that are loaded.
        currency: the one that pages are in where the address names none; empty when nobody chose one.
    """
    by = [(name, name) for name in dimensions(tags)]
    lengths = [(str(d), f"{d} days") for d in sorted({*LENGTHS, wish.days})]
    loaded = [("", "the most detailed"), *((name, name.replace("_", "-")) for name in sources)]
    metrics = [("", "as configured"), *((name, name) for name in METRIC_NAMES)]
    only = [] if currency else [("", "the only one")]
    codes = [*only, *((code, code) for code in currencies)]
    in_currency = wish.currency.upper() or currency
    fields_of = (
        _choice("by", wish.by, [("total", "everything"), *by]),
        _choice("and_by", wish.and_by, [("", "nothing else"), *by], label="and by"),
        _choice("granularity", wish.granularity, [(name, name) for name in GRANULARITIES]),
        _choice("metric", wish.metric, metrics),
        _choice("source", wish.source, loaded),
        _choice("currency", in_currency, codes) if len(currencies) > 1 else None,
        _choice("days", str(wish.days), lengths, label="last"),
        *_typed(wish, [name for name, _ in by]),
    )
    show = tag("div", tag("button", "Show", type="submit"), tag("a", "Clear", href="/explore"), class_="go")
    return tag("form", fields_of, show, class_="filters", role="search")


def _typed(wish: Wish, by: Sequence[str]) -> tuple[Markup, ...]:
    """What is written, not chosen."""
    top = tag("input", type="number", name="top", min="1", max="50", value=wish.top)
    only = tag(
        "input", name="filter", value=wish.filter, list="dimensions",
        placeholder="service=Amazon S3, tag:team=web",
    )  # fmt: skip
    known = tag("datalist", [tag("option", value=f"{name}=") for name in by], id="dimensions")
    before = tag("input", type="checkbox", name="compare", value="yes", checked=bool(wish.compare))
    return (
        tag("label", tag("span", "top"), top),
        tag("label", tag("span", "only"), only, known, class_="long"),
        tag("label", before, tag("span", "with the period before"), class_="tick"),
    )


def _choice(name: str, chosen: str, offered: Sequence[tuple[str, str]], *, label: str = "") -> Markup:
    known = [value for value, _ in offered]
    more = [(chosen, chosen)] if chosen not in known else []
    options = [
        tag("option", said, value=value, selected=value == chosen) for value, said in [*offered, *more]
    ]
    return tag("label", tag("span", label or name), tag("select", options, name=name))


def csv_rows(trends: Trends) -> Iterator[list[object]]:
    """A row for each slice and bucket, the header first."""
    keys = list(trends.total.scope.as_dict()) or []
    keys = list(trends.rows[0].scope.as_dict()) if trends.rows else keys
    yield [*keys, "date", trends.view.currency]
    lines = [*trends.rows, *([trends.other] if trends.other else [])]
    for line in lines:
        values = line.scope.as_dict()
        called = [values.get(key, "") for key in keys]
        for bucket, cost in zip(trends.buckets, line.costs, strict=True):
            yield [*called, bucket, cost]
