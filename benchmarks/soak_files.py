"""Spoil Parquet files: `python -m benchmarks.soak_files [LOCAL] [DOWNLOADED] [SEED]`.

LOCAL files are spoilt where they lie and rolled up: each must be refused or give the right total. A file of
this disk has no checksum, so a byte of a cost may change unseen; how often that happened is told.
DOWNLOADED files are spoilt on their way from S3, under the ETag they were listed with: none may arrive.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.bill import RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.period import BillingPeriod
from aws_cost_anomalies.sources.cur import MAPPING
from benchmarks.processes import apart, in_a_fork
from benchmarks.s3_double import BUCKET, S3Double
from benchmarks.tiny_bills import ITEMS, write_file

MONTH, COST = "2026-01", 3
BATCH = 250
TOTAL = Decimal(BillingPeriod.parse(MONTH).period.days * ITEMS * COST)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bytes changed, cut short, blanked, doubled or moved."""
    changed = bytearray(content)
    kind = chance.random()
    start = chance.randrange(len(changed))
    length = chance.choice((1, 4, 16, 64, 256))
    if kind < 0.6:
        for _ in range(chance.choice((1, 1, 2, 8))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    elif kind < 0.7:
        del changed[start:]
    elif kind < 0.8:
        changed[start : start + length] = bytes(len(changed[start : start + length]))
    elif kind < 0.9:
        changed[start:start] = changed[start : start + length]
    else:
        del changed[start : start + length]
    return bytes(changed)


def batch(folder: Path, content: bytes, seed: int) -> Counter[str]:
    """What came of so many spoilt files; whatever is no error of ours is a crash."""
    from aws_cost_anomalies.engines.duckdb import DuckDBEngine

    chance, tally = random.Random(seed), Counter[str]()  # noqa: S311
    path = folder / f"{seed}.parquet"
    period = BillingPeriod.parse(MONTH).period
    bill = RawBill("cur", "soak", period, MONTH, "1", (), RawFormat.PARQUET, MAPPING)
    engine = DuckDBEngine(threads=1)
    for _ in range(BATCH):
        spoilt_content = spoilt(content, chance)
        path.write_bytes(spoilt_content)
        file = RawFile(path, str(path), "x", len(spoilt_content))
        try:
            charges = engine.rollup(replace(bill, files=(file,)), ("team",), folder / f"{seed}.out")
        except CostAnomaliesError as error:
            tally[f"refused as {type(error).__name__}"] += 1
        except Exception as error:  # noqa: BLE001 - to be counted is what a crash is here for
            tally[f"CRASHED with {type(error).__name__}: {error}"[:200]] += 1
        else:
            sums = {name: sum(by.values()) for name, by in _by_metric(charges.totals).items()}
            right = charges.totals.keys() == {"USD"} and sums.get("BilledCost") == TOTAL
            tally["right total" if right else "wrong total"] += 1
    return tally


def _by_metric(totals: object) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for currency, sums in totals.items():  # type: ignore[attr-defined]
        for metric, total in sums.items():
            found.setdefault(metric, {})[currency] = total
    return found


def local(count: int, seed: int, folder: Path) -> Counter[str]:
    """Batches in processes of their own, so that a death is one result among others."""
    tally: Counter[str] = Counter()
    content = (folder / "good").read_bytes()
    for number in range(max(1, count // BATCH)):
        reader, writer = os.pipe()

        def work(number: int = number, writer: int = writer) -> None:
            found = batch(folder, content, seed * 1_000_000 + number)
            os.write(writer, json.dumps(found).encode())

        process = in_a_fork(work)
        os.close(writer)
        with os.fdopen(reader, "rb") as answer:
            text = answer.read()
        _, status = os.waitpid(process, 0)
        tally.update(json.loads(text) if text else {f"PROCESS DIED, status {status}": 1})
    return tally


def downloaded(count: int, seed: int, folder: Path) -> Counter[str]:
    """Spoilt under way: what arrives in the cache all the same."""
    from aws_cost_anomalies.objects import open_location

    chance, tally = random.Random(seed), Counter[str]()  # noqa: S311
    served = folder / "served"
    served.mkdir()
    (served / "a.parquet").write_bytes((folder / "good").read_bytes())
    with S3Double(served) as double:
        os.environ |= double.environment
        double.spoil = lambda content: spoilt(content, chance)
        place = open_location(f"s3://{BUCKET}", cache_dir=folder / "cache", profile=None, region=None)
        (listed,) = place.objects()
        for _ in range(count):
            try:
                arrived = place.fetch(listed)
            except CostAnomaliesError as error:
                tally[f"refused as {type(error).__name__}"] += 1
            except Exception as error:  # noqa: BLE001 - counted
                tally[f"CRASHED with {type(error).__name__}: {error}"[:200]] += 1
            else:
                same = arrived.read_bytes() == (folder / "good").read_bytes()
                tally["arrived whole" if same else "ARRIVED SPOILT"] += 1
                arrived.unlink()
    return tally


def main() -> None:
    """Spoil, count, print."""
    counts = [int(text) for text in sys.argv[1:]]
    of_local, of_downloads, seed = [*counts, *(20_000, 2_000, 1)[len(counts) :]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart(lambda: write_file(folder / "good", MONTH, COST))
        for what, count, spoil in (("local", of_local, local), ("downloaded", of_downloads, downloaded)):
            started = time.monotonic()
            tally = spoil(count, seed, folder) if count else Counter()
            print(f"{sum(tally.values()):,} {what} files spoilt, {time.monotonic() - started:.0f} s")
            for result, times in tally.most_common():
                print(f"  {times:>7,}  {result}")


if __name__ == "__main__":
    main()
