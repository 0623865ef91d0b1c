"""Settings: `config.yaml`, the environment and flags become checked values; the only reader of configuration.

Flags win over the environment, the environment over the file, the file over the defaults. Relative paths
count from the working directory.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import Field, ValidationError, ValidationInfo, field_validator

from aws_cost_anomalies.errors import MissingLocation, SettingsError, UnknownSetting
from aws_cost_anomalies.settings.agent import Agent
from aws_cost_anomalies.settings.alerts import Alerts, Channel, SubscriptionRules
from aws_cost_anomalies.settings.faults import ENTRIES, entry, fault
from aws_cost_anomalies.settings.mcp import Mcp
from aws_cost_anomalies.settings.places import S3, CostExplorer, Database, Engine, FocusExport
from aws_cost_anomalies.settings.rules import AnomalyRules, MonitorRules
from aws_cost_anomalies.settings.section import Section
from aws_cost_anomalies.settings.web import Web
from aws_cost_anomalies.settings.written import parsed

DEFAULT_FILE = Path("config.yaml")
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
ENVIRONMENT: dict[str, str] = {
    "AWS_COST_PROFILE": "aws_profile",
    "AWS_BEDROCK_PROFILE": "agent.profile",
    "AWS_COST_DB_PATH": "database.path",
    "AWS_COST_CACHE_DIR": "database.cache_dir",
    "AWS_COST_STORE": "database.remote",
    "AWS_BEDROCK_REGION": "agent.region",
    "AWS_COST_EXPLORER_REGION": "cost_explorer.region",
}
"""Environment variable → the key it overrides."""


_Named = TypeVar("_Named", Channel, SubscriptionRules, MonitorRules)


class Settings(Section):
    """Everything that can be configured."""

    s3: S3 = Field(default_factory=S3, description="CUR export")
    focus: FocusExport = Field(default_factory=FocusExport, description="FOCUS export")
    cost_explorer: CostExplorer = Field(default_factory=CostExplorer, description="Cost Explorer")
    database: Database = Field(default_factory=Database, description="files")
    engine: Engine = Field(default_factory=Engine, description="engine")
    anomaly: AnomalyRules = Field(default_factory=AnomalyRules, description="detection")
    monitors: tuple[MonitorRules, ...] = Field(
        (), description="what is watched; empty means one monitor, `default`, with the rules of `anomaly`"
    )
    planned: Path = Field(
        Path("planned.yaml"),
        description="planned changes (keys: docs/howto/TUNE_NOISE.md); there need not be such a file",
    )
    channels: tuple[Channel, ...] = Field((), description="where alerts go")
    subscriptions: tuple[SubscriptionRules, ...] = Field(
        (), description="who is told; empty means every channel is told everything"
    )
    alerts: Alerts = Field(default_factory=Alerts, description="alerts")
    agent: Agent = Field(default_factory=Agent, description="language model")
    web: Web = Field(default_factory=Web, description="dashboard")
    mcp: Mcp = Field(default_factory=Mcp, description="MCP server")
    aws_profile: str = Field(
        "", description="AWS profile of every call but the model's; empty means the standard chain"
    )
    tags: tuple[str, ...] = Field(
        (), description="tag keys kept in the daily summary, and cost categories: [team, cost-category:Unit]"
    )

    @field_validator(*ENTRIES)
    @classmethod
    def _each_has_its_name(cls, value: tuple[_Named, ...], told: ValidationInfo) -> tuple[_Named, ...]:
        names = [each.name for each in value]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two {told.field_name} have the name {twice!r}")
        return value

    @property
    def model_profile(self) -> str:
        """The AWS profile of the model's calls: `agent.profile`, else `aws_profile`."""
        return self.agent.profile or self.aws_profile

    def in_currency(self, code: str) -> Settings:
        """The same settings, looking at this currency."""
        return self.model_copy(update={"anomaly": self.anomaly.model_copy(update={"currency": code})})

    @classmethod
    def load(
        cls,
        path: Path | str | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        flags: Mapping[str, object] | None = None,
    ) -> Settings:
        """The settings in force.

        Args:
            path: the file; None reads `config.yaml` where there is one.
            environment: defaults to this process's.
            flags: dotted key → value; None values count as not given.

        Raises:
            MissingLocation: a named file that is not there.
            SettingsError: a file that is no YAML, an unknown key or a value that is not allowed.
        """
        file = Path(path) if path is not None else DEFAULT_FILE
        written = _read(file) if path is not None or file.exists() else {}
        _check_keys(cls, written, str(file))
        values = _without_blanks(written)
        overrides = _overrides(os.environ if environment is None else environment, flags or {})
        origins = {key: origin for key, (_, origin) in overrides.items()}
        for key, (value, _) in overrides.items():
            _put(values, key, value)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            raise fault(first, values, origins.get(key, str(file))) from None


def _read(file: Path) -> dict[str, Any]:
    """The file's keys. Raises: MissingLocation, SettingsError."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingLocation("configuration file", str(file)) from None
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or "").lower()
        raise SettingsError(f"{file} cannot be read: {why}.", "Name another with --config FILE.") from None
    content = parsed(_PAIR.sub(_one_character, text), file)
    if content is None:
        return {}
    if not isinstance(content, dict):
        hint = "`config.example.yaml` shows the shape: a key, a colon and its value on every line."
        what = "a list" if isinstance(content, list) else "text alone"
        raise SettingsError(f"{file} must hold keys and values, not {what}.", hint)
    return content


def _one_character(pair: re.Match[str]) -> str:
    """What JSON escapes as two halves, escaped as YAML does."""
    return f"\\U{ord(bytes.fromhex(pair[1] + pair[2]).decode('utf-16-be')):08x}"


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without empty keys: who comments out what stands below a key means its default."""
    held = (
        (key, _without_blanks(value) if isinstance(value, dict) else value) for key, value in values.items()
    )
    return {key: value for key, value in held if value is not None}


def _overrides(environment: Mapping[str, str], flags: Mapping[str, object]) -> dict[str, tuple[object, str]]:
    """Dotted key → (value, where it came from); flags last, so that they win."""
    named = {key: (environment[name], name) for name, key in ENVIRONMENT.items() if environment.get(name)}
    given = {key: (value, "The command line") for key, value in flags.items() if value is not None}
    return {**named, **given}


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *sections, last = key.split(".")
    held: Any = values
    for section in sections:
        held = held.setdefault(section, {})
        if not isinstance(held, dict):
            return  # No group of keys: that is refused when it is checked.
    held[last] = value


def _check_keys(
    model: type[Section], values: Mapping[str, Any], where: str, *, prefix: str = "", of: str = ""
) -> None:
    """Refuse keys nobody reads. Raises: UnknownSetting with the nearest known key."""
    for key, value in values.items():
        if key not in model.model_fields:
            near = difflib.get_close_matches(str(key), model.model_fields, n=1, cutoff=0.5)
            raise UnknownSetting(prefix + str(key), where, prefix + near[0] if near else "", of=of)
        section = _section(model.model_fields[key].annotation)
        if section and isinstance(value, dict):
            _check_keys(section, value, where, prefix=f"{prefix}{key}.", of=of)
        for place, item in enumerate(value if isinstance(value, list) else ()):
            if section and isinstance(item, dict):
                _check_keys(section, item, where, of=entry(prefix + key, place, item, of=of))


def _section(annotation: object) -> type[Section] | None:
    """The section a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    if get_origin(annotation) in {tuple, Union, UnionType}:
        return next((s for a in get_args(annotation) if (s := _section(a))), None)
    return None
