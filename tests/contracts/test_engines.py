"""What every engine owes, over every source and shape of raw bill."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from raw_bills import BILLS

from aws_cost_anomalies import engines
from aws_cost_anomalies.engines.athena import AthenaEngine
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import RawBill
from aws_cost_anomalies.model.focus import METRICS, SUMMARY
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.ports import Engine
from aws_cost_anomalies.model.scope import Dimension

TAGS = ["team"]


def _engine(name: str, request: pytest.FixtureRequest) -> Engine:
    if name == "duckdb":
        return DuckDBEngine()
    if name == "athena":
        return request.getfixturevalue("athena").engine
    from aws_cost_anomalies.engines.spark import SparkEngine

    return SparkEngine(DuckDBEngine(), session=request.getfixturevalue("spark"))


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.spark] if name == "spark" else []) for name in engines.KINDS
    ]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    return _engine(request.param, request)


@pytest.fixture(params=BILLS)
def raw(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> RawBill:
    bill = BILLS[request.param](tmp_path)
    return bill if not isinstance(engine, AthenaEngine) else request.getfixturevalue("athena").in_s3(bill)


def rows(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet($1) ORDER BY ALL", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_totals_line_items_and_days_are_those_of_the_daily_charges(
    engine: Engine, raw: RawBill, tmp_path: Path
) -> None:
    done = engine.rollup(raw, TAGS, tmp_path / "charges.parquet")
    charges = rows(done.path)

    sums: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in charges:
        for metric in METRICS:
            if row[metric.name] is not None:
                sums[row["BillingCurrency"]].setdefault(metric.name, Decimal())
                sums[row["BillingCurrency"]][metric.name] += row[metric.name]
    days = {row["ChargePeriodStart"] for row in charges}

    assert done.totals == sums
    assert done.rows == len(charges)
    assert done.line_items == sum(row["x_LineItems"] for row in charges)
    assert (done.covered.start, done.covered.last_day) == (min(days), max(days)) if done.covered else not days


def test_the_columns_are_those_of_the_summary(engine: Engine, raw: RawBill, tmp_path: Path) -> None:
    engine.rollup(raw, TAGS, tmp_path / "charges.parquet")
    with duckdb.connect() as connection:
        described = connection.execute(
            "DESCRIBE FROM read_parquet($1)", [str(tmp_path / "charges.parquet")]
        ).fetchall()
    found = [(name, kind.replace(" ", "")) for name, kind, *_ in described]
    assert found == [(c.name, c.type.replace(" ", "")) for c in SUMMARY] + [("x_LineItems", "BIGINT")]


def test_no_two_charges_are_alike(engine: Engine, raw: RawBill, tmp_path: Path) -> None:
    engine.rollup(raw, TAGS, tmp_path / "charges.parquet")
    metrics = {"x_LineItems", *(metric.name for metric in METRICS)}
    keys = [
        str({name: value for name, value in row.items() if name not in metrics})
        for row in rows(tmp_path / "charges.parquet")
    ]
    assert len(keys) == len(set(keys))


def test_the_same_bill_twice_is_the_same(engine: Engine, raw: RawBill, tmp_path: Path) -> None:
    first, second = (
        engine.rollup(raw, TAGS, tmp_path / name) for name in ("first.parquet", "second.parquet")
    )
    assert rows(first.path) == rows(second.path)
    assert first.totals == second.totals


def test_a_panel_adds_up_to_the_daily_charges(engine: Engine, raw: RawBill, tmp_path: Path) -> None:
    done = engine.rollup(raw, TAGS, tmp_path / "charges.parquet")
    for currency, sums in done.totals.items():
        query = PanelQuery(
            raw.period, raw.data_source, (Dimension("service"), Dimension("tag:team")), currency=currency
        )
        panel = engine.panel([raw], query)
        assert np.nansum(panel.costs) == pytest.approx(float(sums["EffectiveCost"]), rel=1e-12)
