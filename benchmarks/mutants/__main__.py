"""`python -m benchmarks.mutants [subject …]`: put faults on trial, keep the verdicts, write docs/MUTANTS.md.

A fault that a test noticed stays noticed while its module is the same; `--again` tries even those.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.mutants.subjects import SUBJECTS
from benchmarks.mutants.trial import PACKAGE, own_environment
from benchmarks.mutants.verdicts import FOLDER

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Copy the program and its tests, and try the copy in an environment of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("subjects", nargs="*", default=list(SUBJECTS), metavar="subject")
    parser.add_argument("--sample", type=int, default=150, help="faults of a subject (seed 1)")
    parser.add_argument("--budget", type=float, default=8.0, help="processor seconds of tests for one fault")
    parser.add_argument(
        "--minutes", type=float, default=60.0, help="for one subject; what is left is not tried"
    )
    parser.add_argument("--again", action="store_true", help="try those anew that a test noticed before")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy, sources = Path(folder) / "copy", Path(folder) / "src"
        for name in ("benchmarks", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        shutil.copytree(
            ROOT / "src" / PACKAGE, sources / PACKAGE, ignore=shutil.ignore_patterns("__pycache__")
        )
        python = own_environment(Path(folder) / "environment", sources)
        how = [f"--{name}={getattr(chosen, name)}" for name in ("sample", "budget", "minutes")]
        how += ["--again"] if chosen.again else []
        for subject in chosen.subjects:
            trial = [python, "-m", "benchmarks.mutants.session", subject, sources, FOLDER, *how]
            subprocess.run(trial, cwd=copy, check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.mutants.report"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
