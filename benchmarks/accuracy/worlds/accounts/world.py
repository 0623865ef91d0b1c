"""World six: accounts in ten countries, fourteen series each, as an attentive practitioner would label them.

Its author had not seen the detector. A change is a label only where it moves five dollars a day and a fifth
of what was usual, and stands out of the series' own past; what is fainter counts neither way, nor does what
nature does beyond that measure. Knows how the other modules make one bill; must not know any detector.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import LabelledBill, Ledger
from benchmarks.accuracy.worlds.accounts.account import Account
from benchmarks.accuracy.worlds.accounts.almanac import Almanac
from benchmarks.accuracy.worlds.accounts.chance import great_bursts, outliers, wanderings
from benchmarks.accuracy.worlds.accounts.events import FIRST_DAY, begin, live
from benchmarks.accuracy.worlds.accounts.families import any_family
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY
from benchmarks.accuracy.worlds.accounts.line import Line
from benchmarks.accuracy.worlds.accounts.scene import Scene

SERIES_EACH = 14
"""Series of one account."""
LEAST_BILLED = 1e-4
"""Dollars a day that are still to be seen on a bill."""


def accounts(seed: int, n_series: int, n_days: int = 180) -> LabelledBill:
    """A labelled bill of this world; a series is the same however many come after it.

    Raises:
        ValueError: the bill ends before anything could happen.
    """
    if n_days <= FIRST_DAY:
        raise ValueError(f"a bill of this world has more than {FIRST_DAY} days, not {n_days}")
    first_day = date(2022, 1, 1) + int(np.random.default_rng([seed, 77]).integers(0, 1250)) * ONE_DAY
    almanac = Almanac.of(first_day, n_days)
    ledger = Ledger("accounts", first_day, n_days)
    members = [
        Account.of(np.random.default_rng([seed, 13, number]), almanac)
        for number in range(-(-n_series // SERIES_EACH))
    ]
    for number in range(n_series):
        rng = np.random.default_rng([seed, 1000 + number])
        family = any_family(rng)
        line = Line.of(number, Scene(rng, almanac, members[number // SERIES_EACH]), family)
        _enter(ledger, line, regular=family.regular)
    return ledger.close()


def _enter(ledger: Ledger, line: Line, *, regular: bool) -> None:
    """Put a line into the bill, with what happens to it."""
    is_regular = regular and bool((line.costs >= LEAST_BILLED).all())
    line.disputed += great_bursts(line)
    events = [*begin(line), *live(line)]
    line.disputed += [*outliers(line), *wanderings(line)]
    # Its author's bills have six digits; rounded from there to four, ties fall as they would fall for them.
    series = ledger.add(line.name, np.round(line.costs, 6), regular=is_regular)
    for event in events:
        ledger.label(event)
    for first, last in line.disputed:
        ledger.hush(series, max(0, first), last)
