"""A service that is charged for late settles later: learned from what loads added to closed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from daily_bills import APRIL, MARCH, Charge, charge, load, month_bill

from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.store import Store

LATE = "AWS Marketplace"
IN_TIME = "Amazon S3"
LAST = date(2026, 3, 14)
LateBy = Callable[[date], int]


def six_in_the_morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def daily_loads(
    store: Store,
    *,
    last: date = LAST,
    late_by: LateBy = lambda _: 3,
    first_loaded: date = date(2026, 3, 10),
    share: str = "1",
) -> None:
    """A load each morning; of the late service's 40 a day a share comes days after the rest of its day."""
    morning = first_loaded
    while morning <= last:
        charges: list[Charge] = []
        for back in range(1, (morning - MARCH).days + 1):
            day = morning - back * ONE_DAY
            charges.append(charge(day, "10", IN_TIME))
            in_time = 40 * (1 - Decimal(share))
            cost = Decimal(40) if back > late_by(day) else in_time
            if cost:
                charges.append(charge(day, cost, LATE))
        load(store, month_bill(MARCH, version=str(morning)), charges, now=six_in_the_morning(morning))
        morning += ONE_DAY


def asked(store: Store, by: str = "service", *, as_of: date = LAST, within: Scope | None = None) -> Panel:
    period = Period(MARCH, as_of)
    query = PanelQuery(period, "cur", Dimension.parse(by) if by else (), within=within or Scope())
    return store.panel(query, as_of=as_of)


def settled_days(panel: Panel) -> dict[str, int]:
    """Scope → day of the month of its last settled day."""
    return {
        scope.as_dict().get("ServiceName", "total"): int(np.flatnonzero(row)[-1]) + 1
        for scope, row in zip(panel.scopes, panel.settled, strict=True)
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb", settle_hours=24)


def test_a_service_that_comes_three_days_late_is_settled_three_days_late(store: Store) -> None:
    daily_loads(store)
    panel = asked(store)
    assert settled_days(panel) == {IN_TIME: 12, LATE: 10}
    late = panel.row(Scope((("ServiceName", LATE),)))
    assert late[9] == 40.0
    assert np.isnan(late[10:]).all(), "nothing charged yet is unknown, not zero"


def test_its_slice_is_as_late_and_a_total_is_not(store: Store) -> None:
    daily_loads(store)
    its_own = asked(store, "account", within=Scope((("ServiceName", LATE),)))
    assert settled_days(its_own) == {"total": 10}
    assert settled_days(asked(store, "")) == {"total": 12}


def test_two_loads_are_no_habit(store: Store) -> None:
    tenth, eleventh = date(2026, 3, 10), date(2026, 3, 11)
    daily_loads(store, first_loaded=date(2026, 3, 8), last=tenth)
    assert len({r.day for r in store.restatements()}) == 2
    assert settled_days(asked(store, as_of=tenth))[LATE] == 8
    daily_loads(store, first_loaded=eleventh, last=eleventh)
    assert settled_days(asked(store, as_of=eleventh))[LATE] == 7


def test_a_late_share_of_pennies_makes_nothing_late(store: Store) -> None:
    daily_loads(store, share="0.04")
    assert settled_days(asked(store)) == {IN_TIME: 12, LATE: 12}
    daily_loads(store, share="0.5")
    assert settled_days(asked(store))[LATE] == 10


def test_what_comes_after_a_week_is_restated_and_not_late(store: Store) -> None:
    daily_loads(store, late_by=lambda _: 8, first_loaded=date(2026, 3, 16), last=date(2026, 3, 20))
    assert store.restatements()
    assert settled_days(asked(store, as_of=date(2026, 3, 20)))[LATE] == 18


def test_what_was_late_two_months_ago_is_forgotten(store: Store) -> None:
    daily_loads(store)
    later = LAST + timedelta(days=61)
    load(store, month_bill(MARCH, version="whole"), [], now=six_in_the_morning(later))
    charges = [charge(APRIL + n * ONE_DAY, "40", name) for n in range(40) for name in (LATE, IN_TIME)]
    load(store, month_bill(APRIL), charges, now=six_in_the_morning(later))
    panel = store.panel(
        PanelQuery(Period(APRIL, later), "cur", Dimension.parse("service")), as_of=later + ONE_DAY
    )
    assert len(set(settled_days(panel).values())) == 1


def test_days_that_are_still_to_come_are_no_drop(store: Store) -> None:
    daily_loads(store, first_loaded=date(2026, 3, 28), last=date(2026, 3, 31))
    panel = asked(store, as_of=date(2026, 3, 31))
    assert not Forecast().detect(panel).mark[:, -7:].any()
    as_if_all_had_come = np.nan_to_num(panel.costs)
    trusting = Panel(
        panel.scopes,
        panel.period,
        as_if_all_had_come,
        np.ones_like(panel.settled),
        "EffectiveCost",
        "USD",
        "cur",
    )
    assert (Forecast().detect(trusting).mark[:, -3:] == Mark.LOW).any()
