"""Cost over time and period against period: totals, growth, movers.

Knows Panels; says nothing of what is odd.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import fsum

import numpy as np

from aws_cost_anomalies.errors import InvalidArgument, MixedCurrencies
from aws_cost_anomalies.model.answers import Comparison, Mover, TrendRow, Trends, View
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.model.scope import Scope

HALF_A_CENT = 0.005
"""Amounts below this are nothing, and changes below it are none."""
TOTAL = Scope()


def _day(day: date) -> Period:
    return Period(day, day + ONE_DAY)


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=7))


def _month(day: date) -> Period:
    return BillingPeriod.of(day).period


GRANULARITIES: dict[str, Callable[[date], Period]] = {"daily": _day, "weekly": _week, "monthly": _month}


def trends(panel: Panel, *, granularity: str, top: int, view: View) -> Trends:
    """Cost per bucket of the scopes with the largest totals, of all others together, and of everything.

    A bucket's cost is the sum of its known days in the window, None when it has none. The change compares the
    last two whole buckets, those whose days all lie in the window and are settled, so day over day means the
    last two settled days; without two, or with an unknown day in one of them, it is None. Scopes rank by
    |total|, then by name.

    Args:
        panel: the window; its scopes are the rows.
        granularity: daily, weekly (from Monday) or monthly.
        top: how many scopes get a row of their own.
        view: what the panel rests on; `settled_through` says which days are settled.

    Raises:
        InvalidArgument: another granularity.
    """
    if granularity not in GRANULARITIES:
        raise InvalidArgument("The granularity", granularity, ", ".join(GRANULARITIES))
    buckets = sorted({GRANULARITIES[granularity](day) for day in panel.period})
    whole = [bucket for bucket in buckets if _is_whole(bucket, panel.period, view.settled_through)]
    compared = (whole[-2], whole[-1]) if len(whole) > 1 else None
    totals = [_total(costs) for costs in panel.costs]
    ranked = sorted(range(len(totals)), key=lambda index: (-abs(totals[index]), panel.scopes[index]))
    shown, rest = ranked[:top], ranked[top:]
    rows = [(panel.scopes[index], panel.costs[index]) for index in shown]
    if rest:
        rows.append((_other(panel.scopes[rest[0]]), _together(panel.costs[rest])))
    rows.append((TOTAL, _together(panel.costs)))
    made = [_row(scope, costs, panel.period, buckets=buckets, compared=compared) for scope, costs in rows]
    return Trends(
        view=view,
        granularity=granularity,
        buckets=tuple(bucket.start for bucket in buckets),
        rows=tuple(made[: len(shown)]),
        other=made[-2] if rest else None,
        total=made[-1],
        compared=(compared[0].start, compared[1].start) if compared else None,
    )


def compare(
    panel_a: Panel, panel_b: Panel, *, top: int, view: View, loaded: tuple[int, int] | None = None
) -> Comparison:
    """Two periods side by side: the scopes that moved most, all others together, and everything.

    Known days are summed exactly; periods of different length are not scaled. A scope is new or gone when the
    other period has less than half a cent of it.

    Args:
        panel_a: the earlier period.
        panel_b: the later one; a scope that only one of them has costs nothing in the other.
        top: how many movers are told one by one.
        view: what the panels rest on.
        loaded: how many days of each period are loaded; None means all.

    Raises:
        MixedCurrencies: the periods are in different ones.
    """
    if panel_a.currency != panel_b.currency:
        raise MixedCurrencies((panel_a.currency, panel_b.currency))
    before = dict(zip(panel_a.scopes, map(_total, panel_a.costs), strict=True))
    after = dict(zip(panel_b.scopes, map(_total, panel_b.costs), strict=True))
    scopes = {**before, **after}
    movers = [_mover(scope, before.get(scope, 0.0), after.get(scope, 0.0)) for scope in scopes]
    movers.sort(key=lambda mover: (-abs(mover.change), mover.scope))
    shown, rest = movers[:top], movers[top:]
    total, days = _sum(TOTAL, movers), loaded or (panel_a.period.days, panel_b.period.days)
    return Comparison(
        view=view,
        a=panel_a.period,
        b=panel_b.period,
        movers=tuple(shown),
        other=_sum(_other(rest[0].scope), rest) if rest else None,
        total=total,
        a_day=_mover(TOTAL, total.a / days[0], total.b / days[1]),
        loaded=days,
    )


def _other(like: Scope) -> Scope:
    """A scope named `other` on the first dimension of its like."""
    return Scope(tuple((key, "other") for key, _ in like.values[:1]))


def _total(costs: Floats) -> float:
    """The sum of what is known, rounded once."""
    return fsum(costs[~np.isnan(costs)].tolist())


def _together(costs: Floats) -> Floats:
    """Sum over scopes of what is known, NaN on a day that none knows: (n_days,)."""
    return np.array([_total(day) if not np.isnan(day).all() else np.nan for day in costs.T])


def _is_whole(bucket: Period, period: Period, settled_through: date | None) -> bool:
    """Whether all its days lie in the window and are settled."""
    is_settled = settled_through is not None and bucket.last_day <= settled_through
    return is_settled and bucket.start in period and bucket.last_day in period


def _row(
    scope: Scope,
    costs: Floats,
    period: Period,
    *,
    buckets: Sequence[Period],
    compared: tuple[Period, Period] | None,
) -> TrendRow:
    days = {b: costs[max(period.index(b.start), 0) : max(period.index(b.end), 0)] for b in buckets}
    sums = [None if np.isnan(known).all() else _total(known) for known in days.values()]
    before, last = (
        [None if np.isnan(days[b]).any() else _total(days[b]) for b in compared] if compared else (None, None)
    )
    change = None if before is None or last is None else last - before
    return TrendRow(
        scope=scope,
        costs=tuple(sums),
        total=_total(costs),
        change=change,
        change_percentage=None if change is None or before is None else _percent(change, before),
    )


def _percent(change: float, of: float) -> float | None:
    """None when there is nothing to compare with."""
    return 100.0 * change / abs(of) if abs(of) >= HALF_A_CENT else None


def _mover(scope: Scope, a: float, b: float) -> Mover:
    change = b - a
    if abs(change) < HALF_A_CENT:
        kind = "same"
    elif abs(a) < HALF_A_CENT:
        kind = "new"
    elif abs(b) < HALF_A_CENT:
        kind = "gone"
    else:
        kind = "up" if change > 0 else "down"
    return Mover(scope, a, b, change, _percent(change, a), kind)


def _sum(scope: Scope, movers: Sequence[Mover]) -> Mover:
    return _mover(scope, fsum(mover.a for mover in movers), fsum(mover.b for mover in movers))
