"""World two: accounts that run workloads; a series is what a service bills to an account.

Nothing here is drawn as a curve: traffic, machines, storage, jobs, contracts and mistakes happen day by day
and the bill follows from prices. Knows how services charge; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from benchmarks.accuracy.labelled import Calendar, Event, Floats, LabelledBill, Ledger

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Account:
    """One account: how many people use what it runs, day by day, and how large its things are."""

    traffic: Floats
    scale: float


@dataclass(slots=True)
class Meter:
    """One service of one account: hourly things, per-use things and contract things, dollars a day each."""

    family: str
    costs: Floats
    spread: float
    can_leak: bool = True
    is_daily: bool = True


def _account(rng: Rng, cal: Calendar) -> Account:
    """Traffic: growth, a week, holidays, a slow mood, and now and then a campaign."""
    n = len(cal.weekday)
    office = bool(rng.random() < 0.5)
    weekend = rng.uniform(0.2, 0.6) if office else rng.uniform(0.85, 1.2)
    week = np.where(cal.weekday >= 5, weekend, 1.0) * rng.uniform(0.95, 1.05, 7)[cal.weekday]
    if office:
        week = np.where(cal.holiday, weekend * 1.1, week)
    mood = np.zeros(n)
    for t in range(1, n):
        mood[t] = 0.7 * mood[t - 1] + rng.normal(0, 0.025)
    growth = np.exp(rng.normal(0.0008, 0.0012) * np.arange(n))
    return Account(week * growth * np.exp(mood), float(np.exp(rng.normal(0, 1.1))))


def compute(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Machines that are always on, and a group that scales with traffic, in whole machines."""
    price = float(rng.choice([0.0416, 0.096, 0.192, 0.768, 1.53])) * 24
    fixed = rng.poisson(2 + 4 * account.scale) * price
    need = account.traffic * rng.uniform(1, 12) * account.scale
    group = np.ceil(need + rng.normal(0, 0.15, len(need)))
    return Meter("compute", np.maximum(fixed + group * price, 0), float(rng.uniform(0.02, 0.06)))


def database(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Instances, storage that grows, and requests."""
    base = rng.integers(1, 6) * float(rng.choice([4.1, 8.7, 17.4, 41.8])) * max(account.scale, 0.5)
    storage = rng.uniform(0.5, 5) * account.scale * (1 + 0.002 * np.arange(len(cal.weekday)))
    return Meter("database", base + storage + rng.uniform(0, 3) * account.traffic, 0.01)


def storage(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Bytes at rest that pile up, lifecycle at the month's start, and requests."""
    n = len(cal.weekday)
    pile = 1 + rng.uniform(0.0002, 0.004) * np.arange(n)
    sweep = 1 - rng.choice([0.0, 0.05]) * (cal.day_of_month <= 2)
    return Meter(
        "storage", rng.uniform(2, 60) * account.scale * (pile * sweep + 0.15 * account.traffic), 0.008
    )


def functions(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Calls, free up to a monthly allowance."""
    use = rng.uniform(3, 50) * account.scale * account.traffic
    costs = use.copy()
    if rng.random() < 0.4:
        allowance = rng.uniform(2, 12) * float(use.mean())
        for month in np.unique(cal.month):
            days = cal.month == month
            costs[days] = np.clip(np.cumsum(use[days]) - allowance, 0, use[days])
        return Meter("functions_free", costs, 0.05, is_daily=False)
    return Meter("functions", costs, float(rng.uniform(0.03, 0.1)))


def transfer(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Gigabytes out: heavier noise than calls, and large exports now and then."""
    use = rng.uniform(2, 80) * account.scale * account.traffic
    return Meter("transfer", use * np.exp(rng.standard_t(5, len(use)) * 0.08), 0.02)


def analytics(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Ad-hoc queries and clusters: some weekdays many, some none."""
    workday = (cal.weekday < 5) & ~cal.holiday
    jobs = rng.poisson(rng.uniform(0.3, 3) * np.where(workday, 1.0, 0.1))
    sizes = np.array([rng.gamma(1.5, 1.0, k).sum() for k in jobs])
    return Meter("analytics", sizes * rng.uniform(5, 60) * account.scale, 0.01, is_daily=False)


def cron(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """A job by timetable: weekly, on the first and fifteenth, or on workdays only."""
    due = [
        cal.weekday == rng.integers(7),
        (cal.day_of_month == 1) | (cal.day_of_month == 15),
        (cal.weekday < 5),
    ][int(rng.choice(3, p=[0.45, 0.2, 0.35]))]
    idle = rng.choice([0.0, 0.02])
    return Meter(
        "cron", rng.uniform(10, 200) * account.scale * np.where(due, 1.0, idle), 0.06, is_daily=False
    )


def training(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Campaigns of several days, weeks apart: that is how this team works."""
    n = len(cal.weekday)
    costs = np.zeros(n)
    t = int(rng.integers(0, 12))
    price = rng.uniform(30, 300) * account.scale
    while t < n:
        length = int(rng.integers(1, 6))
        costs[t : t + length] = price * rng.uniform(0.6, 1.4)
        t += length + int(rng.integers(2, 15))
    return Meter("training", costs, 0.08, can_leak=False, is_daily=False)


def contract(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """Charges by the month: commitment fees and Marketplace on the first, Support on the sixth or seventh."""
    day = int(rng.choice([1, 1, 1, 3, 6, 7]))
    size = rng.uniform(15, 900) * account.scale
    costs = (
        size * (cal.day_of_month == day) * np.exp(rng.normal(0, rng.choice([0.0, 0.08]), len(cal.weekday)))
    )
    return Meter("contract", costs, 0.0, can_leak=False, is_daily=False)


def mixed_fee(rng: Rng, cal: Calendar, account: Account) -> Meter:
    """A service with daily use and a fee on the first, such as a gateway with a reservation."""
    meter = database(rng, cal, account)
    meter.costs += (cal.day_of_month == 1) * meter.costs.mean() * rng.uniform(1, 15)
    return Meter("mixed_fee", meter.costs, 0.01)


SERVICES = (
    compute,
    compute,
    database,
    storage,
    functions,
    transfer,
    analytics,
    cron,
    training,
    contract,
    mixed_fee,
)


def fleet(seed: int, n_series: int = 1500, n_days: int = 180) -> LabelledBill:
    """A labelled bill of this world."""
    rng = np.random.default_rng([2, seed])
    first_day = date(2025, 2, 1 + int(rng.integers(28)))
    cal = Calendar.of(first_day, n_days)
    ledger = Ledger("fleet", first_day, n_days)
    while len(ledger.rows) < n_series:
        account = _account(rng, cal)
        for service in SERVICES:
            meter = service(rng, cal, account)
            noise = np.exp(meter.spread * rng.standard_normal(n_days))
            series = ledger.add(meter.family, meter.costs * noise)
            opened = _open(rng, ledger, series)
            if rng.random() < 0.5:
                _mishap(rng, ledger, meter, opened=opened)
    return ledger.close()


def _open(rng: Rng, ledger: Ledger, series: int) -> int:
    """The day a service is first used: mostly before the bill. Ten dollars within four days make an event."""
    if rng.random() < 0.88:
        return 0
    opened = int(rng.integers(4, ledger.n_days - 30))
    costs = ledger.rows[series]
    costs[:opened] = 0
    used = np.flatnonzero(costs > 0)
    if used.size == 0:
        return opened
    first = int(used[0])
    if costs[first : first + 4].max() >= 10:
        ledger.label(Event(series, "new", first, first + 6, float(costs[first : first + 7].sum()), np.inf))
    else:
        ledger.hush(series, first, first + 9)
    return opened


def _mishap(rng: Rng, ledger: Ledger, meter: Meter, *, opened: int) -> None:
    """Something goes wrong once, at a size people would want to know of."""
    series = len(ledger.rows) - 1
    costs = ledger.rows[series]
    n = ledger.n_days
    if n - 14 <= opened + 24:
        return
    first = int(rng.integers(opened + 24, n - 14))
    recent = costs[first - 28 : first]
    usual = float(recent[recent > 0].mean()) if (recent > 0).sum() >= 4 else 0.0
    spread = float(np.std(np.diff(np.log(recent + 0.1 * usual + 1e-9)))) if usual else 0.0
    if usual < 8:
        if meter.family == "contract" and first > 100:
            _forget_charge(ledger, series, first)
        return
    before = costs.copy()
    end, kind = _happen(rng, costs, meter, first=first, usual=usual)
    end = min(end, n - 1)
    moved = float(np.abs(costs - before)[first : end + 1].sum())
    size = moved / max(float(before[first : end + 1].sum()), 1e-9)
    visible = size >= max(0.3, 2.5 * spread) if meter.is_daily or kind in {"spike", "step_up"} else True
    if not kind or moved / (end - first + 1) < 8 or not visible:
        costs[:] = before
        return
    ledger.label(Event(series, kind, first, end, moved, size))


def _happen(rng: Rng, costs: Floats, meter: Meter, *, first: int, usual: float) -> tuple[int, str]:
    """One mishap from day `first` on, written into the costs; its last day and its kind."""
    n = len(costs)
    what = str(
        rng.choice(
            ["runaway", "forgotten", "leak", "outage", "deleted", "rightsized", "reprice"],
            p=[0.3, 0.22, 0.16, 0.12, 0.08, 0.07, 0.05],
        )
    )
    size = usual * float(np.exp(rng.uniform(np.log(0.4), np.log(8))))
    if what == "runaway":
        length = int(rng.choice([1, 1, 2, 3]))
        shape = np.array([rng.uniform(0.5, 1), 1.0, rng.uniform(0.4, 1)])[:length]
        costs[first : first + length] += (size * shape / shape.max())[: n - first]
        return first + length - 1, "spike"
    if what == "forgotten":
        costs[first:] += size
        costs[first] -= size * rng.uniform(0, 0.6)
        if rng.random() < 0.4:
            cleaned = first + int(rng.integers(8, 40))
            costs[cleaned:] -= np.minimum(size, costs[cleaned:])
        return first + 6, "step_up"
    return (
        _happen_daily(rng, costs, meter, first=first, what=(what, usual)) if meter.is_daily else (first, "")
    )


def _happen_daily(
    rng: Rng, costs: Floats, meter: Meter, *, first: int, what: tuple[str, float]
) -> tuple[int, str]:
    """A mishap of a meter that runs every day, likewise."""
    n = len(costs)
    name, usual = what
    if name == "leak":
        if not meter.can_leak:
            return first, ""
        length = int(rng.integers(20, 50))
        costs[first:] += usual * rng.uniform(0.4, 2.0) * np.minimum(np.arange(n - first) + 1, length) / length
        return min(first + length, n - 1), "drift_up"
    if name == "outage":
        length = int(rng.integers(1, 4))
        costs[first : first + length] *= rng.choice([0.0, 0.3])
        return first + length - 1, "drop"
    factor = {"deleted": 0.0, "rightsized": rng.uniform(0.2, 0.6), "reprice": rng.uniform(1.5, 2.5)}[name]
    costs[first:] *= factor
    return first + 6, {"deleted": "gone", "rightsized": "step_down", "reprice": "step_up"}[name]


def _forget_charge(ledger: Ledger, series: int, first: int) -> None:
    """The next monthly charge from day `first` on does not come."""
    costs = ledger.rows[series]
    due = np.flatnonzero(costs[first:] > 0)
    if due.size == 0:
        return
    day = first + int(due[0])
    amount = float(costs[day])
    if amount < 20 or (costs[:day] > 0).sum() < 3:
        return
    costs[day] = 0
    ledger.label(Event(series, "missing", day, min(day + 4, len(costs) - 1), amount, 1.0), aftermath=2)
