"""Whatever is delivered, spoilt or broken off: line items = daily summary = load record, month by month.

`SOAK_BILLS=5000 pytest -s tests/line/test_deliveries.py` goes on until so many bills were made.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from cur_deliveries import line, write_parquet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from aws_cost_anomalies import App, Settings
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.answers import Wanted
from aws_cost_anomalies.model.period import BillingPeriod

MONTHS = ("2026-01", "2026-02", "2026-03")
EXPORT = "costs"
STEPS = 10
BILLS = int(os.environ.get("SOAK_BILLS", "0"))
COUNTED = Counter[str]()
AMOUNTS = st.decimals(Decimal("-1999"), Decimal("1999"), places=9)
HELD = """
    SELECT
        strftime(ChargePeriodStart, '%Y-%m'), ChargePeriodStart, x_ServiceCode, SubAccountId, BillingCurrency,
        sum(BilledCost), sum(x_LineItems)
    FROM daily_cost_summary
    GROUP BY ALL
"""
Item = tuple[date, str, str, str, Decimal]
"""Day, service code, account, currency, cost."""


@st.composite
def items(draw: st.DrawFn) -> tuple[str, list[list[Item]]]:
    """A month and its files of line items."""
    month = draw(st.sampled_from(MONTHS))
    days = BillingPeriod.parse(month).period
    one = st.tuples(
        st.integers(0, days.days - 1).map(lambda n: days.start + timedelta(days=n)),
        st.sampled_from(["AmazonEC2", "AmazonS3", "it's new"]),
        st.sampled_from(["111111111111", "222222222222"]),
        st.sampled_from(["USD", "EUR"]),
        AMOUNTS,
    )
    return month, draw(st.lists(st.lists(one, min_size=1, max_size=6), min_size=1, max_size=3))


class Deliveries(RuleBasedStateMachine):
    """An export that somebody else writes and this program reads, both without waiting for the other."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.delivered: dict[str, list[Item]] = {}
        self.readable: dict[str, bool] = {}
        self.held: dict[str, list[Item]] = {}
        self.executions = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(bill=items(), names_change=st.booleans())
    def deliver(self, *, bill: tuple[str, list[list[Item]]], names_change: bool) -> None:
        """A new version: more or fewer files and charges, under the same names or others."""
        month, files = bill
        self.executions += 1
        COUNTED["bills delivered"] += 1
        data = self._data(month)
        shutil.rmtree(data, ignore_errors=True)
        names = []
        for number, of_file in enumerate(files):
            name = f"{self.executions if names_change else 'same'}-{number:05}.parquet"
            write_parquet([_line(item) for item in of_file], data / name)
            names.append(f"{EXPORT}/data/BILLING_PERIOD={month}/{name}")
        manifest = self.folder / f"{EXPORT}/metadata/BILLING_PERIOD={month}/{EXPORT}-Manifest.json"
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_text(json.dumps({"executionId": str(self.executions), "dataFiles": names}))
        self.delivered[month] = [item for of_file in files for item in of_file]
        self.readable[month] = True

    @precondition(lambda self: self.delivered)
    @rule(data=st.data(), cut=st.booleans())
    def spoil(self, *, data: st.DataObject, cut: bool) -> None:
        """A file is cut short, or lost."""
        month = data.draw(st.sampled_from(sorted(self.delivered)))
        files = sorted(self._data(month).glob("*.parquet"))
        if not files:
            return
        file = data.draw(st.sampled_from(files))
        COUNTED["files cut short" if cut else "files lost"] += 1
        if cut:
            content = file.read_bytes()
            file.write_bytes(content[: data.draw(st.integers(0, max(len(content) - 1, 0)))])
        else:
            file.unlink()
        self.readable[month] = False

    @precondition(lambda self: self.delivered)
    @rule(refresh=st.booleans())
    def ingest(self, *, refresh: bool) -> None:
        app = self._app()
        done = {
            bill.billing_period: bill.status for bill in app.ingest(app.plan_ingest(_wanted(refresh=refresh)))
        }
        for month in self.delivered:
            if self.readable[month]:
                assert done[month] in {"loaded", "unchanged"}
                self.held[month] = self.delivered[month]
            else:
                assert done[month] == "failed"
        COUNTED.update(f"months {status}" for status in done.values())
        self._check()

    @precondition(lambda self: self.delivered)
    @rule(after=st.integers(0, 2), into_engine=st.booleans())
    def break_off(self, *, after: int, into_engine: bool) -> None:
        """An ingest ends after some months, between two of them or in the middle of one."""
        COUNTED["ingests broken off"] += 1
        app = self._app()
        if into_engine:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(DuckDBEngine, "rollup", _breaking(after))
                with pytest.raises(Broken) if self._to_load() > after else _nothing():
                    for bill in app.ingest(app.plan_ingest(_wanted(refresh=True))):
                        self._note(bill.billing_period, bill.status)
        else:
            running = app.ingest(app.plan_ingest(_wanted(refresh=True)))
            for _, bill in zip(range(after), running, strict=False):
                self._note(bill.billing_period, bill.status)
            running.close()  # type: ignore[attr-defined]
        self._check()

    def _to_load(self) -> int:
        """How many months come as far as the engine: those whose files are there."""
        return sum(1 for month in self.delivered if self._is_there(month))

    def _is_there(self, month: str) -> bool:
        manifest = self.folder / f"{EXPORT}/metadata/BILLING_PERIOD={month}/{EXPORT}-Manifest.json"
        return all((self.folder / name).is_file() for name in json.loads(manifest.read_text())["dataFiles"])

    def _note(self, month: str, status: str) -> None:
        if status == "loaded":
            self.held[month] = self.delivered[month]

    def _check(self) -> None:
        """Every month is the last version that could be read, to the digit, in every place it is kept."""
        app = self._app()
        records = {load.billing_period: load for load in app.store.loads("cur")}
        assert records.keys() == self.held.keys()
        if not self.held:
            return
        with duckdb.connect(str(app.store.path), read_only=True) as connection:
            rows = connection.execute(HELD).fetchall()
        summary = {tuple(key): cost for *key, cost, _ in rows}
        counts: Counter[str] = Counter()
        for month, *_, line_items in rows:
            counts[month] += line_items
        expected: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
        for month, of_month in self.held.items():
            for *key, cost in of_month:
                expected[month, *key] += cost
        assert summary == expected
        for month, of_month in self.held.items():
            totals: dict[str, Decimal] = defaultdict(Decimal)
            for *_, currency, cost in of_month:
                totals[currency] += cost
            assert {c: sums["BilledCost"] for c, sums in records[month].totals.items()} == totals
            assert records[month].line_items == counts[month] == len(of_month)
        COUNTED["checks"] += 1

    def _data(self, month: str) -> Path:
        return self.folder / f"{EXPORT}/data/BILLING_PERIOD={month}"

    def _app(self) -> App:
        made = Settings.model_validate({
            "database": {"path": self.folder / "costs.duckdb", "cache_dir": self.folder / "cache"},
        })  # fmt: skip
        return _At(made, self.folder)


class _At(App):
    """The program with this folder as its export."""

    def __init__(self, made: Settings, folder: Path) -> None:
        super().__init__(made, as_of=date(2026, 5, 1), now=datetime(2026, 5, 1, tzinfo=UTC))
        self.folder = folder

    def plan_ingest(self, wanted: Wanted):  # type: ignore[no-untyped-def] # noqa: ANN201
        return super().plan_ingest(
            Wanted(source="cur", path=str(self.folder), full_refresh=wanted.full_refresh)
        )


class Broken(Exception):
    """What ends an ingest."""


def _breaking(after: int):  # type: ignore[no-untyped-def] # noqa: ANN202
    calls = Counter[str]()
    real = DuckDBEngine.rollup

    def rollup(self: DuckDBEngine, *args: object, **kwargs: object) -> object:
        calls["all"] += 1
        if calls["all"] > after:
            raise Broken
        return real(self, *args, **kwargs)  # type: ignore[arg-type]

    return rollup


def _nothing():  # type: ignore[no-untyped-def] # noqa: ANN202
    from contextlib import nullcontext

    return nullcontext()


def _wanted(*, refresh: bool) -> Wanted:
    return Wanted(source="cur", full_refresh=refresh)


def _line(item: Item) -> dict[str, object]:
    day, service, account, currency, cost = item
    return line(
        day,
        float(cost),
        line_item_product_code=service,
        line_item_usage_account_id=account,
        line_item_currency_code=currency,
    )


def _rounds() -> Iterator[int]:
    """How many state machines are run one after another: one, or until enough bills were made."""
    yield 3
    while COUNTED["bills delivered"] < BILLS:
        yield 100


def test_every_month_is_whole_whatever_happened() -> None:
    for examples in _rounds():
        run_state_machine_as_test(
            Deliveries,
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        sys.stdout.write(", ".join(f"{count:,} {what}" for what, count in COUNTED.most_common()) + "\n")
        sys.stdout.flush()
    assert COUNTED["checks"]


def test_a_month_told_as_loaded_is_on_disk_by_then() -> None:
    state = Deliveries()
    item = (date(2026, 1, 1), "AmazonEC2", "111111111111", "USD", Decimal("1.5"))
    try:
        for month in MONTHS[:2]:
            state.deliver(bill=(month, [[item]]), names_change=False)
        state.break_off(after=1, into_engine=False)
        assert list(state.held) == [MONTHS[0]]
        (load,) = state._app().store.loads("cur")
        assert load.execution == "1"
        assert load.manifest_etag
    finally:
        state.teardown()
