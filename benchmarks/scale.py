"""Growth of one ingest with the bill: `python -m benchmarks.scale [RUNS] [MILLIONS …] [spark]`.

CUR 2.0 Parquet of 126 columns, the same organization whatever the number of line items. Beside each ingest
stands the bare GROUP BY over the same files; with `spark`, the same bill is summed by Spark on this machine's
cores too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from aws_cost_anomalies.engines.duckdb import DuckDBEngine
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cur import MAPPING
from benchmarks.bills import Size, bill
from benchmarks.ingest import MONTH, bare, ours
from benchmarks.processes import Taken, heading, in_turns, line, ratio

MILLION = 1_000_000


def grow(runs: int, millions: list[int], scratch: Path) -> None:
    """Each size in turn, and how much more it takes than the one before."""
    before: Taken | None = None
    for count in millions:
        export = bill([MONTH], Size(count * MILLION))
        found = in_turns(
            runs,
            {
                "bare GROUP BY, 5 keys, 1 sum": lambda at=export: bare(
                    "bare_group", at, scratch / "bare.parquet"
                ),
                "bare GROUP BY, 13 keys, 6 sums": lambda at=export: bare(
                    "bare_same", at, scratch / "same.parquet"
                ),
                "ingest": lambda at=export: ours(at, scratch / "ours"),
            },
        )
        size = sum(file.stat().st_size for file in export.rglob("*.parquet")) / 1e9
        heading(f"{count} million line items, {size:.2f} GB of Parquet", runs)
        for name, figures in found.items():
            line(name, figures)
        narrow, wide, ingest = found.values()
        ratio("ingest / bare, 5 keys", ingest, narrow, bar="1.30×")
        ratio("ingest / bare, 13 keys", ingest, wide, bar="none set")
        if before:
            ratio("than the size before", ingest, before, bar="1.1 × the growth")
        before = ingest


def on_spark(millions: list[int], scratch: Path) -> None:
    """The same bills summed by Spark in this process, start-up told apart."""
    from aws_cost_anomalies.engines.spark import SparkEngine

    local = DuckDBEngine()
    engine = SparkEngine(local, remote="local[*]")
    start = time.perf_counter()
    engine.rollup(raw(bill([MONTH], Size(MILLION // 100))), [], scratch / "first.parquet")
    print(f"\nSpark, start-up and a bill of 10,000 line items: {time.perf_counter() - start:.1f} s")
    for count in millions:
        export = raw(bill([MONTH], Size(count * MILLION)))
        start = time.perf_counter()
        theirs = engine.rollup(export, [], scratch / "spark.parquet")
        took = time.perf_counter() - start
        alike = theirs.totals == local.rollup(export, [], scratch / "duckdb.parquet").totals
        print(f"Spark, {count} million line items: {took:.1f} s, totals {'equal' if alike else 'DIFFER'}")


def raw(export: Path) -> RawBill:
    """The files of an export of one month as a bill."""
    paths = sorted(export.rglob("*.parquet"))
    files = tuple(RawFile(path, str(path), path.name, path.stat().st_size) for path in paths)
    period = Period(date(2026, 5, 1), date(2026, 6, 1))
    return RawBill("cur", export.name, period, MONTH, "1", files, RawFormat.PARQUET, MAPPING)


def main() -> None:
    """Run the sizes named, or 1, 10 and 50 million."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    runs, millions = (numbers or [3])[0], numbers[1:] or [1, 10, 50]
    with tempfile.TemporaryDirectory() as scratch:
        grow(runs, millions, Path(scratch))
        if "spark" in sys.argv:
            on_spark(millions, Path(scratch))


if __name__ == "__main__":
    main()
