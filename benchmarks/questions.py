"""How long answers take: `python -m benchmarks.questions [RUNS] [CASE …]`.

Cases: `answers` (whole processes over 1 million daily charges), `resources` (a drill-down into one month of
10 million line items, beside the bare query).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import DailyCharges, FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.focus import SUMMARY
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import BillingPeriod
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.sources.cur import MAPPING
from aws_cost_anomalies.store import Store
from benchmarks.bills import EXPORT, Size, bill
from benchmarks.processes import PROGRAM, Taken, apart, heading, in_turns, line, ratio, taken

MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05")
SLICES = 8_400
Odd = dict[str, str]
"""Which slices are dear for a week: those whose number divided by `every` leaves `which`."""
IN_ONE_ACCOUNT: Odd = {"every": "1000", "which": "7"}
IN_A_QUARTER: Odd = {"every": "4", "which": "1"}
MADE = {
    "ChargePeriodStart": "charged",
    "BillingCurrency": "'USD'",
    "ProviderName": "'AWS'",
    "PublisherName": "'AWS'",
    "BillingAccountId": "'100000000000'",
    "SubAccountId": "lpad(account::VARCHAR, 12, '1')",
    "SubAccountName": "'account-' || account",
    "ServiceName": "'Service ' || service",
    "RegionId": "'us-east-1'",
    "ChargeCategory": "'Usage'",
    "x_ChargeType": "'Usage'",
    "x_UsageType": "'Type-' || usage",
    "PricingUnit": "'Hrs'",
    "BilledCost": "cost",
    "EffectiveCost": "cost",
    "ListCost": "cost",
}


def charges_of(month: str, path: Path, odd: Odd) -> tuple[RawBill, DailyCharges]:
    """A month of daily charges as an engine would deliver it."""
    period = BillingPeriod.parse(month).period
    columns = [f'CAST({MADE.get(c.name, "NULL")} AS {c.type}) AS "{c.name}"' for c in SUMMARY]
    values = {"start": sql.literal(period.start), "days": str(period.days), "slices": str(SLICES), **odd}
    dear = str(month == MONTHS[-1]).lower()
    with duckdb.connect() as connection:
        made = sql.read(
            __package__, "summary_month", columns=columns, dear=dear, path=sql.literal(path), **values
        )
        connection.execute(made)
        total = sql.read(__package__, "summary_total", path=sql.literal(path))
        rows, cost = connection.execute(total).fetchone() or (0, None)
    totals = {"USD": {"BilledCost": cost, "EffectiveCost": cost, "ListCost": cost}}
    raw = RawBill("cur", "made", period, month, "1", (), RawFormat.PARQUET, FocusMapping("cur", "", ()))
    return raw, DailyCharges(path, rows, rows * 24, totals, covered=period)


def made_store(folder: Path, odd: Odd = IN_ONE_ACCOUNT) -> None:
    """A store with a million daily charges, a week of some slices dear, and its settings, `config.yaml`."""
    store = Store(folder / "costs.duckdb")
    with store.writing(datetime(2026, 6, 5, tzinfo=UTC)) as writer:
        for month in MONTHS:
            writer.replace_charges(*charges_of(month, folder / f"{month}.parquet", odd))
    config = folder / "config.yaml"
    paths = f"{{path: {store.path}, cache_dir: {folder}/cache}}"
    config.write_text(f"database: {paths}\n", encoding="utf-8")


def answers(runs: int, folder: Path) -> None:
    """Whole processes, as people call them."""
    apart(lambda: made_store(folder))
    config = folder / "config.yaml"
    asked = [PROGRAM, "--config", str(config), "--as-of", "2026-06-01", "--quiet"]
    told = subprocess.run([*asked, "anomalies", "--format", "json"], check=True, capture_output=True)
    first = json.loads(told.stdout)["anomalies"][0]["anomaly_id"]
    found = in_turns(
        runs,
        {
            "start-up (--version)": lambda: taken([PROGRAM, "--version"]),
            "trends": lambda: taken([*asked, "trends"]),
            "compare": lambda: taken([*asked, "compare", "--a", "2026-04", "--b", "2026-05"]),
            "explain": lambda: taken([*asked, "explain", first]),
            "anomalies": lambda: taken([*asked, "anomalies"]),
        },
    )
    heading("Answers from 1,008,000 daily charges, whole processes (bar 1.00 s; anomalies: none set)", runs)
    for name, figures in found.items():
        line(name, figures)


def resources(runs: int, folder: Path) -> None:
    """By resource and day: one service in one account, out of one month of 10 million line items."""
    export = bill(["2026-05"], Size(10_000_000))
    files = sorted(export.glob(f"{EXPORT}/data/*/*.parquet"))
    period = BillingPeriod.parse("2026-05").period
    raw = RawBill(
        "cur", EXPORT, period, "2026-05", "1",
        tuple(RawFile(path, str(path), "x", path.stat().st_size) for path in files),
        RawFormat.PARQUET, MAPPING,
    )  # fmt: skip
    service, account = "AWSELB", "100000000000"
    within = Scope((("ServiceName", "Elastic Load Balancing"), ("SubAccountId", account)))
    query = PanelQuery(period, "cur", (Dimension("resource"),), metric="BilledCost", within=within)
    statement = sql.read(
        __package__,
        "bare_resources",
        files=sql.literal(f"{export}/{EXPORT}/data/*/*.parquet"),
        service=sql.literal(service),
        account=sql.literal(account),
    )

    def bare() -> object:
        with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
            return connection.execute(statement).fetchnumpy()

    def ours() -> object:
        return DuckDBEngine().panel([raw], query)

    found = in_turns(runs, {"bare": lambda: work(bare), "panel by resource": lambda: work(ours)})
    heading("Drill-down to resource, one month of 10 million line items", runs)
    for name, figures in found.items():
        line(name, figures)
    theirs, panel = found.values()
    ratio("panel / bare", panel, theirs, bar="2.00×")


def work(done: Callable[[], object]) -> Taken:
    """What a piece of work takes inside this process; its memory is not told."""
    wall, cpu = time.perf_counter(), time.process_time()
    done()
    return Taken(time.perf_counter() - wall, time.process_time() - cpu, 0.0)


CASES: dict[str, Callable[[int, Path], None]] = {"answers": answers, "resources": resources}


def main() -> None:
    """Run the cases named, or all."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for name in sys.argv[2:] or list(CASES):
        with tempfile.TemporaryDirectory() as folder:
            CASES[name](runs, Path(folder))


if __name__ == "__main__":
    main()
