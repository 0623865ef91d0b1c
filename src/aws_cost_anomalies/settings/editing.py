"""Changes of the settings file: one value at a time, everything else as people wrote it."""

from __future__ import annotations

import difflib
import json
import os
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import yaml

from aws_cost_anomalies.errors import SettingsError
from aws_cost_anomalies.settings.settings import Settings

Node = yaml.nodes.Node


def text_of(file: Path) -> str:
    """What the file holds; nothing where there is none. Raises: SettingsError."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}.") from None


def edited(text: str, section: str, values: Mapping[str, str | float]) -> str:
    """The text with these keys of a section set, comments and order kept.

    Raises:
        SettingsError: the text is no mapping of sections.
    """
    for key, value in values.items():
        text = _with(text, section, key, written=json.dumps(value))
    return text


def difference(before: str, after: str, *, name: str) -> str:
    """The change as a unified diff, empty when there is none."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), fromfile=name, tofile=name, n=2
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def stamp(text: str) -> str:
    """What tells a text from any other."""
    return sha256(text.encode()).hexdigest()


def write(file: Path, text: str, *, seen: str) -> None:
    """Put a text in the file's place, whole, if the program can be started with it.

    Args:
        file: the settings file; made when there is none.
        text: what it is to hold.
        seen: stamp of what it held when the change was shown.

    Raises:
        SettingsError: it was changed meanwhile, cannot be written, or the text is no settings.
    """
    if stamp(text_of(file)) != seen:
        raise SettingsError(f"{file} was changed meanwhile.", "Look at the change again, then write it.")
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".yaml")
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            Settings.load(draft, environment={})
            draft.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o600)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}.") from None


def _with(text: str, section: str, key: str, *, written: str) -> str:
    """The text with one key set."""
    root = _composed(text)
    if root is None:
        return (
            f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{section}:\n  {key}: {written}\n"
        )
    found = _value(root, section)
    if found is None or (isinstance(found, yaml.ScalarNode) and not found.value):
        return _inserted(text, root, section, written=f"{{{key}: {written}}}", replaced=found)
    if not isinstance(found, yaml.MappingNode):
        raise SettingsError(f"`{section}` of the settings holds no keys.")
    value = _value(found, key)
    if value is None:
        return _inserted(text, found, key, written=written)
    return text[: value.start_mark.index] + written + text[value.end_mark.index :]


def _composed(text: str) -> yaml.MappingNode | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        raise SettingsError("The settings file is not valid YAML.", "Correct it by hand first.") from None
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise SettingsError("The settings file must hold keys and values.", "Correct it by hand first.")
    return root


def _value(mapping: yaml.MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if getattr(name, "value", None) == key), None)


def _inserted(
    text: str, mapping: yaml.MappingNode, key: str, *, written: str, replaced: Node | None = None
) -> str:
    """The text with a key put first in a mapping, or in the place of an empty value."""
    if replaced is not None:
        at = replaced.start_mark.index
        return f"{text[:at]} {written}{text[replaced.end_mark.index :]}"
    at = mapping.start_mark.index
    if mapping.flow_style:
        comma = ", " if mapping.value else ""
        name = json.dumps(key)
        inside = written.replace("{", '{"', 1).replace(": ", '": ', 1) if written.startswith("{") else written
        return f"{text[: at + 1]}{name}: {inside}{comma}{text[at + 1 :]}"
    return f"{text[:at]}{key}: {written}\n{' ' * mapping.start_mark.column}{text[at:]}"
