"""A first load from S3: `python -m benchmarks.first_load [RUNS] [MONTHS|large]`.

An S3 on loopback sends at such a speed that fetching all files takes as long as summing them does, which is
the hardest case for doing both at once, and at a third and at three times that speed, as from a far region
and as from a machine near the bucket. Beside the load stand its two parts: the download alone, by the same
code, and the ingest of files that are in the cache already. `large` is one month of ten million line items in
ten files.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.bills import Size, bill
from benchmarks.processes import PROGRAM, Taken, heading, in_turns, line, ratio, taken
from benchmarks.s3_double import BUCKET, S3Double

SIZE = Size(500_000)
LARGE = Size(10_000_000)
SPEEDS = (1 / 3, 1, 3)
"""Of the download, beside summing what it brings."""
DOWNLOAD = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from aws_cost_anomalies.delivery.source import DOWNLOADS
from aws_cost_anomalies.objects import open_location
place = open_location(sys.argv[1], cache_dir=Path(sys.argv[2]), profile=None, region=None)
with ThreadPoolExecutor(DOWNLOADS) as pool:
    list(pool.map(place.fetch, place.objects()))
"""


def config_in(folder: Path) -> list[str]:
    """The beginning of a command line whose store and cache lie in a folder."""
    folder.mkdir(exist_ok=True)
    config = folder / "config.yaml"
    paths = f"{{path: {folder}/costs.duckdb, cache_dir: {folder}/cache}}"
    config.write_text(f"database: {paths}\n", encoding="utf-8")
    return [PROGRAM, "--quiet", "--config", str(config)]


def ingest(folder: Path, double: S3Double, *options: str) -> Taken:
    """One `ingest` from the bucket."""
    command = [*config_in(folder), "ingest", "--source", "cur", "--path", f"s3://{BUCKET}", *options]
    return taken(command, double.environment)


def first(folder: Path, double: S3Double) -> Taken:
    """An ingest that has nothing yet."""
    shutil.rmtree(folder, ignore_errors=True)
    return ingest(folder, double)


def download(folder: Path, double: S3Double) -> Taken:
    """Every file into an empty cache, as many at once as an ingest fetches."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-c", DOWNLOAD, f"s3://{BUCKET}", str(folder)]
    return taken(command, double.environment)


def served(export: Path, months: int, into: Path) -> Path:
    """The first months of an export, as links."""
    for file in sorted(path for path in export.rglob("*") if path.is_file()):
        month = next((part[-2:] for part in file.parts if part.startswith("BILLING_PERIOD=")), "99")
        if int(month) <= months:
            there = into / file.relative_to(export)
            there.parent.mkdir(parents=True, exist_ok=True)
            os.link(file, there)
    return into


def main() -> None:
    """Measure the parts and the whole in turns."""
    words = sys.argv[1:]
    runs = int(words[0]) if words else 5
    is_large = "large" in words
    months = 12 if is_large else int(words[1]) if len(words) > 1 else 6
    names = ["2026-05"] if is_large else [f"2026-{month:02d}" for month in range(1, 13)]
    export = bill(names, LARGE if is_large else SIZE)
    with tempfile.TemporaryDirectory(dir=export.parent) as name:
        scratch = Path(name)
        folder = served(export, months, scratch / "served")
        with S3Double(folder) as double:
            first(scratch / "warm", double)
            alone = ingest(scratch / "warm", double, "--full-refresh")
            size = sum(path.stat().st_size for path in double.objects.values())
            parts = {
                "download alone": lambda: download(scratch / "down", double),
                "ingest of what is cached": lambda: ingest(scratch / "warm", double, "--full-refresh"),
                "first ingest from S3": lambda: first(scratch / "first", double),
            }
            for faster in SPEEDS:
                double.bytes_per_second = faster * size / alone.wall
                found = in_turns(runs, parts)
                rate = double.bytes_per_second / 1e6
                what = f"{len(names[:months])} months, {size / 1e6:.0f} MB at {rate:.0f} MB/s"
                heading(f"First load from S3: {what}", runs)
                for name, figures in found.items():
                    line(name, figures)
                fetched, summed, both = found.values()
                slower = max(fetched, summed, key=lambda taken: taken.wall)
                ratio("first / slower of the two", both, slower, bar="1.10×")


if __name__ == "__main__":
    main()
