"""World three: random processes without a story, with drifting levels, changing weeks and heavy tails.

Harder and stranger than a bill; it keeps a detector from leaning on the neatness of the other two. Knows only
stochastic processes; must not know any detector.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Calendar, Event, Floats, LabelledBill, Ledger

Rng = np.random.Generator


def state_space(rng: Rng, cal: Calendar) -> Floats:
    """A level that wanders, a week that changes slowly, noise with heavy tails."""
    n = len(cal.weekday)
    level = np.cumsum(rng.normal(0, rng.choice([0.0, 0.002, 0.006, 0.012]), n))
    week = rng.normal(0, rng.choice([0.0, 0.05, 0.2]), 7)
    turn = np.cumsum(rng.normal(0, 0.005, (n, 7)), axis=0)
    tails = rng.standard_t(rng.choice([4, 8, 30]), n) * rng.choice([0.01, 0.03, 0.06])
    return np.exp(level + week[cal.weekday] + 0.3 * turn[np.arange(n), cal.weekday] + tails)


def volatile(rng: Rng, cal: Calendar) -> Floats:
    """Calm weeks and wild weeks: the noise itself has a memory."""
    n = len(cal.weekday)
    spread = np.full(n, 0.05)
    shock = 0.0
    out = np.zeros(n)
    for t in range(1, n):
        spread[t] = np.sqrt(0.0004 + 0.25 * shock**2 + 0.6 * spread[t - 1] ** 2)
        shock = spread[t] * rng.standard_normal()
        out[t] = shock
    return np.exp(out)


def counts(rng: Rng, cal: Calendar) -> Floats:
    """Things counted, at a price each: overdispersed, more on weekdays."""
    mean = np.exp(rng.uniform(np.log(2), np.log(300))) * np.where(
        cal.weekday >= 5, rng.uniform(0.4, 1.0), 1.0
    )
    shape = rng.uniform(4, 40)
    return rng.negative_binomial(shape, shape / (shape + mean)) / mean.mean()


def renewals(rng: Rng, cal: Calendar) -> Floats:
    """Charges that come again after a gap with some play: ten to thirty-five days."""
    n = len(cal.weekday)
    costs = np.zeros(n)
    gap = rng.integers(5, 36)
    play = rng.choice([0, 1, 3])
    t = int(rng.integers(gap))
    while t < n:
        costs[t] = np.exp(rng.normal(0, 0.15))
        t += max(int(gap + rng.integers(-play, play + 1)), 2)
    return 4 * costs


def bursts(rng: Rng, cal: Calendar) -> Floats:
    """On and off in turns with geometric lengths, and a level each time it is on."""
    n = len(cal.weekday)
    on = bool(rng.random() < 0.5)
    stay = (rng.uniform(0.5, 0.9), rng.uniform(0.5, 0.9))
    costs = np.zeros(n)
    level = 1.0
    for t in range(n):
        if rng.random() > stay[on]:
            on = not on
            level = float(np.exp(rng.normal(0, 0.3)))
        costs[t] = level * on * np.exp(rng.normal(0, 0.1))
    return costs + rng.choice([0.0, 0.0, 0.3])


def harmonic(rng: Rng, cal: Calendar) -> Floats:
    """A smooth month over a smooth week: pay-day shapes."""
    n = len(cal.weekday)
    month = np.cos(2 * np.pi * (cal.day_of_month - rng.uniform(0, 30)) / 30.4) * rng.uniform(0.05, 0.35)
    week = np.cos(2 * np.pi * (cal.weekday - rng.uniform(0, 7)) / 7) * rng.uniform(0.0, 0.4)
    return np.exp(month + week + rng.normal(0, rng.uniform(0.01, 0.08), n))


REGULAR = {"state_space", "volatile", "counts", "harmonic"}
PROCESSES = (
    state_space,
    state_space,
    state_space,
    volatile,
    counts,
    counts,
    renewals,
    bursts,
    harmonic,
    harmonic,
)


def stochastic(seed: int, n_series: int = 1500, n_days: int = 180) -> LabelledBill:
    """A labelled bill of this world."""
    rng = np.random.default_rng([3, seed])
    first_day = date(2024, 1 + int(rng.integers(8)), 1 + int(rng.integers(28)))
    cal = Calendar.of(first_day, n_days)
    ledger = Ledger("stochastic", first_day, n_days)
    for i in range(n_series):
        process = PROCESSES[i % len(PROCESSES)]
        money = float(np.exp(rng.normal(3.8, 1.6)))
        series = ledger.add(process.__name__, money * process(rng, cal))
        if rng.random() < 0.55:
            _disturb(rng, ledger, series, regular=process.__name__ in REGULAR)
    return ledger.close()


def _disturb(rng: Rng, ledger: Ledger, series: int, *, regular: bool) -> None:
    """Shift the log of the costs by a shape large against the series' own weekly movement."""
    n = ledger.n_days
    costs = ledger.rows[series]
    first = int(rng.integers(28, n - 12))
    past = costs[max(first - 42, 0) : first]
    busy = past[past > 0.05 * past.max(initial=0.0)] if past.size else past
    if busy.size < 3 or np.median(busy) < 10:
        return
    own = float(np.percentile(np.abs(np.log(busy / np.median(busy))), 90))
    size = max(float(rng.uniform(0.3, 1.8)), 2.2 * own)
    before = costs.copy()
    kind = str(rng.choice(["spike", "step_up", "drop", "drift_up", "gone"], p=[0.4, 0.22, 0.14, 0.16, 0.08]))
    if not regular:
        kind = "spike"
    end = _shape(rng, costs, kind=kind, first=first, size=size)
    if kind == "spike" and not regular:
        costs[first : end + 1] = before[first : end + 1] + float(np.median(busy)) * np.expm1(size)
    moved = float(np.abs(costs - before)[first : end + 1].sum())
    if moved / (end - first + 1) < 8:
        costs[:] = before
        return
    ratio = moved / max(float(before[first : end + 1].sum()), 1e-9)
    ledger.label(Event(series, kind, first, end, moved, ratio))


def _shape(rng: Rng, costs: Floats, *, kind: str, first: int, size: float) -> int:
    """Write the disturbance into the costs; the last day on which a first notice counts."""
    n = len(costs)
    if kind == "spike":
        end = first + int(rng.choice([0, 0, 1, 2]))
        costs[first : end + 1] *= np.exp(size)
    elif kind == "step_up":
        end = first + 6
        costs[first:] *= np.exp(size)
    elif kind == "drop":
        end = first + int(rng.choice([0, 1, 2]))
        costs[first : end + 1] *= np.exp(-max(size, 0.7))
    elif kind == "gone":
        end = first + 6
        costs[first:] = 0.0
    else:
        length = int(rng.integers(21, 46))
        end = first + length
        costs[first:] *= np.exp(size * np.minimum(np.arange(n - first) + 1, length) / length)
    return min(end, n - 1)
