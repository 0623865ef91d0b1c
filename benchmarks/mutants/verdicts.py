"""What became of every fault, kept between runs in `build/mutants/`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "mutants"


@dataclass
class Verdicts:
    """Of one subject.

    Attributes:
        there: how many faults its modules can have; fewer are tried where that is a sample.
        day: of the last trial.
        outcome: module → fault → killed, survived, unviable or timed out.
        sources: module → digest of what was tried.
    """

    there: int = 0
    day: str = ""
    outcome: dict[str, dict[str, str]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def known(self, module: str, source: str) -> dict[str, str]:
        """What became of the module's faults, if it is still the same module."""
        digest = hashlib.sha256(source.encode()).hexdigest()
        if self.sources.get(module) != digest:
            self.sources[module] = digest
            self.outcome[module] = {}
        return self.outcome[module]


def read(subject: str, folder: Path = FOLDER) -> Verdicts:
    """What is known of a subject."""
    path = folder / f"{subject}.json"
    return Verdicts(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Verdicts()


def write(subject: str, verdicts: Verdicts, folder: Path = FOLDER) -> None:
    """Keep it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{subject}.json"
    path.with_suffix(".new").write_text(
        json.dumps(vars(verdicts), indent=1, ensure_ascii=False), encoding="utf-8"
    )
    path.with_suffix(".new").replace(path)
