"""Ingest beside the least DuckDB has to do for it: `python -m benchmarks.ingest [RUNS] [CASE …]`.

Cases: `first` (10 million line items of CUR 2.0), `usual` (the same, loaded raw and summed afterwards),
`unchanged` (36 periods, none new), `changed` (one new of 12), `large` (50 million, only when named).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.bills import EXPORT, Size, bill, deliver
from benchmarks.processes import PROGRAM, Taken, apart, heading, in_turns, line, ratio, taken

MONTH = "2026-05"
TEN_MILLION = Size(10_000_000)
SMALL = Size(20_000, 2_000, 500)
MIDDLE = Size(500_000)


def ours(export: Path, folder: Path, *, afresh: bool = True) -> Taken:
    """One `ingest` as people call it."""
    if afresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    config = folder / "config.yaml"
    paths = f"{{path: {folder}/costs.duckdb, cache_dir: {folder}/cache}}"
    config.write_text(f"database: {paths}\n", encoding="utf-8")
    command = [PROGRAM, "ingest", "--source", "cur", "--path", export, "--quiet", "--config", config]
    return taken(command)


def bare(statement: str, export: Path, into: Path) -> Taken:
    """One bare statement over the same files."""
    into.unlink(missing_ok=True)
    files = f"{export}/{EXPORT}/data/*/*.parquet"
    return taken([sys.executable, "-m", "benchmarks.bare", statement, files, str(into)])


def first(runs: int, scratch: Path) -> None:
    """Ten million line items beside the bare sums, and beside bare sums of the same width."""
    export = bill([MONTH], TEN_MILLION)
    found = in_turns(
        runs,
        {
            "bare GROUP BY, 5 keys, 1 sum": lambda: bare("bare_group", export, scratch / "bare.parquet"),
            "bare GROUP BY, 13 keys, 6 sums": lambda: bare("bare_same", export, scratch / "same.parquet"),
            "ingest": lambda: ours(export, scratch / "first"),
        },
    )
    heading("First load of 10 million line items, 126 columns", runs)
    for name, figures in found.items():
        line(name, figures)
    narrow, wide, ingest = found.values()
    ratio("ingest / bare, 5 keys", ingest, narrow, bar="1.30×")
    ratio("ingest / bare, 13 keys", ingest, wide, bar="none set")
    size = (scratch / "first" / "costs.duckdb").stat().st_size / 1e6
    print(f"peak memory {ingest.memory:.2f} GB (bar 0.6), store {size:.1f} MB (bar 25)")


def usual(runs: int, scratch: Path) -> None:
    """The same bill, loaded raw into a database and summed there."""
    export = bill([MONTH], TEN_MILLION)
    found = in_turns(
        runs,
        {
            "raw rows into DuckDB, then summed": lambda: bare("bare_load", export, scratch / "raw.duckdb"),
            "ingest": lambda: ours(export, scratch / "first"),
        },
    )
    heading("Against loading the raw rows, 10 million line items", runs)
    for name, figures in found.items():
        line(name, figures)
    theirs, ingest = found.values()
    ratio("raw load / ingest", theirs, ingest, bar="≥ 5×")


def unchanged(runs: int, scratch: Path) -> None:
    """Thirty-six periods of which none changed."""
    export = bill([f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)], SMALL)
    ours(export, scratch / "unchanged")
    found = in_turns(
        runs,
        {
            "start-up (ingest --help)": lambda: taken([PROGRAM, "ingest", "--help"]),
            "ingest, 36 periods unchanged": lambda: ours(export, scratch / "unchanged", afresh=False),
        },
    )
    heading("Nothing changed", runs)
    for name, figures in found.items():
        line(name, figures)
    started, whole = found.values()
    print(f"after start-up {whole.wall - started.wall:.2f} s, {whole.cpu - started.cpu:.2f} CPU (bar 1.00)")


def changed(runs: int, scratch: Path) -> None:
    """One new delivery among twelve periods, beside that period alone."""
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    export, alone = bill(months, MIDDLE), bill(months[-1:], MIDDLE)
    ours(export, scratch / "changed")
    number = iter(range(2, 1_000))

    def one_changed() -> Taken:
        execution = str(next(number))
        apart(lambda: deliver(export, months[-1], MIDDLE, execution=execution))
        return ours(export, scratch / "changed", afresh=False)

    found = in_turns(
        runs,
        {
            "that period alone": lambda: ours(alone, scratch / "alone"),
            "one changed of twelve": one_changed,
        },
    )
    heading("One changed period of 12, 500,000 line items each", runs)
    for name, figures in found.items():
        line(name, figures)
    one, among = found.values()
    ratio("among twelve / alone", among, one, bar="1.20×")


def large(runs: int, scratch: Path) -> None:
    """Fifty million line items beside ten."""
    ten, fifty = bill([MONTH], TEN_MILLION), bill([MONTH], Size(50_000_000))
    found = in_turns(
        min(runs, 3),
        {
            "10 million": lambda: ours(ten, scratch / "ten"),
            "50 million": lambda: ours(fifty, scratch / "fifty"),
        },
    )
    heading("Growth", min(runs, 3))
    for name, figures in found.items():
        line(name, figures)
    small, big = found.values()
    ratio("50 million / 10 million", big, small, bar="5.50×")
    print(f"memory {big.memory / small.memory:.2f}× (bar 2×)")


CASES: dict[str, Callable[[int, Path], None]] = {
    "first": first,
    "usual": usual,
    "unchanged": unchanged,
    "changed": changed,
    "large": large,
}


def main() -> None:
    """Run the cases named, or all but the largest."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as scratch:
        for name in sys.argv[2:] or [name for name in CASES if name != "large"]:
            CASES[name](runs, Path(scratch))


if __name__ == "__main__":
    main()
