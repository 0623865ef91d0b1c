"""Spoil what is read as text: `python -m benchmarks.soak_words [MANIFESTS] [PAGES] [SETTINGS] [SEED]`.

Manifests of an export, pages of Cost Explorer and settings files get values dropped, doubled, swapped and
replaced by nonsense, or bytes changed. Each must be refused in a sentence or read rightly; what a spoilt
text says plausibly cannot be told from the truth, and how often that happened is counted.
"""

from __future__ import annotations

import copy
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from aws_cost_anomalies import Settings
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.bill import FetchRequest
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource
from aws_cost_anomalies.sources.cur import CurSource

ROOT = Path(__file__).parents[1]
NONSENSE = (
    *(None, True, 5, -1, 1e300, "", [], {}, [None], {"a": 1}),
    *("NaN", "Infinity", "1e999", "１２", "0x10", " 5 ", "../../x", "s3://", "2026-13", "\x00", "x" * 5_000),
)


def spoil(tree: Any, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    """Change one or two places of a tree of dicts and lists."""
    for _ in range(chance.choice((1, 1, 2))):
        places = list(_places(tree))
        if not places:
            return
        holder, key = chance.choice(places)
        what = chance.random()
        if what < 0.3:
            del holder[key]
        elif what < 0.4 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif what < 0.6:
            other, from_key = chance.choice(places)
            holder[key] = copy.deepcopy(other[from_key])
        else:
            holder[key] = chance.choice(NONSENSE)


def spoil_text(text: str, chance: random.Random) -> bytes:
    """Change some bytes of a text."""
    content = bytearray(text.encode())
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(content))
        content[at : at + chance.choice((0, 1, 1, 5))] = bytes([chance.randrange(256)])
    return bytes(content)


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def counted(count: int, attempt: Callable[[], bool]) -> Counter[str]:
    """What came of so many attempts; an attempt tells whether it read what is true."""
    tally: Counter[str] = Counter()
    for _ in range(count):
        try:
            is_right = attempt()
        except CostAnomaliesError as error:
            tally[f"refused as {type(error).__name__}"] += 1
        except Exception as error:  # noqa: BLE001 - to be counted is what a crash is here for
            tally[f"CRASHED with {type(error).__name__}: {error}"[:200]] += 1
        else:
            tally["read rightly" if is_right else "something else read, plausible"] += 1
    return tally


def manifests(count: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Manifests of three months, one of them spoilt at a time."""
    named = {}
    for month in ("2026-01", "2026-02", "2026-03"):
        data = folder / "bench" / "data" / f"BILLING_PERIOD={month}"
        data.mkdir(parents=True)
        files = [data / f"bench-{number}.parquet" for number in range(3)]
        for file in files:
            file.write_bytes(b"PAR1")
        named[month] = sorted(file.relative_to(folder).as_posix() for file in files)
        _manifest(folder, month).parent.mkdir(parents=True)
        _write(folder, month, named[month])

    def attempt() -> bool:
        month = chance.choice(list(named))
        good = json.loads(_manifest(folder, month).read_text(encoding="utf-8"))
        if chance.random() < 0.5:
            tree = {"whole": copy.deepcopy(good)}
            spoil(tree, chance)
            content = json.dumps(tree.get("whole")).encode()
        else:
            content = spoil_text(json.dumps(good), chance)
        _manifest(folder, month).write_bytes(content)
        source = CurSource(str(folder), cache_dir=folder / "cache")
        try:
            found = {bill.billing_period: _keys(bill, folder) for bill in source.fetch(FetchRequest())}
        finally:
            _write(folder, month, named[month])
        for _, _, problem in source.problems:
            raise problem
        return found == named

    return counted(count, attempt)


def _manifest(folder: Path, month: str) -> Path:
    return folder / "bench" / "metadata" / f"BILLING_PERIOD={month}" / "bench-Manifest.json"


def _write(folder: Path, month: str, files: list[str]) -> None:
    text = json.dumps(
        {"executionId": "one", "dataFiles": files, "columns": [{"name": "x", "type": "string"}]}
    )
    _manifest(folder, month).write_text(text, encoding="utf-8")


def _keys(bill: Any, folder: Path) -> list[str]:  # noqa: ANN401
    return sorted(file.path.relative_to(folder).as_posix() for file in bill.files)


def pages(count: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Answers of Cost Explorer, of several pages each, of which about every third is spoilt."""
    sys.path.insert(0, str(ROOT / "tests"))
    from cost_explorer_double import Charge, CostExplorerDouble

    start = date(2026, 11, 1)
    week = Period(start, start + timedelta(days=4))
    services = ("AWS Lambda", "Amazon DynamoDB", "AWS Key Management Service")
    charges = [
        Charge(day, service, account, unblended=f"{day.day}.{number}{place}7", quantity="1", unit="Hrs")
        for day in week
        for number, service in enumerate(services)
        for place, account in enumerate(("111111111111", "222222222222"))
    ]
    total = sum((Decimal(charge.unblended) for charge in charges), Decimal())
    with CostExplorerDouble(charges, page_size=5) as explorer:
        os.environ |= {
            "AWS_ENDPOINT_URL_COST_EXPLORER": explorer.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        }
        explorer.edit = lambda answer: spoil(answer, chance) if chance.random() < 0.35 else None
        source = CostExplorerSource(cache_dir=folder / "cache", as_of=week.end)

        def attempt() -> bool:
            (bill,) = source.fetch(FetchRequest(week))
            lines = [json.loads(line) for f in bill.files for line in f.path.read_text().splitlines()]
            return sum((Decimal(line["unblended_cost"]) for line in lines), Decimal()) == total

        return counted(count, attempt)


def settings(count: int, chance: random.Random, folder: Path) -> Counter[str]:
    """The example configuration, spoilt."""
    text = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    good = yaml.safe_load(text) or {}
    file = folder / "config.yaml"

    def attempt() -> bool:
        if chance.random() < 0.5 and good:
            tree = copy.deepcopy(good)
            spoil(tree, chance)
            file.write_text(yaml.safe_dump(tree), encoding="utf-8")
        else:
            file.write_bytes(spoil_text(text, chance))
        return bool(Settings.load(file, environment={}))

    return counted(count, attempt)


def main() -> None:
    """Spoil, count, print."""
    given = [int(text) for text in sys.argv[1:]]
    *counts, seed = [*given, *(10_000, 3_000, 20_000, 1)[len(given) :]]
    cases = {"manifests": manifests, "fetches of Cost Explorer": pages, "settings files": settings}
    for (what, case), count in zip(cases.items(), counts, strict=True):
        with tempfile.TemporaryDirectory() as folder:
            started = time.monotonic()
            tally = case(count, random.Random(seed), Path(folder))  # noqa: S311
        print(f"{sum(tally.values()):,} {what} spoilt, {time.monotonic() - started:.0f} s")
        for result, times in tally.most_common():
            print(f"  {times:>7,}  {result}")


if __name__ == "__main__":
    main()
