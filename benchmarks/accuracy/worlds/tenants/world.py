"""The world of tenants: its families in random order, each series drawn for itself.

Knows which families there are; must not know any detector.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.tenants.almanac import FEASTS, Almanac
from benchmarks.accuracy.worlds.tenants.customers import CUSTOMERS
from benchmarks.accuracy.worlds.tenants.judgement import records
from benchmarks.accuracy.worlds.tenants.machines import MACHINES
from benchmarks.accuracy.worlds.tenants.planting import JUDGED_FROM, plant
from benchmarks.accuracy.worlds.tenants.scene import Scene
from benchmarks.accuracy.worlds.tenants.software import SOFTWARE

FAMILIES = MACHINES + SOFTWARE + CUSTOMERS
LEAST_DAYS = 100
NUMBER = 7_301
"""Sets this world's chances apart from those of others."""
LARGER = 0.75
"""Below one, for more series in the upper part of their family's range: little ones have few events."""
YEARS = 6
"""From the first of 2019 on, a bill begins on any day of so many years."""


def tenants(seed: int, n_series: int, n_days: int = 270) -> LabelledBill:
    """A labelled bill of this world; a series is the same however many follow it.

    Raises:
        ValueError: the bill is hardly longer than its history.
    """
    if n_days < LEAST_DAYS:
        raise ValueError(f"a bill of this world has at least {LEAST_DAYS} days, not {n_days}")
    begin = int(np.random.default_rng([NUMBER, seed]).integers(YEARS * 365))
    first_day = date(2019, 1, 1) + timedelta(days=begin)
    almanac = Almanac.of(first_day, n_days)
    ledger = Ledger("tenants", first_day, n_days, judged_from=JUDGED_FROM)
    for number in range(n_series):
        write_series(ledger, almanac, np.random.default_rng([NUMBER, seed, number]))
    return ledger.close()


def write_series(ledger: Ledger, almanac: Almanac, rng: np.random.Generator) -> None:
    """One more series of a bill, with what is to be said about it."""
    family = FAMILIES[int(rng.integers(len(FAMILIES)))]
    low, high = np.log(family.dollars)
    level = float(np.exp(low + (high - low) * rng.random() ** LARGER))
    stream = family.draw(Scene(rng, almanac, str(rng.choice(list(FEASTS))), level))
    plant(stream, family.stories)
    costs = np.maximum(stream.costs, 0)
    series = ledger.add(family.name, costs, regular=family.regular and not stream.born)
    for event in stream.events:
        ledger.label(replace(event, series=series))
    for first, last in stream.silent:
        ledger.hush(series, max(first, JUDGED_FROM), last)
    for day in np.flatnonzero(records(costs, JUDGED_FROM)):
        ledger.hush(series, int(day), int(day))
