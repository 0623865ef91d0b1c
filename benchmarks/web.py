"""How long the dashboard takes: `python -m benchmarks.web [ROUNDS]`.

A store of 1,008,000 daily charges with about two thousand anomalies is served as people serve it; eight
A store of 1,008,000 daily charges with about two thousand anomalies is served as people serve it; eight
readers ask for every page, each for other anomalies and other looks; then Chromium says when the first
picture of a page stands.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import PROGRAM, apart
from benchmarks.questions import made_store

READERS = 8
SETTINGS = "anomaly: {group_by: service+account+usage-type}\n"
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
LOOKS = ("service", "account", "usage-type", "region", "total")
Taken = dict[str, list[float]]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The dashboard as its own process; its address."""
    config = ["--config", str(folder / "config.yaml"), "--as-of", "2026-06-01"]
    command = [PROGRAM, "serve", "--port", "0", *config]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://\S+", server.stderr.readline())
        assert address is not None
        try:
            yield address[0]
        finally:
            server.terminate()


def asked(address: str, path: str) -> tuple[float, str]:
    """How long an answer took, and the answer."""
    began = time.perf_counter()
    with urllib.request.urlopen(address + path, timeout=600) as answer:
        page: str = answer.read().decode()
    return 1000 * (time.perf_counter() - began), page


def reader(address: str, numbers: list[str], *, rounds: int, seed: int) -> Taken:
    """One reader's way through the pages, in an order of its own."""
    chance, taken = random.Random(seed), defaultdict(list)
    for _ in range(rounds):
        look = f"by={chance.choice(LOOKS)}&days={chance.choice((30, 60))}"
        paths = {
            "overview": "/",
            "anomalies": f"/anomalies?page={chance.randrange(1, 1 + len(numbers) // 50)}",
            "anomalies, filtered": f"/anomalies?severity={chance.choice(('critical', 'warning'))}",
            "one anomaly": f"/anomalies/{chance.choice(numbers)}",
            "explore": f"/explore?{look}",
            "tune": "/tune",
            "data": "/data",
        }
        for name in chance.sample(list(paths), len(paths)):
            taken[name].append(asked(address, paths[name])[0])
    return taken


def line(name: str, times: list[float]) -> None:
    """Median and 95th percentile."""
    ranked = sorted(times)
    last = ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]
    print(f"{name:24} {len(ranked):6,} {statistics.median(ranked):8,.0f} {last:8,.0f}")


def first_picture(address: str) -> list[float]:
    """When something stands on the overview, in a browser that has seen the style before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page()
        taken = []
        for _ in range(6):
            page.goto(address)
            page.wait_for_timeout(300)
            paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
            taken.append(float(page.evaluate(paint)))
        browser.close()
    return taken[1:]


def main() -> None:
    """Make, serve, ask, print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart(lambda: made_store(folder, "odd_month"))
        with (folder / "config.yaml").open("a", encoding="utf-8") as config:
            config.write(SETTINGS)
        with served(folder) as address:
            ready, page = asked(address, "/anomalies?state=all")
            found = re.search(r"<strong>([\d,]+) anomal", page)
            count = int(found[1].replace(",", "")) if found else 0
            print(f"{count:,} anomalies, judged {ready / 1000:,.1f} s after the start")
            numbers = [
                number
                for at in range(1, 2 + count // 50)
                for number in re.findall(
                    r'name="id" value="(\w+)"', asked(address, f"/anomalies?page={at}")[1]
                )
            ]
            print(f"{'page':24} {'asked':>6} {'median':>8} {'p95':>8}")
            line(
                "explore, first look",
                [asked(address, f"/explore?by={by}&days={d}")[0] for by in LOOKS for d in (30, 60)],
            )
            with ThreadPoolExecutor(READERS) as pool:
                made = list(
                    pool.map(lambda seed: reader(address, numbers, rounds=rounds, seed=seed), range(READERS))
                )
            for name in made[0]:
                line(name, [each for taken in made for each in taken[name]])
            line("detail, first look", [asked(address, f"/anomalies/{n}/detail")[0] for n in numbers[:5]])
            line("first picture", first_picture(address))


if __name__ == "__main__":
    main()
