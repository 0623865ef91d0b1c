"""The verdicts as docs/MUTANTS.md."""

from __future__ import annotations

from collections import Counter

from benchmarks.mutants import verdicts
from benchmarks.mutants.equivalent import EQUIVALENT
from benchmarks.mutants.subjects import SUBJECTS
from benchmarks.mutants.trial import KILLED, SURVIVED, TIMED_OUT, UNVIABLE

PAGE = verdicts.ROOT / "docs" / "MUTANTS.md"
INTRODUCTION = """\
# Faults that the tests notice

`make mutants` puts small faults into the modules that decide something, one at a time – a comparison turned
round or moved by one, `+` for `-`, `and` for `or`, another number, a condition negated, a statement or a
result left out – and runs the tests that reach the changed line. A fault that no test notices is a missing
test, or code that is not needed. Texts are left alone.

Faults are tried in a shuffled order (seed 1), so that fewer than all are a fair sample. *Not viable* are
those with which the module does not even load; they are not counted. *Score* is the share noticed of those
counted, without the equivalent ones, which change nothing that anybody could see and are listed with the
reason; those that ran out of time count as not noticed. Of the tests that reach a line, the quickest are
tried, up to some seconds of processor time (`--budget`). The aim is 85 % in each subject; where fewer were
tried than there are, the sample grows with each run, and a score of fewer than sixty says little. A run that
is broken off leaves out the fault it was at, which may be one that never ends. Survivors are those of the
last trial: tests written since are held against them by the next.
"""
COLUMNS = (
    "subject", "what it decides", "faults there are", "tried", "noticed", "survived", "out of time",
    "equivalent", "not viable", "score",
)  # fmt: skip


def main() -> None:
    """Write the page."""
    rows, reasons, survivors = [], [], []
    for name, subject in SUBJECTS.items():
        found = verdicts.read(name)
        said = {
            (module, fault): what for module, each in found.outcome.items() for fault, what in each.items()
        }
        for (module, fault), what in said.items():
            reason = EQUIVALENT.get(module, {}).get(fault)
            if what in {SURVIVED, TIMED_OUT} and reason:
                said[module, fault] = "equivalent"
                reasons.append(f"- `{module}` {_code(fault)}: {reason}")
            elif what in {SURVIVED, TIMED_OUT}:
                survivors.append(
                    f"- `{module}` {_code(fault)}" + (" (out of time)" if what == TIMED_OUT else "")
                )
        count = Counter(said.values())
        counted = len(said) - count[UNVIABLE] - count["equivalent"]
        score = f"{100 * count[KILLED] / counted:.0f} %" if counted else "–"
        figures = (
            found.there,
            len(said),
            count[KILLED],
            count[SURVIVED],
            count[TIMED_OUT],
            count["equivalent"],
        )
        cells = " | ".join(map(str, (*figures, count[UNVIABLE])))
        rows.append(f"| {name} | {subject.title} | {cells} | {score} |")
    days = dict.fromkeys(verdicts.read(name).day for name in SUBJECTS)
    ran = f"\nLast run: {', '.join(day for day in days if day)}, by `python -m benchmarks.mutants`.\n"
    head = f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    page = INTRODUCTION + ran + head + "\n".join(rows) + "\n" + _modules()
    page += _listed("Equivalent", reasons) + _listed("Survivors", survivors)
    PAGE.write_text(page, encoding="utf-8")


def _modules() -> str:
    lines = (
        f"- {name}: {', '.join(f'`{each}`' for each in subject.modules)}"
        for name, subject in SUBJECTS.items()
    )
    return "\n## Modules\n\n" + "\n".join(lines) + "\n"


def _listed(title: str, lines: list[str]) -> str:
    return f"\n## {title}\n\n" + "\n".join(sorted(lines) or ["None."]) + "\n"


def _code(fault: str) -> str:
    function, _, change = fault.partition(": ")
    return f"{function}: `` {change} ``"


if __name__ == "__main__":
    main()
