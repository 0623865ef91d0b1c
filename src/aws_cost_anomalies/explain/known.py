"""The known causes that fit an anomaly, the best fit first; none when nothing fits.

Knows how a cause is held against clues; the causes themselves stand in `causes.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cost_anomalies.explain import filling
from aws_cost_anomalies.explain.clues import Clues
from aws_cost_anomalies.explain.signs import Sign
from aws_cost_anomalies.model.explanation import KnownCause

MOST = 3
NEARLY_AS_GOOD = 0.6
"""A fit below this share of the best one's is not told beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A known cause, as data.

    Attributes:
        name: what it is called.
        signs: what must be there, all of it.
        weight: how much more it says than a sign that fits many things.
        check_first: what to look at first.
        commands: AWS CLI templates; the first whose values are at hand is given.
        links: console pages likewise.
    """

    name: str
    signs: tuple[Sign, ...]
    check_first: str
    weight: float = 1.0
    commands: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def known_causes(clues: Clues, causes: Sequence[Cause]) -> tuple[KnownCause, ...]:
    """At most three causes whose signs are all there; equals in the order of the table."""
    fits = [(fit, cause) for cause in causes if (fit := _fit(clues, cause)) is not None]
    fits.sort(key=lambda pair: -pair[0][0])
    best = fits[0][0][0] if fits else 0.0
    values = filling.values_at_hand(clues)
    where = _where(values)
    return tuple(
        KnownCause(
            name=cause.name,
            facts=(*facts, *where),
            check_first=cause.check_first,
            command=filling.command(cause.commands, values),
            link=filling.link(cause.links, values),
        )
        for (strength, facts), cause in fits[:MOST]
        if strength >= NEARLY_AS_GOOD * best
    )


def _fit(clues: Clues, cause: Cause) -> tuple[float, tuple[str, ...]] | None:
    """How well a cause fits, and the facts that say so; None when a sign is missing."""
    facts: list[str] = []
    share = 1.0
    for sign in cause.signs:
        found = sign(clues)
        if found is None:
            return None
        share = min(share, found.share)
        facts += [found.fact] if found.fact else []
    return share * cause.weight, tuple(dict.fromkeys(facts))


def _where(values: dict[str, str]) -> tuple[str, ...]:
    """Which account and region to look in."""
    places = [f"{name} {values[name]}" for name in ("account", "region") if name in values]
    return (f"in {', '.join(places)}",) if places else ()
