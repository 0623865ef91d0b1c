"""Charges as a dense array: what is zero, what is unknown, what is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from daily_bills import APRIL, LATER, MARCH, charge, days_of, load, month_bill, range_bill

from aws_cost_anomalies.errors import InvalidArgument, MixedCurrencies, NoData
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.store import Store, panels
from aws_cost_anomalies.store.panels import CELLS_SUMMED_EXACTLY

AS_OF = date(2026, 6, 1)
WEEK = Period(MARCH, date(2026, 3, 8))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


def asked(store: Store, by: str = "", *, period: Period = WEEK, as_of: date = AS_OF, **more: object) -> Panel:
    query = PanelQuery(period, "cur", Dimension.parse(by), **more)  # type: ignore[arg-type]
    return store.panel(query, as_of=as_of)


def rows(panel: Panel) -> dict[str, list[float | None]]:
    """Scope → costs, unknown as None."""
    costs = [[None if np.isnan(c) else c for c in row] for row in panel.costs.tolist()]
    return dict(zip(map(str, panel.scopes), costs, strict=True))


def test_a_settled_day_without_a_charge_is_zero(store: Store) -> None:
    load(store, month_bill(MARCH), [*days_of(MARCH, ["1.5"] * 31), charge(date(2026, 3, 3), "7", "EC2")])
    panel = asked(store, "service")
    assert rows(panel) == {"Amazon S3": [1.5] * 7, "EC2": [0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 0.0]}
    assert panel.settled.all()
    assert panel.settled.shape == (2, 7)
    assert (panel.metric, panel.currency, panel.data_source) == ("EffectiveCost", "USD", "cur")


def test_an_unsettled_day_is_a_lower_bound_or_unknown(store: Store) -> None:
    now = datetime(2026, 3, 6, 9, tzinfo=UTC)
    charges = [*days_of(MARCH, ["1"] * 6), charge(date(2026, 3, 2), "7", "EC2")]
    load(store, month_bill(MARCH), charges, now=now)
    panel = asked(store, "service", as_of=date(2026, 3, 6))
    assert rows(panel) == {
        "Amazon S3": [1.0] * 6 + [None],
        "EC2": [0.0, 7.0, 0.0, 0.0, None, None, None],
    }
    assert panel.settled.tolist() == [[True] * 4 + [False] * 3] * 2


def test_days_no_load_covers_are_unknown(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(date(2026, 3, 10), ["1"] * 5))
    panel = asked(store, period=Period(date(2026, 3, 8), date(2026, 3, 17)))
    assert rows(panel) == {"total": [None, None, 1.0, 1.0, 1.0, 1.0, 1.0, None, None]}
    assert panel.settled.tolist() == [[False] * 2 + [True] * 5 + [False] * 2]


def test_a_charge_on_a_day_no_load_covers_is_not_hidden(store: Store) -> None:
    load(store, month_bill(MARCH), [charge(date(2026, 2, 28), "-3", "Credit"), *days_of(MARCH, ["1"] * 2)])
    panel = asked(store, "service", period=Period(date(2026, 2, 27), date(2026, 3, 3)))
    assert rows(panel) == {"Amazon S3": [None, None, 1.0, 1.0], "Credit": [None, -3.0, 0.0, 0.0]}
    assert not panel.settled[:, :2].any()


def test_a_range_without_a_charge_is_zero_up_to_its_end(store: Store) -> None:
    load(store, range_bill(WEEK, source="cur"), days_of(MARCH, ["1", "2"]))
    assert rows(asked(store)) == {"total": [1.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0]}


def test_days_after_as_of_are_unknown_and_as_of_itself_is_not_settled(store: Store) -> None:
    load(store, month_bill(MARCH), [*days_of(MARCH, ["1"] * 7), charge(date(2026, 3, 6), "1", "Tomorrow's")])
    panel = asked(store, "service", as_of=date(2026, 3, 5))
    assert rows(panel) == {"Amazon S3": [1.0] * 5 + [None] * 2}
    assert panel.settled.tolist() == [[True] * 4 + [False] * 3]


def test_hours_to_settle_are_per_data_source(tmp_path: Path) -> None:
    now = datetime(2026, 3, 8, tzinfo=UTC)
    settled = {}
    for hours in ({"cur": 0, "": 48}, {"focus": 0, "": 48}, {"focus": 0}, 36):
        store = Store(tmp_path / f"{len(settled)}.duckdb", settle_hours=hours)
        load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 7), now=now)
        settled[str(hours)] = int(asked(store, as_of=date(2026, 3, 8)).settled.sum())
    assert list(settled.values()) == [7, 5, 6, 5]


def test_exports_sum_and_data_sources_do_not(store: Store) -> None:
    for bill in (month_bill(MARCH), month_bill(MARCH, export="other"), month_bill(MARCH, source="focus")):
        load(store, bill, days_of(MARCH, ["1.25"] * 31, account=bill.export))
    assert rows(asked(store)) == {"total": [2.5] * 7}


def test_opposite_charges_cancel_exactly(store: Store) -> None:
    amounts = ["0.1", "0.2", "-0.3", "1e-12", "-1e-12"]
    load(
        store,
        month_bill(MARCH),
        [charge(MARCH, f"{Decimal(a):f}", account=str(i)) for i, a in enumerate(amounts)],
    )
    assert asked(store).costs[0, 0] == 0.0


@pytest.mark.parametrize("rows_summed_first", [0, 2_000_000])
def test_a_panel_too_large_for_exact_sums_holds_the_same_costs(
    store: Store, rows_summed_first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "ROWS_SUMMED_FIRST", rows_summed_first)
    charges = [
        charge(
            date(2026, 3, 1 + n % 31), f"{n}.{n:03d}", f"Service {n % 300}", account=str(n), blended=blended
        )
        for n, blended in zip(range(900), [Decimal(1), None] * 450, strict=True)
    ]
    load(store, month_bill(MARCH), charges)
    decade, month = Period(date(2016, 4, 1), APRIL), Period(MARCH, APRIL)
    for metric in ("EffectiveCost", "x_BlendedCost"):
        large = asked(store, "service", period=decade, metric=metric)
        small = asked(store, "service", period=month, metric=metric)
        assert large.costs.size > CELLS_SUMMED_EXACTLY > small.costs.size
        assert large.scopes == small.scopes
        np.testing.assert_allclose(large.costs[:, -31:], small.costs, rtol=1e-14)
        assert np.isnan(large.costs[:, :-31]).all()


def test_dimensions_combine_in_the_order_asked(store: Store) -> None:
    charges = [
        charge(MARCH, "1", "S3", account="2", region=None, tags={"team": "a", "env": "prod"}),
        charge(MARCH, "2", None, account="1", tags={"team": "(none)"}),
        charge(MARCH, "4", "(none)", account="1"),
    ]
    load(store, month_bill(MARCH), charges)
    day = Period(MARCH, date(2026, 3, 2))
    assert rows(asked(store, "service+account", period=day)) == {"(none) · 1": [6.0], "S3 · 2": [1.0]}
    assert rows(asked(store, "account+service", period=day)) == {"1 · (none)": [6.0], "2 · S3": [1.0]}
    assert rows(asked(store, "tag:team", period=day)) == {"(none)": [6.0], "a": [1.0]}
    assert rows(asked(store, "region+tag:env", period=day)) == {
        "(none) · prod": [1.0],
        "us-east-1 · (none)": [6.0],
    }
    assert asked(store, "tag:team", period=day).scopes[1] == Scope((("tag:team", "a"),))
    assert rows(asked(store, "", period=day)) == {"total": [7.0]}


@pytest.mark.parametrize(
    "text",
    ["it's", 'a"b', "[/x]", "{{keys}}", "a @ b", "$1", "?", "'; SELECT 1; --", "naïve ☂", "(None)", "\\'"],
)
def test_any_text_is_a_value_and_a_tag_key(store: Store, text: str) -> None:
    load(store, month_bill(MARCH), [charge(MARCH, "1", text, tags={text: text}), charge(MARCH, "2", "other")])
    day = Period(MARCH, date(2026, 3, 2))
    panel = asked(store, f"service+tag:{text}", period=day, within=Scope((("ServiceName", text),)))
    assert panel.scopes == (Scope((("ServiceName", text), (f"tag:{text}", text))),)
    panel = asked(store, period=day, within=Scope(((f"tag:{text}", text),)))
    assert panel.costs.tolist() == [[1.0]]
    assert store.tag_keys() == (text,)


def test_only_the_slice_asked_for_counts(store: Store) -> None:
    charges = [
        charge(MARCH, "1"),
        charge(MARCH, "2", category="Tax"),
        charge(MARCH, "4", publisher="Datadog Inc."),
        charge(MARCH, "8", account="9", region=None),
        charge(MARCH, "16", publisher=None, currency="USD", tags={"team": "a"}),
    ]
    load(store, month_bill(MARCH), charges)
    day = Period(MARCH, date(2026, 3, 2))

    def total(**more: object) -> float:
        return float(asked(store, period=day, **more).costs[0, 0])

    assert total() == 31
    assert total(charge_categories=("Tax",)) == 2
    assert total(charge_categories=("Tax", "Usage")) == 31
    assert total(marketplace=False) == 27
    assert total(within=Scope((("SubAccountId", "9"),))) == 8
    assert total(within=Scope((("RegionId", "(none)"),))) == 8
    assert total(within=Scope((("SubAccountId", "111111111111"), ("tag:team", "a")))) == 16
    assert total(within=Scope((("tag:team", "(none)"),))) == 15


def test_currencies_are_never_summed(store: Store) -> None:
    load(store, month_bill(MARCH), [charge(MARCH, "1"), charge(MARCH, "5", "EC2", currency="EUR")])
    with pytest.raises(MixedCurrencies, match="EUR, USD"):
        asked(store)
    euros = asked(store, "service", currency="EUR")
    assert (rows(euros)["EC2"][0], euros.currency, len(euros.scopes)) == (5.0, "EUR", 1)
    assert asked(store, within=Scope((("ServiceName", "EC2"),))).currency == "EUR"
    with pytest.raises(NoData, match="of GBP on 2026-03-01") as nothing:
        asked(store, currency="GBP")
    assert nothing.value.hint == "cur has charges from 2026-03-01 to 2026-03-01, in EUR, USD."


def test_a_metric_that_nothing_states_is_no_zero(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 7))
    with pytest.raises(NoData, match="with the metric x_BlendedCost in cur") as nothing:
        asked(store, metric="x_BlendedCost")
    assert nothing.value.hint == "It states unblended, net-amortized: choose one of them with `--metric`."
    stated = [charge(MARCH, "1", blended=Decimal("0.5")), charge(MARCH, "2", "Tax")]
    load(store, month_bill(MARCH, version="2"), stated)
    assert rows(asked(store, "service", metric="x_BlendedCost", period=Period(MARCH, date(2026, 3, 2)))) == {
        "Amazon S3": [0.5],
        "Tax": [0.0],
    }


@pytest.mark.parametrize("name", ["resource", "operation"])
def test_what_only_line_items_know_is_said(store: Store, name: str) -> None:
    load(store, month_bill(MARCH), [charge(MARCH, "1")])
    with pytest.raises(InvalidArgument, match=name) as refused:
        asked(store, name)
    assert "line items" in refused.value.hint
    with pytest.raises(InvalidArgument):
        asked(store, within=Scope(((Dimension(name).key, "x"),)))


def test_names_that_are_no_dimension_or_metric_are_refused(store: Store) -> None:
    load(store, month_bill(MARCH), [charge(MARCH, "1")])
    with pytest.raises(InvalidArgument, match="colour"):
        asked(store, within=Scope((("colour", "x"),)))
    with pytest.raises(InvalidArgument, match='BilledCost"; DROP'):
        asked(store, metric='BilledCost"; DROP TABLE x; --')


def test_nothing_there_is_said_with_what_there_is(store: Store) -> None:
    with pytest.raises(NoData, match="in the database"):
        asked(store)
    load(store, month_bill(MARCH), [charge(MARCH, "1")])
    with pytest.raises(NoData) as nothing:
        asked(store, period=Period(APRIL, date(2026, 4, 3)), within=Scope((("ServiceName", "EC2"),)))
    assert nothing.value.message == (
        "There is no cost data in cur of ServiceName=EC2 on 2026-04-01..2026-04-02."
    )
    with pytest.raises(NoData, match="in focus"):
        store.panel(PanelQuery(WEEK, "focus"), as_of=AS_OF)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"])
def test_days_are_utc_days_whatever_the_machine_thinks(
    store: Store, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31), now=datetime(2026, 3, 5, 0, 0, tzinfo=UTC))
    (kept,) = store.loads()
    assert kept.loaded_at == datetime(2026, 3, 5, tzinfo=UTC)
    assert asked(store).settled.sum() == 3
    assert store.coverage(date(2026, 3, 5))[0].settled_through == date(2026, 3, 3)


def test_coverage_tells_what_is_there(store: Store) -> None:
    assert store.coverage(AS_OF) == ()
    load(store, month_bill(MARCH), days_of(date(2026, 3, 3), ["1"] * 20))
    load(store, month_bill(MARCH, export="other"), [charge(MARCH, "1", currency="EUR")])
    load(store, range_bill(WEEK), days_of(MARCH, ["1"] * 2), now=datetime(2026, 3, 8, 9, tzinfo=UTC))
    explorer, cur = store.coverage(AS_OF)
    assert (explorer.data_source, explorer.covered, explorer.rows) == ("cost_explorer", WEEK, 2)
    assert explorer.settled_through == date(2026, 3, 6)
    assert (cur.data_source, cur.covered) == ("cur", Period(MARCH, date(2026, 3, 23)))
    assert (cur.currencies, cur.exports, cur.rows) == (("EUR", "USD"), ("daily", "other"), 21)
    assert (cur.settled_through, cur.loaded_at) == (date(2026, 3, 22), LATER)


def test_coverage_ends_before_the_day_of_the_question(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    (cur,) = store.coverage(date(2026, 3, 10))
    assert (cur.covered, cur.settled_through) == (Period(MARCH, date(2026, 3, 10)), date(2026, 3, 9))
    assert store.coverage(MARCH) == ()


def test_the_newest_name_of_an_account_counts(store: Store) -> None:
    first = charge(MARCH, "1", account="1", account_name="old")
    charges = [
        first,
        charge(date(2026, 3, 2), "1", account="1", account_name="new"),
        charge(MARCH, "1", account="2"),
    ]
    load(store, month_bill(MARCH), charges)
    assert store.account_names() == {"1": "new"}


def test_an_empty_store_answers_every_question(store: Store) -> None:
    answers = (
        store.loads(), store.coverage(AS_OF), store.restatements(), store.account_names(), store.tag_keys(),
        store.api_calls(), store.anomalies(), store.feedback(),
    )  # fmt: skip
    assert not any(answers)
    assert not store.exists()
