"""Settings: `config.yaml`, the environment and flags become checked values; the only reader of configuration.

Flags win over the environment, the environment over the file, the file over the defaults. Relative paths
count from the working directory.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from aws_cost_anomalies.errors import (
    InvalidArgument,
    InvalidSetting,
    MissingLocation,
    SettingsError,
    UnknownSetting,
)
from aws_cost_anomalies.model.focus import METRIC_NAMES
from aws_cost_anomalies.model.scope import Dimension

DEFAULT_FILE = Path("config.yaml")
ENVIRONMENT: dict[str, str] = {
    "AWS_COST_PROFILE": "aws_profile",
    "AWS_BEDROCK_PROFILE": "agent.profile",
    "AWS_COST_DB_PATH": "database.path",
    "AWS_COST_CACHE_DIR": "database.cache_dir",
    "AWS_BEDROCK_REGION": "agent.region",
    "AWS_COST_EXPLORER_REGION": "cost_explorer.region",
}
"""Environment variable → the key it overrides."""

Metric = Literal["unblended", "net-amortized", "blended", "amortized", "list", "usage"]
Sensitivity = Literal["low", "medium", "high"]
Category = Literal["Usage", "Purchase", "Tax", "Credit", "Adjustment"]


class Section(BaseModel):
    """A group of keys; a key nobody reads is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class S3(Section):
    """Where the Cost and Usage Report lies: legacy CUR or CUR 2.0."""

    bucket: str = Field("", description="bucket of the export; empty means none is configured")
    prefix: str = Field("", description="prefix below which the export lies")
    report_name: str = Field("", description="report or export name; empty means every one below the prefix")
    region: str = Field("", description="region of the bucket; empty means the profile's")

    @property
    def location(self) -> str:
        """`s3://bucket/prefix`, empty when no bucket is set."""
        return f"s3://{self.bucket}/{self.prefix.strip('/')}".rstrip("/") if self.bucket else ""


class FocusExport(S3):
    """Where a FOCUS export lies."""


class CostExplorer(Section):
    """How Cost Explorer is asked."""

    region: str = Field("us-east-1", description="region of the Cost Explorer endpoint")
    lookback_days: Annotated[int, Field(ge=1, le=365)] = Field(
        14, description="days imported when `--days` is not given; at most 365"
    )
    group_by: str = Field(
        "service+account", description="what Cost Explorer groups by; a third dimension multiplies requests"
    )
    max_paid_requests: Annotated[int, Field(ge=1)] = Field(
        100, description="paid requests (0.01 USD each, pages and retries counted) one ingest may make"
    )


class Database(Section):
    """Where the data rests on this disk."""

    path: Path = Field(Path("data/costs.duckdb"), description="the store: one DuckDB file")
    cache_dir: Path = Field(Path("data/cache"), description="raw files as delivered")
    settle_hours: Annotated[int, Field(ge=0, le=240)] = Field(
        24, description="a day is settled when it was loaded this long after it ended"
    )


class Engine(Section):
    """Who turns raw bills into daily charges."""

    kind: Literal["duckdb", "spark", "athena"] = Field(
        "duckdb", description="duckdb: this machine; spark: a cluster; athena: Amazon Athena"
    )
    remote: str = Field(
        "", description="of spark: a Spark Connect address sc://host:15002, or a master spark://host:7077"
    )
    read_in_place: bool = Field(
        default=False, description="of spark: workers read what lies in S3 there, not this machine's copy"
    )
    output: str = Field("", description="of athena: s3://bucket/prefix where it puts its results")
    database: str = Field(
        "aws_cost_anomalies", description="of athena: database of the Glue catalog, made when it is not there"
    )
    workgroup: str = Field("primary", description="of athena: the workgroup that queries run in")
    memory_limit: str = Field("", description="e.g. 2GB; empty means DuckDB's own limit")
    threads: Annotated[int, Field(ge=0)] = Field(0, description="0 means all cores")


def _check_dimensions(text: str) -> None:
    """Refuse a grouping nobody knows. Raises: ValueError, as pydantic wants it."""
    try:
        Dimension.parse(text)
    except InvalidArgument as error:
        raise ValueError(error.message) from None


class AnomalyRules(Section):
    """What is looked at, how closely, and what is worth a word."""

    detector: str = Field(
        "", description="`forecast`, `mad`, `theil-sen`, `zscore`, joined by +; empty means the default"
    )
    sensitivity: Sensitivity = Field("medium", description="low, medium or high")
    group_by: str = Field("service+account", description="the scopes: dimensions joined by +")
    metric: Metric = Field("net-amortized", description="the cost looked at")
    charge_categories: tuple[Category, ...] = Field(
        ("Usage",), description="charges looked at; add Purchase, Tax, Credit or Adjustment to watch them too"
    )
    marketplace: bool = Field(
        default=True,
        description="whether AWS Marketplace charges are looked at; those whose seller is unknown always are",
    )
    rolling_window_days: Annotated[int, Field(ge=7, le=90)] = Field(
        14, description="days a classical detector looks back"
    )
    z_score_threshold: Annotated[float, Field(gt=0)] = Field(
        2.5, description="modified z-score from which `mad` and `zscore` speak at medium sensitivity"
    )
    min_daily_cost: Annotated[float, Field(ge=0)] = Field(
        1.0, description="a scope cheaper than this per day is not looked at"
    )
    drift_threshold_pct: Annotated[float, Field(gt=0)] = Field(
        20.0, description="growth over the window from which `theil-sen` speaks, percent"
    )
    min_impact: Annotated[float, Field(ge=0)] = Field(
        5.0, description="an anomaly below this total impact is left out, in currency"
    )
    min_impact_pct: Annotated[float, Field(ge=0)] = Field(
        20.0, description="an anomaly below this percentage of what was expected is left out"
    )
    match: Literal["all", "any"] = Field("all", description="whether both minimums must be met, or one")

    @field_validator("group_by")
    @classmethod
    def _known_dimensions(cls, value: str) -> str:
        for level in value.split(","):
            _check_dimensions(level)
        return value


class MonitorRules(Section):
    """One monitor; what it leaves out is taken from `anomaly`."""

    name: str = Field(description="what its anomalies are labelled with")
    filter: dict[str, str] = Field(
        default_factory=dict, description="only this slice, e.g. {account: '111111111111', tag:team: search}"
    )
    group_by: str = Field("", description="levels, as `anomaly.group_by`")
    sensitivity: Sensitivity | None = Field(None, description="low, medium or high")
    direction: Literal["both", "up", "down"] = Field("both", description="which moves are told")
    min_impact: Annotated[float, Field(ge=0)] | None = Field(None, description="as `anomaly.min_impact`")

    @field_validator("filter", "group_by")
    @classmethod
    def _known_dimensions(cls, value: dict[str, str] | str) -> dict[str, str] | str:
        for name in value if isinstance(value, dict) else value.split(","):
            _check_dimensions(name)
        return value


class McpServer(Section):
    """One MCP server whose tools the agent may use."""

    name: str = Field(description="prefix of its tools")
    command: str = Field(description="program to start")
    args: tuple[str, ...] = Field((), description="its arguments")
    env_passthrough: tuple[str, ...] = Field((), description="environment variables it may see")


class Agent(Section):
    """The language model behind `query` and the narrator."""

    model: str = Field("", description="model id; empty means the default of the provider")
    max_tokens: Annotated[int, Field(ge=1)] = Field(4096, description="longest answer, tokens")
    region: str = Field("", description="region of Amazon Bedrock")
    profile: str = Field("", description="AWS profile for the model; empty means aws_profile")
    max_agent_iterations: Annotated[int, Field(ge=1)] = Field(10, description="model calls per question")
    mcp_servers: tuple[McpServer, ...] = Field((), description="further tools")


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
    planned: Path = Field(Path("planned.yaml"), description="planned changes; there need not be such a file")
    agent: Agent = Field(default_factory=Agent, description="language model")
    aws_profile: str = Field(
        "", description="AWS profile of every call but the model's; empty means the standard chain"
    )
    tags: tuple[str, ...] = Field(
        (), description="tag keys kept in the daily summary, and cost categories: [team, cost-category:Unit]"
    )

    @property
    def model_profile(self) -> str:
        """The AWS profile of the model's calls: `agent.profile`, else `aws_profile`."""
        return self.agent.profile or self.aws_profile

    @property
    def metric_column(self) -> str:
        """The FOCUS column of the configured metric."""
        return METRIC_NAMES[self.anomaly.metric]

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
        values = _read(file) if path is not None or file.exists() else {}
        _check_keys(cls, values, str(file))
        overrides = _overrides(os.environ if environment is None else environment, flags or {})
        origins = {key: origin for key, (_, origin) in overrides.items()}
        for key, (value, _) in overrides.items():
            _put(values, key, value)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            key = ".".join(str(part) for part in first["loc"])
            problem = first["msg"].removeprefix("Value error, ").rstrip(".")
            shown = first["input"] if "profile" not in key else "…"
            raise InvalidSetting(key, shown, problem=problem, where=origins.get(key, str(file))) from None


def _read(file: Path) -> dict[str, Any]:
    """The file's keys. Raises: MissingLocation, SettingsError."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingLocation("configuration file", str(file)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        hint = "Check the indentation and quotes there."
        raise SettingsError(f"{file} is not valid YAML{where}.", hint) from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        hint = "`config.example.yaml` shows the shape."
        raise SettingsError(f"{file} must hold keys and values, not a {type(content).__name__}.", hint)
    return content


def _overrides(environment: Mapping[str, str], flags: Mapping[str, object]) -> dict[str, tuple[object, str]]:
    """Dotted key → (value, where it came from); flags last, so that they win."""
    named = {key: (environment[name], name) for name, key in ENVIRONMENT.items() if environment.get(name)}
    given = {key: (value, "The command line") for key, value in flags.items() if value is not None}
    return {**named, **given}


def _put(values: dict[str, Any], key: str, value: object) -> None:
    *sections, last = key.split(".")
    for section in sections:
        values = values.setdefault(section, {})
    values[last] = value


def _check_keys(model: type[Section], values: Mapping[str, Any], where: str, *, prefix: str = "") -> None:
    """Refuse keys nobody reads. Raises: UnknownSetting with the nearest known key."""
    for key, value in values.items():
        if key not in model.model_fields:
            near = difflib.get_close_matches(str(key), model.model_fields, n=1, cutoff=0.5)
            raise UnknownSetting(prefix + str(key), where, prefix + near[0] if near else "")
        section = _section(model.model_fields[key].annotation)
        for item in value if isinstance(value, list) else [value]:
            if section and isinstance(item, dict):
                _check_keys(section, item, where, prefix=f"{prefix}{key}.")


def _section(annotation: object) -> type[Section] | None:
    """The section a field holds, alone or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation
    if get_origin(annotation) in {tuple, Union, UnionType}:
        return next((s for a in get_args(annotation) if (s := _section(a))), None)
    return None
