"""World one: series drawn from archetypes of a bill, events laid over them by multiplication.

Knows what a line of a bill looks like from above (a level, a week, a calendar, a noise); must not know any
detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Calendar, Event, Floats, LabelledBill, Ledger

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Line:
    """A normal series: its costs, its own noise as a coefficient of variation, and whether it is regular."""

    costs: Floats
    noise: float
    regular: bool


def _noise(rng: Rng, cv: float, n: int) -> Floats:
    """Multiplicative noise with mean one, a little autocorrelated: (n,)."""
    shocks = rng.standard_normal(n)
    rho = rng.uniform(0, 0.4)
    for t in range(1, n):
        shocks[t] = rho * shocks[t - 1] + np.sqrt(1 - rho**2) * shocks[t]
    return np.exp(cv * shocks - cv**2 / 2)


def _level(rng: Rng) -> float:
    """Dollars a day: a few cents to thousands, median 40."""
    return float(np.exp(rng.normal(np.log(40), 1.5)))


def steady(rng: Rng, cal: Calendar) -> Line:
    """Always on: the same every day, hardly any noise."""
    cv = rng.uniform(0.003, 0.06)
    return Line(_level(rng) * _noise(rng, cv, len(cal.weekday)), cv, regular=True)


def weekday(rng: Rng, cal: Calendar) -> Line:
    """Office hours: lower on weekends and holidays."""
    cv = rng.uniform(0.02, 0.12)
    shape = np.ones(7)
    shape[5:] = rng.uniform(0.15, 0.85) * rng.uniform(0.85, 1.15, 2)
    shape[:5] *= rng.uniform(0.92, 1.08, 5)
    costs = _level(rng) * shape[cal.weekday] * _noise(rng, cv, len(cal.weekday))
    costs[cal.holiday] *= min(shape[5] / shape[0] * 1.05, 1.0)
    return Line(costs, cv, regular=True)


def noisy(rng: Rng, cal: Calendar) -> Line:
    """Usage that follows the mood of many: heavy noise."""
    cv = rng.uniform(0.12, 0.35)
    return Line(_level(rng) * _noise(rng, cv, len(cal.weekday)), cv, regular=True)


def growth(rng: Rng, cal: Calendar) -> Line:
    """Steady growth or decline, sometimes with a week."""
    n = len(cal.weekday)
    cv = rng.uniform(0.01, 0.06)
    slope = rng.uniform(-0.002, 0.005)
    week = 1 - rng.uniform(0, 0.4) * (cal.weekday >= 5) * (rng.random() < 0.5)
    return Line(_level(rng) * np.exp(slope * np.arange(n)) * week * _noise(rng, cv, n), cv, regular=True)


def quantised(rng: Rng, cal: Calendar) -> Line:
    """A handful of machines at a price each; the number moves by one now and then."""
    n = len(cal.weekday)
    count = rng.integers(6, 30)
    moves = rng.choice([-1, 0, 1], n, p=[0.04, 0.92, 0.04])
    fleet = np.maximum(count + np.cumsum(moves), 4)
    return Line(_level(rng) / count * fleet * _noise(rng, 0.004, n), 0.05, regular=True)


def month_fee(rng: Rng, cal: Calendar) -> Line:
    """A daily cost and a fee on one of the first days, or on the sixth or seventh, of each month."""
    line = steady(rng, cal) if rng.random() < 0.5 else weekday(rng, cal)
    fee_day = rng.choice([1, 1, 1, 1, 2, 3, 6, 7])
    fee = line.costs.mean() * np.exp(rng.uniform(np.log(0.5), np.log(20)))
    costs = line.costs + fee * (cal.day_of_month == fee_day) * rng.normal(1, 0.03, len(cal.weekday))
    return Line(costs, line.noise, regular=True)


def fee_only(rng: Rng, cal: Calendar) -> Line:
    """Nothing but a charge a month: tax, a subscription, Support."""
    fee_day = rng.choice([1, 1, 1, 2, 3, 6, 7, 15])
    fee = _level(rng) * 5
    wobble = np.exp(rng.normal(0, rng.choice([0.0, 0.05, 0.2]), len(cal.weekday)))
    return Line(fee * (cal.day_of_month == fee_day) * wobble, 0.2, regular=False)


def month_end(rng: Rng, cal: Calendar) -> Line:
    """A closing job on the last days of each month."""
    line = steady(rng, cal)
    lift = rng.uniform(0.5, 3)
    costs = line.costs * (1 + lift * (cal.days_left < rng.integers(1, 4)))
    return Line(costs, line.noise, regular=True)


def weekly_job(rng: Rng, cal: Calendar) -> Line:
    """One heavy day a week over little or nothing."""
    day = rng.integers(7)
    cv = rng.uniform(0.03, 0.15)
    floor = rng.choice([0.0, 0.0, 0.1])
    costs = _level(rng) * 3 * (floor + (cal.weekday == day)) * _noise(rng, cv, len(cal.weekday))
    return Line(costs, cv, regular=False)


def batch(rng: Rng, cal: Calendar) -> Line:
    """A daily floor and bursts whenever somebody has work."""
    n = len(cal.weekday)
    rate = rng.uniform(0.1, 0.4)
    bursts = (rng.random(n) < rate) * rng.gamma(2.0, 0.75, n) * rng.uniform(0.5, 2)
    return Line(_level(rng) * (1 + bursts) * _noise(rng, 0.05, n), 0.9, regular=False)


def intermittent(rng: Rng, cal: Calendar) -> Line:
    """Idle most days; active days of no fixed size."""
    n = len(cal.weekday)
    active = rng.random(n) < rng.uniform(0.08, 0.55)
    return Line(_level(rng) * active * np.exp(rng.normal(0, rng.uniform(0.2, 0.7), n)), 0.8, regular=False)


def free_tier(rng: Rng, cal: Calendar) -> Line:
    """Free until the month's allowance is used up, then metered until the month ends."""
    cv = rng.uniform(0.03, 0.12)
    usage = _noise(rng, cv, len(cal.weekday)) * (1 - 0.3 * (cal.weekday >= 5))
    costs = np.zeros_like(usage)
    allowance = rng.uniform(3, 20)
    for month in np.unique(cal.month):
        days = cal.month == month
        used = np.cumsum(usage[days])
        costs[days] = np.clip(used - allowance, 0, usage[days])
    return Line(_level(rng) * costs, 0.3, regular=False)


def tiny(rng: Rng, cal: Calendar) -> Line:
    """Pennies with any shape."""
    return Line(rng.uniform(0.001, 1.0) * rng.gamma(0.7, 1.0, len(cal.weekday)), 1.0, regular=False)


FAMILIES: dict[str, tuple[float, Callable[[Rng, Calendar], Line]]] = {
    "steady": (0.14, steady),
    "weekday": (0.2, weekday),
    "noisy": (0.09, noisy),
    "growth": (0.1, growth),
    "quantised": (0.06, quantised),
    "month_fee": (0.09, month_fee),
    "fee_only": (0.05, fee_only),
    "month_end": (0.03, month_end),
    "weekly_job": (0.03, weekly_job),
    "batch": (0.06, batch),
    "intermittent": (0.07, intermittent),
    "free_tier": (0.03, free_tier),
    "tiny": (0.05, tiny),
}


def archetypes(seed: int, n_series: int = 1500, n_days: int = 180) -> LabelledBill:
    """A labelled bill of this world."""
    rng = np.random.default_rng([1, seed])
    first_day = date(2025, 3, 1 + int(rng.integers(28)))
    cal = Calendar.of(first_day, n_days)
    ledger = Ledger("archetypes", first_day, n_days)
    names = list(FAMILIES)
    weights = np.array([FAMILIES[name][0] for name in names])
    for name in rng.choice(names, n_series, p=weights / weights.sum()):
        line = FAMILIES[name][1](rng, cal)
        costs = line.costs
        born = _birth(rng, n_days)
        costs[:born] = 0.0
        series = ledger.add(str(name), costs)
        if born:
            _label_birth(ledger, series, born)
        if rng.random() < 0.6 and name != "tiny":
            _plant(rng, ledger, line, born=born)
    return ledger.close()


def _birth(rng: Rng, n_days: int) -> int:
    """The first day of a series: mostly before the bill, sometimes within it."""
    return 0 if rng.random() < 0.85 else int(rng.integers(5, n_days - 30))


def _label_birth(ledger: Ledger, series: int, born: int) -> None:
    """First-seen spend of ten dollars within its first week is an event; less is nothing."""
    costs = ledger.rows[series]
    nonzero = np.flatnonzero(costs > 0)
    if nonzero.size == 0:
        return
    first = int(nonzero[0])
    big = np.flatnonzero(costs[first : first + 5] >= 10)
    if big.size:
        impact = float(costs[first : first + 7].sum())
        ledger.label(Event(series, "new", first, first + int(big[0]) + 3, impact, np.inf))
    else:
        ledger.hush(series, first, first + 7)


def _plant(rng: Rng, ledger: Ledger, line: Line, *, born: int) -> None:
    """Lay one or two events over the series just added."""
    series = len(ledger.rows) - 1
    n = ledger.n_days
    start = max(born + 21, 21)
    for _ in range(int(rng.integers(1, 3))):
        if start >= n - 12:
            return
        first = int(rng.integers(start, min(start + 90, n - 8)))
        span = _lay(rng, ledger, line, series=series, first=first)
        start = max(first, span) + 40


def _lay(rng: Rng, ledger: Ledger, line: Line, *, series: int, first: int) -> int:
    """Lay one event from day `first` on; the last day it touches."""
    costs = ledger.rows[series]
    n = ledger.n_days
    usual = _usual(costs[max(first - 28, 0) : first])
    if usual < 12:
        return first
    kinds = ["spike", "step_up", "drop", "step_down", "drift_up", "gone"]
    odds = [0.36, 0.22, 0.12, 0.08, 0.14, 0.08] if line.regular else [0.7, 0.3, 0, 0, 0, 0]
    kind = str(rng.choice(kinds, p=odds))
    ratio = float(np.exp(rng.uniform(np.log(0.35), np.log(6))))
    ratio = max(ratio, 4.5 * line.noise, 10 / usual)
    before = costs.copy()
    end = _shape(rng, costs, line, kind=kind, first=first, rise=(usual, ratio))
    end = min(end, n - 1)
    moved = float(np.abs(costs - before)[first : end + 1].sum())
    size = moved / max(float(before[first : end + 1].sum()), 1e-9)
    if moved / (end - first + 1) < 5:
        costs[:] = before
        return first
    ledger.label(Event(series, kind, first, end, moved, size))
    return end


def _shape(rng: Rng, costs: Floats, line: Line, *, kind: str, first: int, rise: tuple[float, float]) -> int:
    """Write an event into the costs; the last day on which a first notice counts."""
    usual, ratio = rise
    if kind == "spike":
        end = first + int(rng.choice([0, 0, 0, 1, 2]))
        costs[first : end + 1] += usual * ratio
    elif kind == "step_up":
        end = first + 6
        costs[first:] = costs[first:] * (1 + ratio) if line.regular else costs[first:] + usual * ratio
    elif kind == "drop":
        end = first + int(rng.choice([0, 0, 1, 2, 3]))
        costs[first : end + 1] *= rng.choice([0.0, 0.0, 0.2, 0.5]) if line.noise < 0.12 else 0.0
    elif kind == "step_down":
        end = first + 6
        costs[first:] *= 1 - min(max(rng.uniform(0.35, 0.9), 4 * line.noise), 0.95)
    elif kind == "gone":
        end = first + 6
        costs[first:] = 0.0
    else:
        end = _ramp(rng, costs, first=first, noise=line.noise)
    return end


def _usual(past: Floats) -> float:
    """The usual size of an active day; 0 when there is none."""
    active = past[past > 0.05 * max(float(past.max(initial=0.0)), 1e-9)]
    return float(np.median(active)) if active.size else 0.0


def _ramp(rng: Rng, costs: Floats, *, first: int, noise: float) -> int:
    """A leak: about one to three percent a day for three to six weeks, then it stays; its last day."""
    length = int(rng.integers(21, 43))
    rate = max(rng.uniform(0.008, 0.03), 3.0 * noise / length)
    end = min(first + length, len(costs) - 1)
    factor = np.exp(rate * np.minimum(np.arange(len(costs) - first) + 1, length))
    costs[first:] *= factor
    return end
