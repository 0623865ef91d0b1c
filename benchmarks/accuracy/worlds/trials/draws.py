"""What every family draws alike: a level, a factor, a week, a noise.

Knows distributions; must not know any family.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.trials.almanac import Almanac

Rng = np.random.Generator


def money(rng: Rng) -> float:
    """Dollars a day: cents to thousands, median 40."""
    return float(40 * np.exp(rng.normal(0, 1.5)))


def log_uniform(rng: Rng, low: float, high: float) -> float:
    """A factor between two bounds, as likely to be in the lower half of its magnitudes as in the upper."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def scatter(rng: Rng, n: int, spread: float) -> Floats:
    """Noise with mean one that never falls to nothing: (n,)."""
    return np.maximum(rng.normal(1, spread, n), 0.05)


def week(rng: Rng, almanac: Almanac, *, busier: float = 0.15, least: float = 0.1) -> Floats:
    """A week as factors: weekends down to `least`, or above the other days with odds of `busier`."""
    factors = np.ones(7)
    factors[5:] = rng.uniform(1.15, 2.2) if rng.random() < busier else rng.uniform(least, 0.9)
    factors[6] *= rng.uniform(0.85, 1.1)
    if rng.random() < 0.4:
        factors[:5] *= rng.uniform(0.93, 1.07, 5)
    return factors[almanac.weekday]


def perhaps_week(
    rng: Rng, almanac: Almanac, odds: float, *, busier: float = 0.1, least: float = 0.4
) -> Floats:
    """A week with these odds, else every day alike."""
    if rng.random() < odds:
        return week(rng, almanac, busier=busier, least=least)
    return np.ones(almanac.n_days)
