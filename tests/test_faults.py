"""The faults of `make mutants`: each is one change, each is a program, and the module is left as it was."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks.mutants.equivalent import EQUIVALENT
from benchmarks.mutants.faults import faults
from benchmarks.mutants.subjects import SUBJECTS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "aws_cost_anomalies"
MODULE = '''"""A module."""

LIMIT: int = 2


def f(a: int | None, names: list[str]) -> bool:
    """A function."""
    for name, n in zip(names, range(3), strict=True):
        print(name)
        if not a or n > LIMIT:
            raise ValueError(f"{name} is " + "no good")
    return isinstance(a, int | str)
'''
WANTED = [
    "module: 2 → 3",
    "f: 3 → 4",
    "f: print(name) → pass",
    "f: n > LIMIT → n <= LIMIT",
    "f: n > LIMIT → n >= LIMIT",
    "f: not a or n > LIMIT → not a and n > LIMIT",
    "f: not a → a",
    "f: raise ValueError(f'{name} is ' + 'no good') → pass",
    "f: return isinstance(a, int | str) → return None",
]


def test_each_fault_is_one_change() -> None:
    found = faults(MODULE)
    assert [fault.name for fault in found] == WANTED
    whole = ast.unparse(ast.parse(MODULE)).splitlines()
    for fault in found:
        changed = fault.source().splitlines()
        assert sum(one != other for one, other in zip(whole, changed, strict=True)) == 1, fault.name
    assert [fault.in_function for fault in found] == [False] + [True] * 8


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_on_trial_is_there(subject: str) -> None:
    for test in SUBJECTS[subject].tests:
        assert (ROOT / "tests" / test).exists(), test
    for module in SUBJECTS[subject].modules:
        names = [fault.name for fault in faults((SOURCE / module).read_text(encoding="utf-8"))]
        assert len(names) == len(set(names)) > 0
        assert set(EQUIVALENT.get(module, {})) <= set(names), "a reason outlived its fault"
