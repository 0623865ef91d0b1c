"""Growth of one ingest with the bill: `python -m benchmarks.scale [RUNS] [MILLIONS …]`.

CUR 2.0 Parquet of 126 columns, the same organization whatever the number of line items. Beside each ingest
stands the bare GROUP BY over the same files; `benchmarks.spark` has the same bills summed by Spark.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

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


def main() -> None:
    """Run the sizes named, or 1, 10 and 50 million."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    runs, millions = (numbers or [3])[0], numbers[1:] or [1, 10, 50]
    with tempfile.TemporaryDirectory() as scratch:
        grow(runs, millions, Path(scratch))


if __name__ == "__main__":
    main()
