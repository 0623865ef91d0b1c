"""Bills summed by Spark on this machine's cores: `python -m benchmarks.spark [RUNS] [MILLIONS …]`.

The bills of `benchmarks.scale`. Beside each roll-up stands Spark's own plain GROUP BY by as many keys over
the same files, and what DuckDB takes. All runs share one Java process, as on a cluster: its start and the
compiling of the first bill are told apart.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlglot
from pyspark.sql import SparkSession
from sqlglot import exp

from aws_cost_anomalies import sql
from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.engines.spark import SparkEngine
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cur import MAPPING
from benchmarks.bills import Size, bill
from benchmarks.ingest import MONTH

MILLION = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")
Taken = tuple[float, float]
"""Seconds on the clock, and of the processor."""


def raw(export: Path) -> RawBill:
    """The files of an export of one month as a bill."""
    paths = sorted(export.rglob("*.parquet"))
    files = tuple(RawFile(path, str(path), path.name, path.stat().st_size) for path in paths)
    period = Period(date(2026, 5, 1), date(2026, 6, 1))
    return RawBill("cur", export.name, period, MONTH, "1", files, RawFormat.PARQUET, MAPPING)


def plain(session: SparkSession, delivered: RawBill) -> None:
    """As many keys and sums, read plainly, and nothing kept."""
    files = [str(file.path) for file in delivered.files]
    session.read.parquet(*files).createOrReplaceTempView("plain")
    text = sql.read(__package__, "bare_same", files="''", into="''")
    (statement,) = (s for s in sqlglot.parse(text, read="duckdb") if s is not None)
    select = statement.find(exp.Select)
    assert select is not None
    select.set("from_", exp.From(this=exp.to_table("plain")))
    session.sql(select.sql(dialect="spark")).write.mode("overwrite").format("noop").save()


def timed(work: Callable[[], object], cpu: Callable[[], float]) -> Taken:
    """What some work takes, on the clock and of the processor."""
    start, before = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - start, cpu() - before


def cpu_of(process: int) -> float:
    """Seconds of the processor that a process and this one have taken so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    own = time.process_time()
    return (int(fields[11]) + int(fields[12])) / TICKS + own


def several(runs: int, contestants: dict[str, Callable[[], Taken]]) -> dict[str, Taken]:
    """Medians of several runs of each, taken in turns."""
    found: dict[str, list[Taken]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, run in contestants.items():
            found[name].append(run())
    return {
        name: (statistics.median(t[0] for t in taken), statistics.median(t[1] for t in taken))
        for name, taken in found.items()
    }


def measure(runs: int, millions: list[int], scratch: Path) -> None:
    """Each size in turn, its totals held to DuckDB's."""
    cores = os.cpu_count()
    local, start = DuckDBEngine(), time.perf_counter()
    engine = SparkEngine(local, remote="local[*]")
    engine.rollup(raw(bill([MONTH], Size(MILLION // 100))), [], scratch / "first.parquet")
    print(f"Start-up and a bill of 10,000 line items: {time.perf_counter() - start:.1f} s; {cores} cores")
    for count in millions:
        beside(runs, count, engine=engine, local=local, into=scratch / "daily.parquet")


def beside(runs: int, count: int, *, engine: SparkEngine, local: DuckDBEngine, into: Path) -> None:
    """One size: both engines' roll-ups and Spark's plain grouping."""
    session = SparkSession.active()
    java = session.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
    delivered = raw(bill([MONTH], Size(count * MILLION)))
    theirs = engine.rollup(delivered, [], into)
    same = theirs.totals == local.rollup(delivered, [], into).totals
    found = several(
        runs,
        {
            "Spark, plain, 13 keys, 6 sums of DOUBLEs": lambda: timed(
                lambda: plain(session, delivered), lambda: cpu_of(java)
            ),
            "Spark, our roll-up": lambda: timed(
                lambda: engine.rollup(delivered, [], into), lambda: cpu_of(java)
            ),
            "DuckDB, our roll-up": lambda: timed(
                lambda: local.rollup(delivered, [], into), time.process_time
            ),
        },
    )
    print(f"\n{count} million line items, totals {'equal' if same else 'DIFFER'}; median of {runs}")
    for name, (wall, cpu) in found.items():
        print(f"{name:<42}{wall:8.1f} s {cpu:8.1f} CPU s {cpu / count:8.2f} a million")
    (_, narrow), (_, ours), (_, duck) = found.values()
    print(f"roll-up / plain {ours / narrow:.2f} CPU; / DuckDB {ours / duck:.1f} CPU", flush=True)


def main() -> None:
    """Run the sizes named, or 1 and 10 million."""
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        measure((numbers or [3])[0], numbers[1:] or [1, 10], Path(scratch))


if __name__ == "__main__":
    main()
