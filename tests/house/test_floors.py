"""Who may import whom, as `importlinter.ini` says; `make house` asks the same."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nobody_imports_from_above() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    command = [linter, "--no-logo", "--no-cache", "--config", "importlinter.ini"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_drawing_has_every_room_on_its_floor() -> None:
    rules = ConfigParser()
    rules.read(ROOT / "importlinter.ini", encoding="utf-8")
    layers = rules["importlinter:contract:floors"]["layers"].strip().splitlines()
    floors = {room.strip(): floor for floor, layer in enumerate(layers) for room in layer.split("|")}
    design = (ROOT / "docs" / "SYSTEM_DESIGN.md").read_text(encoding="utf-8")
    drawing = design.partition("\n## Floors\n")[2].split("```")[1].strip().splitlines()
    drawn = [re.split(r" {2,}", line)[0].split(" │ ") for line in drawing]
    assert sorted(room for line in drawn for room in line) == sorted(floors)
    assert all(len({floors[room] for room in line}) == 1 for line in drawn)
    order = [floors[line[0]] for line in drawn]
    assert order == sorted(order)
