"""Totals, growth and movers, by hand."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_cost_anomalies.analysis.trend import compare, trends
from aws_cost_anomalies.errors import InvalidArgument, MixedCurrencies
from aws_cost_anomalies.model.answers import Trends, View
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope

NAN = float("nan")
THURSDAY = date(2026, 7, 30)


def panel_of(costs: dict[str, list[float]], start: date = THURSDAY) -> Panel:
    days = len(next(iter(costs.values()), []))
    array = np.array(list(costs.values()), dtype=float).reshape(len(costs), days)
    return Panel(
        scopes=tuple(Scope((("ServiceName", name),)) for name in costs),
        period=Period(start, start + days * ONE_DAY),
        costs=array,
        settled=~np.isnan(array),
        metric="BilledCost",
        currency="USD",
        data_source="cur",
    )


def view_of(panel: Panel, unsettled: int = 0) -> View:
    settled = panel.period.last_day - unsettled * ONE_DAY
    return View("cur", "unblended", "USD", ("service",), panel.period, panel.period.last_day, settled)


def trend(
    costs: dict[str, list[float]], *, granularity: str = "daily", top: int = 10, unsettled: int = 0
) -> Trends:
    panel = panel_of(costs)
    return trends(panel, granularity=granularity, top=top, view=view_of(panel, unsettled))


def test_the_largest_totals_come_first_and_the_rest_is_other() -> None:
    answer = trend({"a": [1, 1], "b": [5, 6], "c": [-9, -9], "d": [2, 2]}, top=2)
    assert [str(row.scope) for row in answer.rows] == ["c", "b"]
    assert answer.other is not None
    assert (str(answer.other.scope), answer.other.costs) == ("other", (3.0, 3.0))
    assert (answer.total.costs, answer.total.total) == ((-1.0, 0.0), -1.0)
    assert trend({"a": [1, 1]}).other is None


def test_day_over_day_compares_the_last_two_settled_days() -> None:
    (row,) = trend({"a": [10, 20, 25, 3]}, unsettled=1).rows
    assert (row.change, row.change_percentage) == (5.0, 25.0)
    assert row.costs == (10, 20, 25, 3)


def test_there_is_no_percentage_of_nothing_and_no_change_of_the_unknown() -> None:
    assert trend({"a": [0, 20]}).rows[0].change_percentage is None
    assert trend({"a": [0, 20]}).rows[0].change == 20.0
    row = trend({"a": [10, NAN, 20], "b": [1, NAN, 2]}).total
    assert (row.costs, row.total, row.change) == ((11.0, None, 22.0), 33.0, None)
    assert trend({"a": [10]}).rows[0].change is None
    assert trend({"a": [10, 20]}, unsettled=1).rows[0].change is None


def test_weeks_begin_on_monday_and_only_whole_ones_are_compared() -> None:
    answer = trend({"a": [1.0] * 4 + [2.0] * 7 + [3.0] * 7 + [50.0] * 2}, granularity="weekly")
    assert [day.isoformat() for day in answer.buckets] == [
        "2026-07-27",
        "2026-08-03",
        "2026-08-10",
        "2026-08-17",
    ]
    assert answer.rows[0].costs == (4.0, 14.0, 21.0, 100.0)
    assert answer.rows[0].change == 7.0


def test_a_week_that_is_not_settled_is_not_compared() -> None:
    costs = {"a": [1.0] * 4 + [2.0] * 7 + [3.0] * 7}
    assert trend(costs, granularity="weekly", unsettled=1).rows[0].change is None


def test_months_are_calendar_months() -> None:
    answer = trend({"a": [1.0] * 2 + [1.0] * 31 + [2.0] * 30 + [1.0]}, granularity="monthly")
    assert [day.isoformat() for day in answer.buckets] == [
        "2026-07-01",
        "2026-08-01",
        "2026-09-01",
        "2026-10-01",
    ]
    assert answer.rows[0].costs == (2.0, 31.0, 60.0, 1.0)
    assert answer.rows[0].change == 29.0


def test_another_granularity_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="daily, weekly, monthly"):
        trend({"a": [1, 2]}, granularity="hourly")


def test_the_buckets_compared_are_the_last_two_whole_and_settled_ones() -> None:
    assert trend({"a": [10, 20, 25, 3]}, unsettled=1).compared == (date(2026, 7, 31), date(2026, 8, 1))
    weeks = {"a": [1.0] * 4 + [2.0] * 7 + [3.0] * 7 + [50.0] * 2}
    assert trend(weeks, granularity="weekly").compared == (date(2026, 8, 3), date(2026, 8, 10))
    assert trend(weeks, granularity="weekly", unsettled=3).compared is None
    assert trend(weeks, granularity="monthly").compared is None
    assert trend({"a": [10]}).compared is None
    assert trend({}).compared is None


def test_periods_in_different_currencies_are_not_compared() -> None:
    dollars = panel_of({"a": [1, 2]})
    euros = replace(dollars, currency="EUR")
    with pytest.raises(MixedCurrencies, match="USD, EUR"):
        compare(dollars, euros, top=10, view=view_of(dollars))


def test_an_empty_panel_has_an_empty_answer() -> None:
    answer = trend({})
    assert (answer.rows, answer.other, answer.total.total) == ((), None, 0.0)


def test_a_comparison_names_what_is_new_gone_up_down_and_the_same() -> None:
    a = panel_of({"up": [10, 10], "down": [9, 9], "gone": [5, 5], "same": [7, 7]})
    b = panel_of({"new": [40, 1], "up": [15, 15], "down": [8, 8], "same": [7, 7.001]}, date(2026, 9, 1))
    answer = compare(a, b, top=10, view=view_of(b))
    assert [(str(m.scope), m.kind, m.change) for m in answer.movers[:4]] == [
        ("new", "new", 41.0),
        ("gone", "gone", -10.0),
        ("up", "up", 10.0),
        ("down", "down", -2.0),
    ]
    assert answer.movers[4].kind == "same"
    assert (answer.movers[0].change_percentage, answer.movers[2].change_percentage) == (None, 50.0)
    assert (answer.a, answer.b, answer.other) == (a.period, b.period, None)


def test_what_is_not_shown_is_other_and_adds_up() -> None:
    a, b = panel_of({"x": [1.1], "y": [2.2], "z": [3.3]}), panel_of({"x": [2.2], "y": [2.3], "z": [NAN]})
    answer = compare(a, b, top=1, view=view_of(b))
    assert answer.other is not None
    assert [str(m.scope) for m in answer.movers] == ["z"]
    assert answer.other.a == pytest.approx(3.3)
    assert answer.total.b == pytest.approx(4.5)


cents = st.integers(-10_000_000, 10_000_000).map(lambda n: n / 100)


@given(st.lists(st.lists(cents, min_size=3, max_size=3), min_size=1, max_size=30), st.integers(1, 5))
def test_rows_and_other_add_up_to_the_total(costs: list[list[float]], top: int) -> None:
    answer = trend({str(n): row for n, row in enumerate(costs)}, top=top)
    shown = [*answer.rows, *([answer.other] if answer.other else [])]
    assert round(sum(round(row.total * 100) for row in shown)) == round(answer.total.total * 100)
