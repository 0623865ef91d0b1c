"""What is wrong with a configuration, in its own words: entries by their names, types as YAML has them.

Knows pydantic's findings and the values as they were written; shows no secret.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from aws_cost_anomalies.errors import InvalidSetting, MissingSetting, SettingsError
from aws_cost_anomalies.settings.alerts import SECRET_KEYS

ENTRIES = {"channels": "channel", "subscriptions": "subscription", "monitors": "monitor"}
"""Lists whose entries have names, and what one of them is called."""
PRIVATE_KEYS = frozenset({*SECRET_KEYS, "api_key", "aws_profile", "profile"})
LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
PATTERNS = {"currency": "it must be an ISO code of three letters, e.g. EUR"}
"""Last step of a key → what its pattern means."""
TYPES = {
    "bool": "it must be true or false",
    "dict": "it must hold keys and values",
    "finite": "it must be a finite number",
    "float": "it must be a number",
    "int": "it must be a whole number",
    "model": "it must hold keys and values",
    "path": "it must be a path",
    "too": "it must not be empty",
}
"""How the names of pydantic's findings begin → what is wanted instead."""
ACCOUNT_DIGITS = 12


def entry(name: str, place: int, held: object, *, of: str = "") -> str:
    """What an entry of a list is called: `channel ops`, else `entry 2 of tags`."""
    called = held.get("name") if isinstance(held, Mapping) else None
    if name in ENTRIES and isinstance(called, str) and called:
        return f"{ENTRIES[name]} {called}"
    return f"entry {place + 1} of `{name}`" + (f" of {of}" if of else "")


def fault(found: ErrorDetails, values: object, where: str) -> SettingsError:
    """The first finding as an error that people can act on.

    Args:
        found: by pydantic.
        values: all that was to be checked.
        where: who set it: a file, a variable or the command line.
    """
    keys, of = _walked(found["loc"], values)
    if found["type"] == "missing":
        return MissingSetting(keys[-1], ".".join(keys[:-1]) or of, where)
    named = " of ".join(filter(None, (f"`{'.'.join(keys)}`" if keys else "", of)))
    shown = _shown(found["loc"], found["input"])
    return InvalidSetting(named, shown, problem=_problem(found), where=where)


def _walked(location: Sequence[int | str], held: Any) -> tuple[list[str], str]:  # noqa: ANN401 - as YAML has it
    """The keys below the innermost entry of a list, and what that entry is called; empty for none."""
    keys: list[str] = []
    of = ""
    for step in location:
        if isinstance(step, int) and isinstance(held, list | tuple):
            held = held[step] if step < len(held) else None
            of = entry(".".join(keys), step, held, of=of)
            keys = []
        else:
            held = held.get(step) if isinstance(held, Mapping) else None
            keys.append(str(step))
    return keys, of


def _shown(location: Sequence[int | str], value: object) -> str:
    """A value as an error may show it; empty for a secret, and for a group of keys that may hold one."""
    held = value if isinstance(value, list | tuple) else [value]
    if PRIVATE_KEYS & {str(step) for step in location} or any(not _is_plain(each) for each in held):
        return ""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, date) else repr(value)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | date)


def _problem(found: ErrorDetails) -> str:
    """What would be right instead."""
    kind, told = found["type"], found.get("ctx", {})
    if kind == "literal_error":
        return f"it must be {str(told['expected']).replace(chr(39), '')}"
    if kind == "value_error":
        return found["msg"].removeprefix("Value error, ").rstrip(".")
    if kind == "string_type":
        return _text_wanted(found["input"])
    if kind in {"tuple_type", "list_type"}:
        return _list_wanted(found["loc"])
    if kind in LIMITS:
        bound, words = LIMITS[kind]
        return f"it must be {words} {told[bound]:g}"
    known, name = (PATTERNS, str(found["loc"][-1])) if "pattern" in kind else (TYPES, kind.partition("_")[0])
    return known.get(name, found["msg"])


def _text_wanted(value: object) -> str:
    """Numbers, dates, yes and no are other things than text in YAML, unless they are quoted."""
    if isinstance(value, int) and len(str(value)) == ACCOUNT_DIGITS:
        return f"to YAML that is a number; put it in quotes: '{value}'"
    if isinstance(value, bool | int | float | date):
        return "it must be text; put it in quotes"
    return "it must be text"


def _list_wanted(location: Sequence[int | str]) -> str:
    if str(location[-1]) in ENTRIES:
        return "it must be a list: an entry a line, each beginning with `- name: `"
    return "it must be a list, e.g. [one, another]"
