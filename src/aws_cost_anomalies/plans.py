"""Planned changes from a YAML file: scope, days, owner, at most how much.

Knows the file's keys; knows nothing of how plans are used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aws_cost_anomalies.errors import InvalidArgument, InvalidSetting, SettingsError
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.planned import PlannedChange
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.settings.written import parsed

KEYS = ("scope", "days", "owner", "at_most", "note")


def read_plans(file: Path) -> tuple[PlannedChange, ...]:
    """The changes of a file like this; none when there is no such file.

        - scope: {service: Amazon SageMaker, account: "111111111111"}
          days: 2026-08-20..2026-09-05
          owner: data-eng
          at_most: 9000
          note: training of the new ranking model

    Raises:
        SettingsError: it is no such list; the entry and the key are named.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as YAML ({type(error).__name__}).") from None
    content = parsed(text, file)
    if not isinstance(content, list | None):
        raise SettingsError(f"{file} must hold a list of planned changes.", "docs/ANOMALIES.md shows one.")
    return tuple(_plan(entry, f"{file}, entry {i}") for i, entry in enumerate(content or (), start=1))


def _plan(entry: Any, where: str) -> PlannedChange:  # noqa: ANN401 - whatever YAML holds
    if not isinstance(entry, dict):
        raise SettingsError(f"{where} must hold keys and values.", f"Its keys are {', '.join(KEYS)}.")
    unknown = [str(key) for key in entry if key not in KEYS]
    if unknown:
        raise SettingsError(
            f"{where} has the unknown key `{unknown[0]}`.", f"Its keys are {', '.join(KEYS)}."
        )
    missing = [key for key in KEYS[:3] if key not in entry]
    if missing:
        raise SettingsError(f"{where} lacks `{missing[0]}`.", "Scope, days and owner are needed.")
    try:
        scope = {
            Dimension.parse(str(name))[0].key: str(value) for name, value in dict(entry["scope"]).items()
        }
        at_most = None if entry.get("at_most") is None else float(entry["at_most"])
        days = Period.parse(str(entry["days"]))
    except (InvalidArgument, TypeError, ValueError, IndexError) as error:
        raise InvalidSetting("what is planned", problem=str(error).rstrip("."), where=where) from None
    return PlannedChange(
        Scope.from_mapping(scope), days, str(entry["owner"]), at_most, str(entry.get("note", ""))
    )
