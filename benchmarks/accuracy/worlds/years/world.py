"""World seven: more than a year of a bill, whose habits take a year to be known.

Its author had not seen the detector. Renewals of each quarter and year, the end of the year, seasons, retries
and first Saturdays are no surprise to who has seen them before, so the first four months are history: what
happens there is not labelled, and nothing is judged. A change is a label only where it is worth ten dollars a
day and a quarter of what was usual, and an expert would see it beside the twelve weeks before. Knows how the
other modules make one bill; must not know any detector.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY
from benchmarks.accuracy.worlds.years.almanac import Almanac
from benchmarks.accuracy.worlds.years.families import any_family
from benchmarks.accuracy.worlds.years.past import bumps, old_trouble
from benchmarks.accuracy.worlds.years.planting import mishaps
from benchmarks.accuracy.worlds.years.scene import Backdrop, Scene

JUDGED_FROM = 120
LEAST_DAYS = 150
LEAST_BILLED = 1e-4
"""Dollars a day that are still to be seen on a bill."""


def years(seed: int, n_series: int, n_days: int = 400) -> LabelledBill:
    """A labelled bill of this world; a series is the same however many come after it.

    Raises:
        ValueError: the bill ends before much could be judged.
    """
    if n_days < LEAST_DAYS:
        raise ValueError(f"a bill of this world has at least {LEAST_DAYS} days, not {n_days}")
    rng = np.random.default_rng([seed, 7411])
    almanac = Almanac.of(date(2023, 7, 1) + int(rng.integers(701)) * ONE_DAY, n_days)
    backdrop = Backdrop.of(rng, almanac)
    ledger = Ledger("years", almanac.first_day, n_days, judged_from=JUDGED_FROM)
    for number in range(n_series):
        _enter(ledger, Scene(np.random.default_rng([seed, 1000 + number]), backdrop))
    return ledger.close()


def _enter(ledger: Ledger, scene: Scene) -> None:
    """Put a series into the bill, with what happens to it."""
    family = any_family(scene.rng)
    series = family.shape(scene)
    is_regular = family.regular and bool((series.costs >= LEAST_BILLED).all())
    if family.kinds:
        old_trouble(scene, series)
    bumps(scene, series)
    found = mishaps(scene, series, family.kinds, odds=family.odds)
    # Its author's bills have six digits; rounded from there to four, ties fall as they would fall for them.
    number = ledger.add(family.name, np.round(series.costs, 6), regular=is_regular)
    for mishap in found:
        ledger.label(mishap.event(number))
