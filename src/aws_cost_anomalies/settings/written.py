"""YAML as people write it: what it holds, and a sentence with the line where it holds nothing sensible.

Stricter than YAML's libraries: a key that stands twice in one place is refused, since one of the two would be
ignored without a word.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from aws_cost_anomalies.errors import SettingsError

TIMESTAMP = "tag:yaml.org,2002:timestamp"
MERGE = "tag:yaml.org,2002:merge"


class _Refused(yaml.YAMLError):
    """A line that means nothing, and what to do about it."""

    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


class _Strict(yaml.SafeLoader):
    """Reads what YAML allows, except what would be lost or cannot be."""

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:  # noqa: ANN401 - PyYAML has no types
        """Keys and values. Raises: _Refused: a key stands there twice."""
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        first: dict[tuple[str, str], int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == MERGE:
                continue
            name, line = (key.tag, key.value), key.start_mark.line + 1
            if name in first:
                what = f"`{key.value}` stands there twice, first at line {first[name]}"
                raise _Refused(line, what, "Keep one of the two: only the last would count.")
            first[name] = line
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - PyYAML's own
        """A value. Raises: _Refused: a text that looks like a date, or is called a number, and is none."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, AttributeError, KeyError, OverflowError):
            kind = "date" if node.tag == TIMESTAMP else node.tag.rpartition(":")[2]
            what = f"{node.value!r} is no {kind}"
            raise _Refused(node.start_mark.line + 1, what, "Correct it, or put it in quotes.") from None


def parsed(text: str, file: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    """What a text holds, that of a file. Raises: SettingsError with the line."""
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506 - a SafeLoader
    except _Refused as error:
        raise SettingsError(
            f"{file} cannot be read at line {error.line}: {error.what}.", error.hint
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        hint = "Check the indentation and quotes there."
        raise SettingsError(f"{file} is not valid YAML{where}.", hint) from None
