"""Addresses as questions: what stands behind the `?`, checked. Raises InvalidArgument throughout."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from difflib import get_close_matches

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Kind, Severity
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.look import Look
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.page.anomalies import ORDERS, STATES, Filter
from aws_cost_anomalies.page.explore import GRANULARITIES, Wish

OF_EVERY_PAGE = ("currency", "done", "now")
"""Words that any address may hold."""
SHOWN_AS = {"last": "days", "only": "filter", "with": "compare"}
"""As a form calls a field → as the address does."""
SLICE = 'DIMENSION=VALUE, several with commas between them; what holds a comma as "DIMENSION=VALUE"'
MOST_DAYS, MOST_ROWS, MOST_PAGES = 1830, 50, 10_000


def anomaly_filter(query: Mapping[str, str]) -> Filter:
    """Which anomalies an address asks for."""
    _known_only(query, Filter)
    given = {each.name: query[each.name] for each in fields(Filter) if query.get(each.name)}
    _one_of(given, "state", STATES)
    _one_of(given, "severity", [severity.value for severity in Severity])
    _one_of(given, "kind", [kind.value for kind in Kind])
    _one_of(given, "order", list(ORDERS))
    for name in ("start", "end"):
        _day(given, name)
    page = _count(given.pop("page", "1"), "page", most=MOST_PAGES)
    return Filter(**given, page=page)


def wish(query: Mapping[str, str]) -> Wish:
    """Which look at the bill an address asks for."""
    _known_only(query, Wish)
    given = {each.name: query[each.name] for each in fields(Wish) if query.get(each.name)}
    _one_of(given, "granularity", GRANULARITIES)
    _one_of(given, "metric", list(METRIC_NAMES))
    days = _count(given.pop("days", "30"), "days", most=MOST_DAYS)
    top = _count(given.pop("top", "8"), "top", most=MOST_ROWS)
    return Wish(**given, days=days, top=top)


def look(asked: Wish) -> Look:
    """The look itself."""
    by = asked.by if asked.by == "total" else "+".join(dict.fromkeys(filter(None, (asked.by, asked.and_by))))
    return Look(
        asked=Asked(
            source=asked.source or None,
            metric=asked.metric or None,
            group_by=by,
            currency=asked.currency or None,
            within=within(asked.filter),
        ),
        days=asked.days,
        granularity=asked.granularity,
        top=asked.top,
    )


def within(text: str) -> Scope:
    """The slice that `service=Amazon S3, "tag:team=web, shop"` means; a comma is quoted as in CSV."""
    pairs = []
    for part in filter(None, (part.strip() for part in _parts(text))):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise InvalidArgument("The filter", part, SLICE)
        pairs.append((Dimension(name.strip()).key, value.strip()))
    return Scope(tuple(pairs))


def _parts(text: str) -> list[str]:
    try:
        return [part for row in csv.reader([text], skipinitialspace=True, strict=True) for part in row]
    except csv.Error:
        raise InvalidArgument("The filter", text, SLICE) from None


def _known_only(query: Mapping[str, str], kind: type[Filter | Wish]) -> None:
    """Refuse a word that narrows nothing: the page would pass for what was asked for."""
    known = [each.name for each in fields(kind)]
    unknown = next((name for name in query if name not in {*known, *OF_EVERY_PAGE}), None)
    if unknown is not None:
        near = get_close_matches(SHOWN_AS.get(unknown, unknown), known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else ""
        raise InvalidArgument("A field of the address", unknown, ", ".join(known), hint=hint)


def _one_of(given: Mapping[str, str], name: str, allowed: Collection[str]) -> None:
    if name in given and given[name] not in allowed:
        raise InvalidArgument(name, given[name], ", ".join(allowed))


def _day(given: Mapping[str, str], name: str) -> None:
    try:
        date.fromisoformat(given.get(name, "2000-01-01"))
    except ValueError:
        raise InvalidArgument(name, given[name], "a date as YYYY-MM-DD") from None


def _count(text: str, name: str, *, most: int) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
        raise InvalidArgument(name, text, f"1 to {most}")
    return int(text)
