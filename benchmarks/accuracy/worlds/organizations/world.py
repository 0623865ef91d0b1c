"""World four: the bill of organizations with offices in three countries, as who pays for them would label it.

Services are drawn as they charge; what happens to them is a label only where a person who knows the series
would want to be told, and what people would disagree about counts neither way. Knows how the other modules
make one bill; must not know any detector.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.organizations.almanac import ONE_DAY, Almanac
from benchmarks.accuracy.worlds.organizations.events import mishaps
from benchmarks.accuracy.worlds.organizations.families import any_series
from benchmarks.accuracy.worlds.organizations.scene import Organization, Rng, Scene
from benchmarks.accuracy.worlds.organizations.series import Series
from benchmarks.accuracy.worlds.organizations.visibility import outliers, spread_of

SERIES_EACH = 60
"""Series of one organization, more or less."""


def organizations(seed: int, n_series: int, n_days: int = 180) -> LabelledBill:
    """A labelled bill of this world."""
    rng = np.random.default_rng([4, seed])
    first_day = date(2024, 1, 1) + int(rng.integers(900)) * ONE_DAY
    almanac = Almanac.of(first_day, n_days)
    ledger = Ledger("organizations", first_day, n_days)
    members = [Organization.of(rng, n_days) for _ in range(max(1, n_series // SERIES_EACH))]
    for number in range(n_series):
        scene = Scene(rng, almanac, members[number % len(members)])
        _enter(rng, ledger, _known(rng, any_series(scene)))
    return ledger.close()


def _known(rng: Rng, series: Series) -> Series:
    """The series with what can be said of it before anything happens to it."""
    series = replace(series, spread=spread_of(series))
    series = replace(series, hushed=(*series.hushed, *((day, day) for day in outliers(series))))
    if series.regular and not series.erratic and len(series.costs) > 60 and rng.random() < 0.04:
        series = _faint_step(rng, series)
    return replace(series, regular=_is_regular(series))


def _faint_step(rng: Rng, series: Series) -> Series:
    """A step of 14 to 21 percent: whether it is worth telling, opinions differ."""
    start = int(rng.integers(25, len(series.costs) - 10))
    factor = np.ones(len(series.costs))
    factor[start:] += rng.uniform(0.14, 0.21)
    return replace(
        series,
        costs=series.costs * factor,
        expected=series.expected * factor,
        hushed=(*series.hushed, (start, start + 20)),
    )


def _is_regular(series: Series) -> bool:
    """Whether it was billed on every day, and near to what was expected."""
    if not series.regular or (series.expected <= 0).any() or (series.costs <= 0).any():
        return False
    return float(series.costs.mean()) >= 0.01 and float(np.std(series.costs / series.expected)) <= 0.35


def _enter(rng: Rng, ledger: Ledger, series: Series) -> None:
    """Put the series into the bill, with what happens to it."""
    found = mishaps(rng, series)
    after = found[-1].after if found else series
    number = ledger.add(after.family, after.costs, regular=after.regular)
    for mishap in found:
        ledger.label(mishap.event(number))
    for first, last in after.hushed:
        ledger.hush(number, first, last)
