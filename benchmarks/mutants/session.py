"""The trial of one subject: its tests once as they are, then for each fault those that reach its line."""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mutants import verdicts
from benchmarks.mutants.faults import Fault, faults
from benchmarks.mutants.subjects import SUBJECTS, Subject
from benchmarks.mutants.trial import KILLED, UNVIABLE, Baseline, Module, baseline, judged, load_libraries
from benchmarks.mutants.verdicts import Verdicts

SEED = 1


@dataclass(frozen=True)
class Asked:
    """One fault to be tried."""

    name: str
    module: Module
    fault: Fault


def main() -> None:
    """Try the faults of one subject that no test has noticed yet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("subject")
    parser.add_argument("sources", type=Path)
    parser.add_argument("keep", type=Path)
    parser.add_argument("--sample", type=int, required=True)
    parser.add_argument("--budget", type=float, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--again", action="store_true")
    chosen = parser.parse_args()
    subject = SUBJECTS[chosen.subject]
    found = verdicts.read(chosen.subject, chosen.keep)
    modules = {name: Module(chosen.sources, name) for name in subject.modules}
    every = [
        Asked(name, module, fault) for name, module in modules.items() for fault in faults(module.original)
    ]
    random.Random(SEED).shuffle(every)
    wanted = every[: chosen.sample]
    before = {name: {} if chosen.again else found.known(name, modules[name].original) for name in modules}
    found.outcome = {name: {} for name in modules}
    for asked in wanted:
        if (said := before[asked.name].get(asked.fault.name)) is not None:
            found.outcome[asked.name][asked.fault.name] = said
    found.there, found.day = len(every), f"{datetime.now(UTC):%-d %B %Y}"
    verdicts.write(chosen.subject, found, chosen.keep)
    left = [each for each in wanted if before[each.name].get(each.fault.name) not in {KILLED, UNVIABLE}]
    print(f"{chosen.subject}: {len(wanted)} of {len(every)} faults, {len(left)} to be tried", flush=True)
    if left:
        load_libraries()
        usual = _usual(subject, modules)
        _try(left, usual, chosen=chosen, found=found)


def _try(left: list[Asked], usual: Baseline, *, chosen: argparse.Namespace, found: Verdicts) -> None:
    until = time.monotonic() + chosen.minutes * 60
    for number, asked in enumerate(left, 1):
        everywhere = asked.name in SUBJECTS[chosen.subject].elsewhere
        tests = _tests(asked, usual, everywhere=everywhere, budget=chosen.budget)
        said = judged(
            asked.module, asked.fault.source(), tests, seconds=sum(usual.seconds[test] for test in tests)
        )
        found.outcome[asked.name][asked.fault.name] = said
        verdicts.write(chosen.subject, found, chosen.keep)
        print(f"{number}/{len(left)} {said}: {asked.name}:{asked.fault.line} {asked.fault.name}", flush=True)
        if time.monotonic() > until:
            return


def _usual(subject: Subject, modules: dict[str, Module]) -> Baseline:
    """What the tests reach and take. Ends the trial when they fail without any fault."""
    usual = baseline(
        [f"tests/{test}" for test in subject.tests], {str(each.path) for each in modules.values()}
    )
    if usual.failed or not usual.seconds:
        sys.exit(f"without any fault there fail: {usual.failed or 'all tests'}")
    print(
        f"{len(usual.seconds)} tests take {sum(usual.seconds.values()):.0f} s of processor time", flush=True
    )
    return usual


def _tests(asked: Asked, usual: Baseline, *, everywhere: bool, budget: float) -> list[str]:
    """The tests that reach the fault's line, the quickest first, as many as the budget allows."""
    place = str(asked.module.path), asked.fault.line
    reaching = (
        set(usual.seconds) if everywhere or not asked.fault.in_function else usual.reached.get(place, set())
    )
    chosen, spent = [], 0.0
    for test in sorted(reaching, key=lambda test: (usual.seconds[test], test)):
        spent += usual.seconds[test]
        if spent > budget and chosen:
            break
        chosen.append(test)
    return chosen


if __name__ == "__main__":
    main()
