"""How long the dashboard takes: `python -m benchmarks.web [ROUNDS]`.

A store of 1,008,000 daily charges with about two thousand anomalies is served as people serve it. One reader
asks for each page by itself, for the server's own CPU time, which other work on the machine changes least;
then eight readers ask at once, without a pause, each for other anomalies and other looks; then Chromium says
when the first picture of a page stands.
"""

from __future__ import annotations

import os
import platform
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
from benchmarks.questions import IN_A_QUARTER, made_store

READERS = 8
SETTINGS = "anomaly: {group_by: service+account+usage-type}\n"
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
LOOKS = ("service", "account", "usage-type", "region", "total")
Taken = dict[str, list[float]]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """The dashboard as its own process; its address, and the number of the process."""
    config = ["--config", str(folder / "config.yaml"), "--as-of", "2026-06-01"]
    command = [PROGRAM, "serve", "--port", "0", *config]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://\S+", server.stderr.readline())
        assert address is not None
        try:
            yield address[0], server.pid
        finally:
            server.terminate()


def asked(address: str, path: str) -> tuple[float, str]:
    """How long an answer took, and the answer."""
    began = time.perf_counter()
    with urllib.request.urlopen(address + path, timeout=600) as answer:
        page: str = answer.read().decode()
    return 1000 * (time.perf_counter() - began), page


def cpu(process: int) -> float:
    """Milliseconds of CPU that a process took so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def alone(address: str, process: int, paths: dict[str, list[str]]) -> None:
    """Each page by itself: CPU of the server and time on the clock, the first time and again."""
    print(f"{'one reader, ms a page':28} {'CPU':>7} {'clock':>7} {'again: CPU':>11} {'clock':>7}")
    for name, asked_for in paths.items():
        taken = []
        for _ in range(2):
            before, began = cpu(process), time.perf_counter()
            for path in asked_for:
                asked(address, path)
            clock = 1000 * (time.perf_counter() - began)
            taken += [(cpu(process) - before) / len(asked_for), clock / len(asked_for)]
        print(f"{name:28} {taken[0]:7.0f} {taken[1]:7.0f} {taken[2]:11.0f} {taken[3]:7.0f}")


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
    print(f"{name:28} {len(ranked):6,} {statistics.median(ranked):8,.0f} {last:8,.0f}")


def settled(process: int) -> None:
    """Wait until the server has nothing left to prepare."""
    before = -1000.0
    while cpu(process) - before > 100:
        before = cpu(process)
        time.sleep(3)


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


def loaded() -> str:
    """How busy the machine is."""
    return Path("/proc/loadavg").read_text(encoding="ascii").split()[0]


def found(address: str, process: int) -> list[str]:
    """The ids of all anomalies, once they are judged and nothing is left to prepare."""
    ready, page = asked(address, "/anomalies?state=all&now=yes")
    counted = re.search(r"<strong>([\d,]+) anomal", page)
    count = int(counted[1].replace(",", "")) if counted else 0
    spent = cpu(process) / 1000
    print(f"{count:,} anomalies, judged {ready / 1000:,.1f} s after the start, {spent:,.1f} s CPU")
    settled(process)
    pages = [asked(address, f"/anomalies?page={at}")[1] for at in range(1, 2 + count // 50)]
    return [number for page in pages for number in re.findall(r'name="id" value="(\w+)"', page)]


def pages_of(numbers: list[str]) -> dict[str, list[str]]:
    """Addresses of each page, no two alike where its content can differ."""
    some = random.Random(9).sample(numbers, 20)
    return {
        "overview": ["/"] * 5,
        "anomalies": [f"/anomalies?state=all&page={n}" for n in range(1, 21)],
        "anomalies, filtered": [f"/anomalies?state=all&severity={w}" for w in ("critical", "warning")],
        "one anomaly": [f"/anomalies/{number}" for number in some],
        "its detail": [f"/anomalies/{number}/detail" for number in some[:5]],
        "explore, 30 days": [f"/explore?by={by}" for by in LOOKS],
        "explore, any other look": [f"/explore?by={by}&days=60" for by in LOOKS],
        "tune": ["/tune"] * 5,
        "data": ["/data"] * 5,
    }


def crowd(address: str, process: int, numbers: list[str], *, rounds: int) -> None:
    """Eight readers at once."""
    print(f"{'eight readers, ms a page':28} {'asked':>6} {'median':>8} {'p95':>8}")
    before, began = cpu(process), time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        ways = pool.map(lambda seed: reader(address, numbers, rounds=rounds, seed=seed), range(READERS))
        made = list(ways)
    spent, took = cpu(process) - before, time.perf_counter() - began
    for name in made[0]:
        line(name, [each for taken in made for each in taken[name]])
    every = [each for taken in made for times in taken.values() for each in times]
    line("every page", every)
    print(f"{spent / len(every):.0f} ms CPU of the server a page, {len(every) / took:.0f} pages a second")


def main() -> None:
    """Make, serve, ask, print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        apart(lambda: made_store(folder, IN_A_QUARTER))
        with (folder / "config.yaml").open("a", encoding="utf-8") as config:
            config.write(SETTINGS)
        with served(folder) as (address, process):
            numbers = found(address, process)
            print(f"{os.cpu_count()} cores, load {loaded()}, Python {platform.python_version()}")
            alone(address, process, pages_of(numbers))
            crowd(address, process, numbers, rounds=rounds)
            line("first picture", first_picture(address))
            print(f"load {loaded()} at the end")


if __name__ == "__main__":
    main()
