"""How long a Panel takes beside a bare DuckDB scan of the same columns to numpy: 100,000 scopes × 90 days.

    python -m benchmarks.panel [scopes] [days]

Both read the same store file in the same process, turn by turn; the ratio of the medians is printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np

from aws_cost_anomalies.model.bill import DailyCharges, FocusMapping, RawBill, RawFormat
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.panel import Panel, PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension
from aws_cost_anomalies.store import Store

RUNS = 7
FIRST = date(2026, 1, 1)
MADE = {
    "ChargePeriodStart": "DATE '2026-01-01' + d::INTEGER",
    "BillingCurrency": "'USD'",
    "ProviderName": "'AWS'",
    "PublisherName": "'AWS'",
    "SubAccountId": "lpad((s // 100)::VARCHAR, 12, '0')",
    "ServiceName": "'Service ' || s % 100",
    "ChargeCategory": "'Usage'",
    "BilledCost": "(hash(s * 1000 + d) % 100000 / 777.0)",
    "EffectiveCost": "(hash(s * 1000 + d) % 100000 / 777.0)",
}
BARE = """
SELECT ChargePeriodStart, ServiceName, SubAccountId, EffectiveCost::DOUBLE AS cost
FROM daily_cost_summary
WHERE data_source = 'cur' AND ChargePeriodStart >= $start AND ChargePeriodStart < $end
    AND BillingCurrency = 'USD' AND ChargeCategory = 'Usage'
"""


def made_store(folder: Path, scopes: int, period: Period) -> Store:
    """A store with one charge per scope and day."""
    path = folder / "charges.parquet"
    columns = ", ".join(f'({MADE.get(c.name, "NULL")})::{c.type} AS "{c.name}"' for c in SUMMARY)
    rows = f"range({period.days}) AS t(d), range({scopes}) AS u(s)"
    with duckdb.connect(":memory:") as connection:
        made = connection.sql(f"SELECT {columns}, 1::BIGINT AS x_LineItems FROM {rows}")  # noqa: S608
        made.write_parquet(str(path))
        ((total,),) = made.sum("BilledCost").fetchall()
    count = scopes * period.days
    totals = {"USD": {"BilledCost": total, "EffectiveCost": total}}
    charges = DailyCharges(path, count, count, totals, covered=period)
    mapping = FocusMapping("made", "", ())
    bill = RawBill("cur", "made", period, str(period), "1", (), RawFormat.PARQUET, mapping)
    store = Store(folder / "costs.duckdb")
    with store.writing(datetime(2027, 1, 1, tzinfo=UTC)) as writer:
        writer.replace_charges(bill, charges)
    return store


def bare_scan(store: Store, period: Period) -> dict[str, np.ndarray]:
    """The columns a panel is made of, as numpy arrays."""
    with duckdb.connect(str(store.path), read_only=True) as connection:
        return connection.execute(BARE, {"start": period.start, "end": period.end}).fetchnumpy()


def panel(store: Store, period: Period) -> Panel:
    """The panel by service and account."""
    query = PanelQuery(period, "cur", Dimension.parse("service+account"), charge_categories=("Usage",))
    return store.panel(query, as_of=period.end)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long it takes: on the clock, and of the processors."""
    started, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - processor


def main() -> None:
    """Print the medians and their ratio."""
    scopes, days = (int(text) for text in (*sys.argv[1:3], "100000", "90")[:2])
    period = Period(FIRST, FIRST + timedelta(days=days))
    with tempfile.TemporaryDirectory() as folder:
        store = made_store(Path(folder), scopes, period)
        shape = panel(store, period).costs.shape
        bare_scan(store, period)
        turns = [
            (*seconds(lambda: bare_scan(store, period)), *seconds(lambda: panel(store, period)))
            for _ in range(RUNS)
        ]
        size = store.path.stat().st_size / 1e6
    bare, bare_cpu, ours, ours_cpu = (statistics.median(times) for times in zip(*turns, strict=True))
    print(
        f"duckdb {duckdb.__version__}, store of {size:.0f} MB, panel of {shape[0]} scopes x {shape[1]} days"
    )
    print(f"bare scan {bare:.2f} s, panel {ours:.2f} s, ratio {ours / bare:.2f} (median of {RUNS}; bar 1.5)")
    print(f"CPU: bare scan {bare_cpu:.2f} s, panel {ours_cpu:.2f} s, ratio {ours_cpu / bare_cpu:.2f}")


if __name__ == "__main__":
    main()
