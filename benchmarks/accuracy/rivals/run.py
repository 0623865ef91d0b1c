"""Scores of the rival packages, each run once in its own virtual environment and kept beside its input.

Knows how to start them; must not know how they judge.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

import numpy as np

from benchmarks.accuracy.labelled import Floats, LabelledBill

HERE = Path(__file__).parent
NAMES = ("mstl", "autoets", "prophet", "adtk", "ecod", "iforest")


def environment(folder: Path) -> Path:
    """The interpreter of the rivals' virtual environment, made on first use."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        wanted = HERE.parent / "requirements.txt"
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
    return python


def rival_score(name: str, bill: LabelledBill, *, python: Path, kept: Path) -> tuple[Floats, float]:
    """Signed scores of a rival, (n_series, n_days), and the processor seconds it took."""
    kept.mkdir(parents=True, exist_ok=True)
    # The digest keeps scores of an earlier draft of a world from being read as those of this one.
    digest = hashlib.sha256(bill.costs.tobytes()).hexdigest()[:8]
    size = "x".join(str(n) for n in bill.costs.shape)
    source, target = (kept / f"{bill.world}-{size}-{digest}{suffix}.npz" for suffix in ("", f"-{name}"))
    if not target.exists():
        np.savez(source, costs=bill.costs, first_day=str(bill.first_day))
        print(f"{name} judges {bill.world} …", file=sys.stderr)
        subprocess.run([python, HERE / "judge.py", name, source, target], check=True)
    with np.load(target) as given:
        return given["score"], float(given["seconds"])
