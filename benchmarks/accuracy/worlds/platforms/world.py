"""World of platforms: series of shared platforms, drawn one by one, with what went wrong in them.

Its author had not seen the detector. Knows how a series, its mishaps and its labels come together; must not
know any detector.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.platforms.acting import strike
from benchmarks.accuracy.worlds.platforms.almanac import COUNTRIES, Almanac
from benchmarks.accuracy.worlds.platforms.contracts import CONTRACTS
from benchmarks.accuracy.worlds.platforms.estate import ESTATE
from benchmarks.accuracy.worlds.platforms.judgement import event_of
from benchmarks.accuracy.worlds.platforms.lake import LAKE
from benchmarks.accuracy.worlds.platforms.mishaps import MISHAPS
from benchmarks.accuracy.worlds.platforms.records import records
from benchmarks.accuracy.worlds.platforms.scene import Case, Family, Scene, Stream

FAMILIES = (*ESTATE, *LAKE, *CONTRACTS)
JUDGED_FROM, LEAST_DAYS = 60, 150
WORLD_NUMBER, FIRST_YEAR, YEARS = 8, 2018, 8
HOW_MANY = (0.3, 0.52, 0.18)
"""Shares of series with no mishap, one, and two; about half of the mishaps are worth a label."""
APART = 45
"""Days between two mishaps of a series."""
SETTLING = (7, 14)
"""Days after an incident on which an alert counts neither way."""
FAINT_DAYS = 28
"""Days of a lasting change too faint or doubtful to be labelled, on which an alert counts neither way."""


def platforms(seed: int, n_series: int, n_days: int = 270) -> LabelledBill:
    """A labelled bill of this world.

    Raises:
        ValueError: the bill is too short for its history and the longest of its incidents.
    """
    if n_days < LEAST_DAYS:
        raise ValueError(f"a bill of this world has at least {LEAST_DAYS} days, not {n_days}")
    later = int(np.random.default_rng([WORLD_NUMBER, seed]).integers(YEARS * 365))
    first_day = date(FIRST_YEAR, 1, 1) + timedelta(days=later)
    almanacs = [Almanac.of(country, first_day, n_days) for country in COUNTRIES]
    ledger = Ledger("platforms", first_day, n_days, judged_from=JUDGED_FROM)
    for number in range(n_series):
        rng = np.random.default_rng([WORLD_NUMBER, seed, number])
        scene = Scene(rng, almanacs[rng.integers(len(almanacs))])
        _write(ledger, scene, FAMILIES[rng.integers(len(FAMILIES))])
    return ledger.close()


def _write(ledger: Ledger, scene: Scene, family: Family) -> None:
    """One series, its incidents and its quiet days."""
    dollars = scene.about(family.dollars)
    lapsed = family.lapsed(scene, dollars) if family.lapsed else None
    stream = Stream(family.shape.usage(scene, dollars), family.price(scene, dollars), lapsed)
    now, cases = stream, []
    for first in _days(scene):
        mishap = MISHAPS[scene.rng.choice(family.mishaps.split())]
        if mishap.how in {"skip", "stop", "twice"}:
            due = np.flatnonzero(stream.usage.run[first:] >= 0)
            if not len(due):
                continue
            first += int(due[0])
        now, case = strike(scene, now, (mishap, first))
        cases.append(case)
    series = ledger.add(family.name, now.costs, regular=family.shape.regular)
    # A run a day late, or a day off without use, is no record of little.
    low = ~scene.almanac.off & family.shape.regular
    for day in np.flatnonzero(records(stream.costs, low)):
        if day >= JUDGED_FROM:
            ledger.hush(series, int(day), int(day) + 1)
    for case in cases:
        _judge(ledger, scene, (series, case))


def _days(scene: Scene) -> list[int]:
    """First days of the mishaps of a series."""
    many = int(scene.rng.choice(3, p=HOW_MANY))
    days = np.sort(scene.rng.integers(JUDGED_FROM + 2, scene.n_days - 6, many))
    return [
        int(day) for day, before in zip(days, (-APART, *days[:-1]), strict=False) if day - before >= APART
    ]


def _judge(ledger: Ledger, scene: Scene, what: tuple[int, Case]) -> None:
    """Labels what is worth it, and hushes what is neither normal nor an event."""
    series, case = what
    event = event_of(case)
    settling = scene.whole(SETTLING)
    if event:
        ledger.label(replace(event, series=series), aftermath=settling)
    # Of what is no event, only that counts neither way which ordinary life does not do daily.
    seen = 0.02 if event else 0.06
    moved = np.abs(case.effect) > np.maximum(seen * case.before, 0.5)
    days = np.flatnonzero(moved)
    if not len(days):
        return
    # What stays is the new usual after some weeks; its end, where it has one, is a change again.
    begin, end = int(days[0]), int(days[-1])
    known = max(begin + FAINT_DAYS, case.top + settling, event.end + settling if event else 0)
    ledger.hush(series, begin, min(end + settling, known))
    if end < len(case.after) - 1:
        ledger.hush(series, max(begin, case.last - 1), end + settling)
