"""No charge counts twice, no payer's bill is lost to another's, and what was loaded can be dropped."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from daily_bills import APRIL, LATER, MARCH, Charge, charge, days_of, load, month_bill, range_bill, rolled_up

from aws_cost_anomalies.errors import BadBill, NoData
from aws_cost_anomalies.model.bill import ANY_DAY, RawBill
from aws_cost_anomalies.model.load import Overlap
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.store import Store

SPRING = Period(MARCH, date(2026, 6, 1))
TWICE = "count twice"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "costs.duckdb")


def whole(export: str) -> RawBill:
    """A bill whose files name no month."""
    return dataclasses.replace(month_bill(MARCH, export=export), billing_period="all", period=ANY_DAY)


def of_payer(payer: str, *, account: str | None = "111111111111", cost: str = "1") -> list[Charge]:
    return days_of(MARCH, [cost] * 31, payer=payer, account=account)


def in_folder(bill: RawBill, *origins: str) -> RawBill:
    (file,) = bill.files
    return dataclasses.replace(bill, files=tuple(dataclasses.replace(file, origin=each) for each in origins))


def total(store: Store) -> float:
    return float(np.nansum(store.panel(PanelQuery(SPRING, "cur"), as_of=date(2026, 7, 1)).costs))


def held(store: Store) -> list[tuple[str, str, int]]:
    return [(load.export, load.billing_period, load.rows) for load in store.loads()]


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"service": "AmazonS3"},
        {"payer": "999999999999"},
        {"region": None, "tags": {"team": "a"}},
    ],
    ids=["alike", "other names of services", "payer stated by one", "other details"],
)
def test_the_same_account_and_day_of_another_export_is_refused(
    store: Store, again: dict[str, object]
) -> None:
    load(store, month_bill(MARCH, export="hourly"), days_of(MARCH, ["1"] * 31))
    before = store.loads()
    with pytest.raises(BadBill, match=TWICE) as refused:
        load(store, month_bill(MARCH, export="daily"), days_of(date(2026, 3, 31), ["1"], **again))  # type: ignore[arg-type]
    assert refused.value.message == (
        "The bill 2026-03 of daily was not loaded: the bill 2026-03 of the export hourly holds charges of"
        " account 111111111111 on the same days, 2026-03-31 to 2026-03-31, and they would count twice."
    )
    assert "`report_name`" in refused.value.hint
    assert "`aws-cost-anomalies ingest --source cur --forget hourly --date 2026-03`" in refused.value.hint
    assert (store.loads(), total(store)) == (before, 31.0)


@pytest.mark.parametrize(
    "other",
    [
        {"account": "222222222222"},
        {"payer": "999999999999"},
        {"currency": "EUR"},
        {"account": None, "payer": "999999999999"},
    ],
    ids=["account", "payer", "currency", "account that is not stated, of another payer"],
)
def test_other_accounts_payers_and_currencies_add_up(store: Store, other: dict[str, object]) -> None:
    load(store, month_bill(MARCH, export="a"), of_payer("111111111111"))
    load(store, month_bill(MARCH, export="b"), days_of(MARCH, ["1"] * 31, **other))  # type: ignore[arg-type]
    assert held(store) == [("a", "2026-03", 31), ("b", "2026-03", 31)]
    assert store.overlaps() == ()


def test_a_bill_without_accounts_is_its_payers(store: Store) -> None:
    load(store, month_bill(MARCH, export="a"), of_payer("111111111111", account="111111111111"))
    with pytest.raises(BadBill, match=TWICE):
        load(store, month_bill(MARCH, export="b"), days_of(MARCH, ["1"], payer="111111111111", account=None))


def test_a_credit_of_no_account_in_both_makes_no_double_of_bills_that_name_accounts(store: Store) -> None:
    """Exports of two accounts of one payer, each with a credit that no account is named of."""
    for export, account in (("a", "111111111111"), ("b", "222222222222")):
        credit = charge(MARCH, "-0.5", payer="999999999999", account=None)
        load(store, month_bill(MARCH, export=export), [*of_payer("999999999999", account=account), credit])
    assert total(store) == 61.0
    assert store.overlaps() == ()


def test_bills_that_name_no_account_at_all_are_a_double(store: Store) -> None:
    load(store, month_bill(MARCH, export="a"), of_payer("999999999999", account=None))
    with pytest.raises(BadBill, match=TWICE):
        load(store, month_bill(MARCH, export="b"), of_payer("999999999999", account=None))


def test_late_charges_of_the_month_before_are_no_double(store: Store) -> None:
    """AWS bills them with the month that is open, whichever exports there are."""
    load(store, month_bill(MARCH, export="old"), days_of(MARCH, ["1"] * 31))
    late = [charge(date(2026, 3, 30), "-0.5"), *days_of(APRIL, ["1"] * 30)]
    load(store, month_bill(APRIL, export="old"), late)
    load(store, month_bill(APRIL, export="old", version="2"), late)
    load(store, whole("file"), days_of(date(2026, 5, 1), ["1"] * 9))
    with pytest.raises(BadBill, match=TWICE):
        load(store, month_bill(APRIL, export="new"), late)
    assert total(store) == 69.5


def test_a_move_from_one_export_to_another_keeps_the_first_where_both_are(store: Store) -> None:
    load(store, month_bill(MARCH, export="legacy"), days_of(MARCH, ["1"] * 31))
    with pytest.raises(BadBill, match=TWICE):
        load(store, month_bill(MARCH, export="cur2"), days_of(MARCH, ["1"] * 31))
    load(
        store, month_bill(APRIL, export="cur2"), [charge(date(2026, 3, 31), "2"), *days_of(APRIL, ["1"] * 30)]
    )
    assert total(store) == 63.0


def test_a_file_that_names_no_month_is_held_against_every_month(store: Store) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    for export in ("daily", "daily-00001"):
        with pytest.raises(BadBill, match="The bill all of .* the bill 2026-03 of the export daily holds"):
            load(store, whole(export), days_of(MARCH, ["1"] * 31))
    other = Store(store.path.with_name("other.duckdb"))
    load(other, whole("march"), days_of(MARCH, ["1"] * 31))
    with pytest.raises(BadBill, match="2026-03 of daily .* the bill all of the export march") as refused:
        load(other, month_bill(MARCH), days_of(MARCH, ["1"] * 31))
    assert "--forget march`" in refused.value.hint
    with pytest.raises(BadBill, match=TWICE):
        load(other, whole("copy"), days_of(MARCH, ["1"] * 31))


def test_late_charges_in_a_file_that_names_no_month_are_no_double(store: Store) -> None:
    march = [each for name in ("S3", "EC2", "RDS") for each in days_of(MARCH, ["1"] * 31, name)]
    late = charge(date(2026, 3, 30), "-1", "S3")
    load(store, whole("march"), march)
    load(store, whole("april"), [late, *days_of(APRIL, ["1"] * 30)])
    assert total(store) == 93 - 1 + 30
    assert store.overlaps() == ()


def test_a_store_that_holds_both_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("aws_cost_anomalies.store.twice.refuse_double", lambda *_: None)
        for export in ("a", "b"):
            load(store, month_bill(MARCH, export=export), days_of(MARCH, ["1"] * 31))
        load(store, whole("b"), days_of(MARCH, ["1"] * 31))
        load(store, month_bill(APRIL, export="c"), [charge(date(2026, 3, 30), "1"), charge(APRIL, "1")])
    assert store.overlaps() == (
        Overlap("cur", "a", "2026-03", "b", "2026-03"),
        Overlap("cur", "a", "2026-03", "b", "all"),
        Overlap("cur", "b", "2026-03", "b", "all"),
    )
    with store.writing(LATER) as writer:
        writer.forget("cur", "b")
    assert store.overlaps() == ()


A, B = (
    "s3://bills/orgA/daily/data/BILLING_PERIOD=2026-03/x.parquet",
    "s3://bills/orgB/daily/20260301-20260401/y.csv.gz",
)


def test_another_payers_bill_of_the_same_name_is_refused(store: Store) -> None:
    load(store, in_folder(month_bill(MARCH), A), of_payer("111111111111"))
    other = in_folder(month_bill(MARCH, version="2"), B)
    with pytest.raises(
        BadBill, match="2026-03 of daily .* payer 999999999999.* payer 111111111111"
    ) as refused:
        load(store, other, of_payer("999999999999", account="999999999999"))
    assert "s3://bills/orgA/daily under" in refused.value.message
    assert "`database.path`" in refused.value.hint
    assert store.loads()[0].version == "1"
    assert total(store) == 31.0


def test_one_of_two_payers_that_were_loaded_together_is_refused(store: Store) -> None:
    both = of_payer("111111111111") + of_payer("999999999999", account="9")
    load(store, in_folder(month_bill(MARCH), A, A.replace("orgA", "orgB")), both)
    with pytest.raises(BadBill, match="would be lost"):
        load(store, in_folder(month_bill(MARCH, version="2"), A), of_payer("111111111111"))
    load(store, in_folder(month_bill(MARCH, version="3"), A, A.replace("orgA", "orgB")), both)


@pytest.mark.parametrize(
    ("origin", "charges"),
    [
        (A.replace("x.parquet", "execution/z.parquet"), of_payer("999999999999")),
        (B, of_payer("111111111111", cost="2")),
        (B, days_of(MARCH, ["2"] * 31)),
    ],
    ids=["same folder", "same payer", "payer not stated"],
)
def test_a_bill_may_move_or_change_its_payer(store: Store, origin: str, charges: list[Charge]) -> None:
    load(store, in_folder(month_bill(MARCH), A), of_payer("111111111111"))
    assert load(store, in_folder(month_bill(MARCH, version="2"), origin), charges).version == "2"


def test_what_an_export_has_loaded_can_be_dropped(store: Store) -> None:
    for month in (MARCH, APRIL):
        load(store, month_bill(month, export="old"), days_of(month, ["1"] * 30))
    load(store, month_bill(MARCH, export="other"), days_of(MARCH, ["1"] * 30, account="2"))
    later = datetime(2026, 6, 2, tzinfo=UTC)
    with store.writing(later) as writer:
        (dropped,) = writer.forget("cur", "old", "2026-03")
    assert (dropped.export, dropped.rows) == ("old", 30)
    assert held(store) == [("old", "2026-03", 0), ("old", "2026-04", 30), ("other", "2026-03", 30)]
    forgotten = store.loads()[0]
    assert (forgotten.version, forgotten.files, forgotten.loaded_at) == ("", (), later)
    assert store.restatements() == ()
    load(store, month_bill(MARCH, export="new"), days_of(MARCH, ["3"] * 30))
    assert total(store) == 30 + 30 + 90
    with store.writing(later) as writer:
        writer.forget("cur", "old")
    assert store.coverage(later.date())[0].exports == ("new", "other")


def test_days_that_were_dropped_are_unknown_and_not_free(store: Store) -> None:
    """A range speaks for all its days; once it is dropped nobody does."""
    whole_march = Period(MARCH, date(2026, 4, 1))
    load(store, range_bill(whole_march), days_of(MARCH, ["1"] * 31))
    with store.writing(LATER) as writer:
        writer.forget("cost_explorer", "ce")
    week = Period(date(2026, 3, 25), date(2026, 4, 1))
    load(store, range_bill(week), days_of(week.start, ["1"] * 7))
    asked = PanelQuery(whole_march, "cost_explorer")
    costs = store.panel(asked, as_of=date(2026, 7, 1)).costs.sum(axis=0)
    assert np.isnan(costs[:24]).all()
    assert costs[24:].tolist() == [1.0] * 7
    days = store.loaded_days("cost_explorer", whole_march, as_of=date(2026, 7, 1))
    assert days == tuple(week)


def test_what_was_never_loaded_cannot_be_dropped(store: Store, tmp_path: Path) -> None:
    load(store, month_bill(MARCH), days_of(MARCH, ["1"]))
    with store.writing(LATER) as writer:
        for export, month in (("dayly", None), ("daily", "2026-04")):
            with pytest.raises(NoData, match="There is no cost data of the export") as refused:
                writer.forget("cur", export, month)
            assert refused.value.hint == "Exports that are loaded: daily."
        writer.forget("cur", "daily")
        with pytest.raises(NoData):
            writer.forget("cur", "daily")
        writer.replace_charges(month_bill(MARCH), rolled_up(days_of(MARCH, ["5"]), tmp_path / "c.parquet"))
    assert total(store) == 5.0
