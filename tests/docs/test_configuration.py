"""`config.example.yaml`, `.env.example` and docs/configuration.md say what the settings class says.

`UPDATE_DOCS=1 pytest tests/docs` writes them anew; read the difference before committing it.
"""

from __future__ import annotations

import json
import os
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from annotated_types import Ge, Gt, Le
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from aws_cost_anomalies.settings import ENVIRONMENT, Settings

ROOT = Path(__file__).parents[2]
EXAMPLE, DOT_ENV, REFERENCE = (
    ROOT / "config.example.yaml",
    ROOT / ".env.example",
    ROOT / "docs" / "configuration.md",
)
EXAMPLE_HEAD = """\
# Every setting with its default. Copy this file to config.yaml and keep what you change.
# Flags win over the environment, the environment over this file, this file over the defaults.
"""
DOT_ENV_HEAD = """\
# Environment variables that win over config.yaml. Load what you set here with `set -a; . ./.env; set +a`.
"""
TABLE = re.compile(r"(<!-- settings -->\n).*?(<!-- end -->)", re.DOTALL)
VARIABLES = re.compile(r"(<!-- variables -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Key:
    """One setting."""

    name: str
    field: FieldInfo
    default: Any

    @property
    def allowed(self) -> str:
        """Its words, or its bounds; empty where anything of the type goes."""
        words = [
            word
            for part in (self.field.annotation, *get_args(self.field.annotation))
            for word in _words(part)
        ]
        if words:
            return ", ".join(f"`{word}`" for word in words)
        bounds = {type(bound): bound for bound in self.field.metadata}
        low, high, above = bounds.get(Ge), bounds.get(Le), bounds.get(Gt)
        if low and high:
            return f"{low.ge} to {high.le}"
        return f"from {low.ge}" if low else f"above {above.gt}" if above else ""

    @property
    def yaml_default(self) -> str:
        """Its default as YAML writes it."""
        return json.dumps(self.default) if self.default in ("", [], None) else _flow(self.default)

    @property
    def shown_default(self) -> str:
        """Its default, and a dash where that is nothing."""
        is_nothing = self.default in ("", [], (), {}, None) or isinstance(self.default, SecretStr)
        return "–" if is_nothing else f"`{self.yaml_default}`"

    @property
    def description(self) -> str:
        """What it means and which values it has."""
        allowed = f" ({self.allowed.replace('`', '')})" if self.allowed else ""
        return f"{self.field.description}{allowed}"


def _words(annotation: object) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _flow(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, width=1000).removesuffix("...\n").strip()


def keys(model: type[BaseModel], defaults: dict[str, Any], prefix: str = "") -> Iterator[Key]:
    """Every setting, sections entered."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, defaults[name], f"{prefix}{name}.")
        else:
            yield Key(prefix + name, field, defaults[name])


def items(key: Key) -> Iterator[Key]:
    """What each entry of a list of sections holds."""
    for part in get_args(key.field.annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            for name, field in part.model_fields.items():
                default = None if field.is_required() else field.get_default(call_default_factory=True)
                yield Key(name, field, list(default) if isinstance(default, tuple) else default)


ALL = tuple(keys(Settings, Settings().model_dump(mode="json")))
BY_NAME = {key.name: key for key in ALL}


def example() -> str:
    """The text of `config.example.yaml`."""
    lines, open_section = [EXAMPLE_HEAD.rstrip()], ""
    for key in ALL:
        *sections, name = key.name.split(".")
        section = ".".join(sections)
        if section != open_section or not section:
            lines.append("")
        if section != open_section and section:
            lines += [f"# {(Settings.model_fields[section].annotation.__doc__ or '').strip()}", f"{section}:"]
        open_section, indent = section, "  " * len(sections)
        lines += textwrap.wrap(
            key.description, 100, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   "
        )
        lines.append(f"{indent}{name}: {key.yaml_default}")
        lines += [f"{indent}#   {item.name}: …  # {item.description}" for item in items(key)]
    return "\n".join(lines) + "\n"


def dot_env() -> str:
    """The text of `.env.example`."""
    lines = [DOT_ENV_HEAD.rstrip()]
    for variable, name in ENVIRONMENT.items():
        lines += ["", f"# {BY_NAME[name].field.description} ({name})", f"#{variable}={BY_NAME[name].default}"]
    return "\n".join(lines) + "\n"


def table() -> str:
    """The table of settings."""
    rows = ["| key | default | allowed | meaning |", "|---|---|---|---|"]
    for key in ALL:
        rows.append(_row(key.name, key))
        rows += [_row(f"{key.name}[].{item.name}", item) for item in items(key)]
    return "\n".join(rows) + "\n"


def _row(name: str, key: Key) -> str:
    return f"| `{name}` | {key.shown_default} | {key.allowed or '–'} | {key.field.description} |"


def variables() -> str:
    """The table of environment variables."""
    rows = [
        "| variable | key |",
        "|---|---|",
        *(f"| `{name}` | `{key}` |" for name, key in ENVIRONMENT.items()),
    ]
    return "\n".join(rows) + "\n"


def reference() -> str:
    """The text of docs/configuration.md with its two tables made anew."""
    text = REFERENCE.read_text()
    for pattern, made in ((TABLE, table()), (VARIABLES, variables())):
        text = pattern.sub(lambda match, made=made: f"{match[1]}{made}{match[2]}", text)
    return text


@pytest.mark.parametrize(("file", "text"), [(EXAMPLE, example), (DOT_ENV, dot_env), (REFERENCE, reference)])
def test_the_file_says_what_the_settings_say(file: Path, text: Any) -> None:
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(text())
    assert file.read_text() == text()


def test_the_example_is_the_defaults() -> None:
    assert Settings.load(EXAMPLE, environment={}) == Settings()


def test_every_setting_has_a_meaning() -> None:
    assert [key.name for key in ALL if not key.field.description] == []


def test_the_reference_has_both_tables() -> None:
    text = REFERENCE.read_text()
    assert len(TABLE.findall(text)) == len(VARIABLES.findall(text)) == 1


@pytest.mark.parametrize("variable", list(ENVIRONMENT))
def test_every_variable_reaches_its_key(variable: str) -> None:
    settings = Settings.load(EXAMPLE, environment={variable: "elsewhere"})
    value: Any = settings
    for part in ENVIRONMENT[variable].split("."):
        value = getattr(value, part)
    assert str(value) == "elsewhere"
