"""The options that several commands share: their spelling, their values, their one line of help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aws_cost_anomalies.cli.usage import nearest
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.focus import CHARGE_CATEGORIES, METRIC_NAMES

if TYPE_CHECKING:
    from aws_cost_anomalies.model.answers import Asked
    from aws_cost_anomalies.model.scope import Scope

SOURCES = ("cost-explorer", "cur", "focus", "sample")
MOST_DAYS = 3660
CATEGORIES = tuple(category.lower() for category in CHARGE_CATEGORIES)


def one_of(flag: str, values: Sequence[str], text: str, *, unset: str = "") -> Any:  # noqa: ANN401 - typer's own
    """An option that takes one of a few words; `unset` says what happens without it.

    Raises (when parsed):
        InvalidArgument: another word, with the nearest of the few.
    """

    def check(value: str | None) -> str | None:
        word = value and value.lower().replace("_", "-")
        if word is not None and word not in values:
            raise InvalidArgument(flag, value, ", ".join(values), hint=nearest(word, values))
        return word

    default = f" [default: {unset}]" if unset else ""
    return typer.Option(
        flag,
        metavar="WORD",
        help=f"{text}: {', '.join(values[:-1])} or {values[-1]}{default}",
        callback=check,
        autocompletion=_completion(values),
    )


def count(flag: str, most: int, text: str) -> Any:  # noqa: ANN401 - typer's own
    """An option that takes a whole number from 1 on. Raises (when parsed): InvalidArgument."""

    def check(value: int | None) -> int | None:
        if value is not None and not 1 <= value <= most:
            raise InvalidArgument(flag, value, f"1 to {most:,}")
        return value

    return typer.Option(flag, metavar="N", help=text, callback=check)


def _completion(values: Sequence[str]) -> Callable[[str], list[str]]:
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


def data_source(word: str | None) -> str | None:
    """The data source that `cost-explorer` means, as the store has it."""
    return word.replace("-", "_") if word else None


def charges(text: str | None) -> tuple[str, ...] | None:
    """The charge categories that `usage,tax` names; empty for `all`. Raises: InvalidArgument."""
    if text is None or text == "all":
        return None if text is None else ()
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in CATEGORIES:
            raise InvalidArgument("--charges", name, ", ".join((*CATEGORIES, "all")))
    return tuple(name.capitalize() for name in names)


def scope_of(filters: Sequence[str]) -> Scope:
    """The slice that `service=Amazon S3`, `tag:team=web`, … name together. Raises: InvalidArgument."""
    from aws_cost_anomalies.model.scope import Dimension, Scope

    pairs = []
    for text in filters:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise InvalidArgument("--filter", text, "DIMENSION=VALUE, e.g. service=Amazon S3")
        pairs.append((Dimension(name.strip()).key, value.strip()))
    return Scope(tuple(pairs))


def asked(
    *,
    source: str | None,
    metric: str | None,
    group_by: str | None,
    currency: str | None,
    charges_text: str | None,
    filters: Sequence[str] = (),
    detector: str | None = None,
    sensitivity: str | None = None,
    min_impact: float | None = None,
    monitor: str | None = None,
) -> Asked:
    """What a question is about, from the options every question has and those of a verdict."""
    from aws_cost_anomalies.model.answers import Asked

    return Asked(
        source=data_source(source),
        metric=metric,
        group_by=group_by,
        currency=currency,
        categories=charges(charges_text),
        within=scope_of(filters),
        detector=detector,
        sensitivity=sensitivity,
        minimum_impact=min_impact,
        monitor=monitor,
    )


Format = Annotated[str, one_of("--format", ("table", "json", "csv"), "How the answer is printed")]
Source = Annotated[str | None, one_of("--source", SOURCES, "Data", unset="the most detailed loaded")]
Metric = Annotated[
    str | None, one_of("--metric", tuple(METRIC_NAMES), "Cost looked at", unset="the configured one")
]
Sensitivity = Annotated[
    str | None, one_of("--sensitivity", ("low", "medium", "high"), "How closely to look", unset="configured")
]
Currency = Annotated[
    str | None,
    typer.Option(metavar="ISO", help="Currency, where a bill has several [default: the configured one]"),
]
Charges = Annotated[
    str | None, typer.Option(metavar="LIST", help=f"Charges looked at: all, or of {', '.join(CATEGORIES)}")
]
Detector = Annotated[str | None, typer.Option(metavar="NAME", help="Detector [default: the configured one]")]
MinImpact = Annotated[
    float | None,
    typer.Option("--min-impact", min=0.0, metavar="N", help="Leave out less money [default: configured]"),
]
GroupBy = Annotated[
    str | None,
    typer.Option(
        metavar="DIMS",
        help="service, account, region, tag:KEY, cost-category:NAME, usage-type; + joins several",
    ),
]
Levels = Annotated[
    str | None,
    typer.Option(
        "--group-by", metavar="LEVELS", help="As in service,account+region; each dollar is told once"
    ),
]
Filter = Annotated[
    list[str] | None,
    typer.Option("--filter", metavar="DIM=VALUE", help="Only these charges; may be repeated"),
]
Days = Annotated[int, count("--days", MOST_DAYS, "Days looked at, back from the last one loaded")]
Top = Annotated[int, count("--top", 10_000, "Rows shown; the rest is summed as other")]
