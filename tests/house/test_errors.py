"""The error tree drawn in `errors.py` is the one the classes make, exit codes included."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from aws_cost_anomalies import errors

ROOT = Path(__file__).parents[2]
DRAWN = re.compile(r"^    (?P<lead>[│├└─ ]*)(?P<name>[A-Z]\w+)(?:\s+(?P<code>\d+))?(?=\s|$)")
STEP = 3
"""Characters that one level is drawn to the right."""

Entry = tuple[str, str, int | None]


def drawn() -> Iterator[Entry]:
    """Class, parent and exit code of every line of the drawing; a code is drawn where it differs."""
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := DRAWN.match(line):
            level = len(match["lead"]) // STEP
            path[level:] = [match["name"]]
            yield (
                match["name"],
                path[level - 1] if level else "Exception",
                int(match["code"]) if match["code"] else None,
            )


def defined() -> Iterator[Entry]:
    """The same of every class."""
    for name, value in vars(errors).items():
        if inspect.isclass(value) and issubclass(value, errors.CostAnomaliesError):
            yield name, value.__bases__[0].__name__, vars(value).get("exit_code")


def test_the_drawing_is_the_tree() -> None:
    assert sorted(drawn()) == sorted(defined())


def test_every_class_says_what_it_is() -> None:
    undocumented = [name for name, *_ in defined() if not vars(errors)[name].__doc__]
    assert undocumented == []


def test_the_readme_names_every_exit_code() -> None:
    table = re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    codes = {0, 1} | {code for *_, code in defined() if code is not None}
    assert {int(code) for code in table} == codes
