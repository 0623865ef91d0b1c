"""From names in the settings to built kinds: the source, engine and detector that were asked for.

A family's `KINDS` holds strings, so an optional dependency loads only when its kind is named.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aws_cost_anomalies import detectors, engines, narrators, notifiers, private, sources
from aws_cost_anomalies.analysis.together import Together
from aws_cost_anomalies.errors import InvalidArgument, SettingsError
from aws_cost_anomalies.model.bill import FocusMapping
from aws_cost_anomalies.model.monitor import Monitor
from aws_cost_anomalies.model.ports import Detector, Engine, Narrator, Notifier, Source
from aws_cost_anomalies.secret import Secret
from aws_cost_anomalies.sending.door import Door
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.alerts import SECRET_KEYS, Channel

if TYPE_CHECKING:
    from aws_cost_anomalies.language_model import LanguageModel
    from aws_cost_anomalies.sources.sample.delivery import WriteParquet

LEAST_A_DAY = 5.0
"""A day is odd from this much money on, or the minimum impact where that is less: a larger minimum is one of
the whole anomaly, and a leak of 20 a day reaches it too."""
LEAST_SCORE, MOST_SCORE = 0.1, 1000.0
"""A closer look than the least tells of every day, or divides by next to nothing; the most tells of none."""
FIRST_SPEND = 2.0
"""Spend never seen before is told from this many times that a day."""


def _kind(family: Mapping[str, str], name: str, what: str) -> Any:  # noqa: ANN401
    """The class a family lists under a name. Raises: InvalidArgument."""
    if name not in family:
        near = get_close_matches(name, family, n=1, cutoff=0.5)
        raise InvalidArgument(what, name, ", ".join(family), hint=f"Did you mean {near[0]}?" if near else "")
    module, _, attribute = family[name].partition(":")
    return getattr(import_module(module), attribute)


def engine(settings: Settings) -> Engine:
    """The engine of the settings. Raises: SettingsError when what it needs is not configured or installed."""
    asked = settings.engine
    if asked.kind == "spark" and not asked.remote:
        hint = "Set `engine.remote`, e.g. to sc://host:15002 or spark://host:7077."
        raise SettingsError("`engine.kind: spark` needs the address of a Spark.", hint)
    if asked.kind == "athena" and not asked.output.startswith("s3://"):
        hint = "Set `engine.output`, e.g. to s3://my-bucket/athena-results."
        raise SettingsError("`engine.kind: athena` needs a place for Athena's results.", hint)
    known = {
        "memory_limit": asked.memory_limit or None,
        "threads": asked.threads or None,
        "temp_dir": _scratch(settings),
        "remote": asked.remote,
        "read_in_place": asked.read_in_place,
        "output": asked.output,
        "database": asked.database,
        "workgroup": asked.workgroup,
        "profile": settings.aws_profile or None,
        "region": settings.s3.region or None,
        "write": parquet_writer(settings),
    }
    local: Engine = _with_known(_kind(engines.KINDS, "duckdb", "The engine"), known)
    built: Engine = _with_known(_kind(engines.KINDS, asked.kind, "The engine"), {**known, "local": local})
    return built


def in_parts(settings: Settings) -> bool:
    """Whether the engine of the settings can begin a bill before all of its files are here."""
    return settings.engine.kind in engines.IN_PARTS


def language_model(settings: Settings) -> LanguageModel:
    """The model of `agent`, not asked anything yet; its key is read when it is."""
    agent = settings.agent
    built: LanguageModel = import_module("aws_cost_anomalies.language_model").LanguageModel(
        agent.named_model,
        profile=settings.model_profile or None,
        region=agent.region or None,
        base_url=agent.base_url,
        api_key=Secret(agent.api_key.get_secret_value(), settings.aws_profile or None).read,
        max_tokens=agent.max_tokens,
        timeout=agent.timeout_seconds,
    )
    return built


def _with_known(kind: Any, known: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """One of a kind, with those of its fields that are known."""
    return kind(**{f.name: known[f.name] for f in fields(kind) if f.name in known})


def detector(settings: Settings, name: str | None, monitor: Monitor, *, last: int | None = None) -> Detector:
    """The detector named or configured, or several joined by `+`, as closely as a monitor looks.

    One that can judges the `last` days alone, and learns from all.
    """
    names = (name or settings.anomaly.detector or detectors.DEFAULT).split("+")
    built = tuple(_detector(settings, each.strip(), monitor, last=last) for each in names)
    return built[0] if len(built) == 1 else Together(built)


def _detector(settings: Settings, name: str, monitor: Monitor, *, last: int | None) -> Detector:
    """One detector with those of its parameters that settings and monitor know."""
    kind = _kind(detectors.KINDS, name, "The detector")
    rules = settings.anomaly
    least = min(monitor.minimum_impact, LEAST_A_DAY)
    known = {
        **rules.model_dump(),
        "sensitivity": _number_or_word(monitor.sensitivity),
        "minimum_impact": least,
        # Where either minimum is enough, no day has to reach a share too: the anomaly is held to the rule.
        "minimum_impact_percentage": 0.0 if rules.match == "any" else rules.min_impact_pct,
        "first_spend": FIRST_SPEND * least,
        "last": last,
    }
    built: Detector = kind(**{f.name: known[f.name] for f in fields(kind) if f.name in known})
    return built


def _number_or_word(sensitivity: str) -> float | str:
    """A sensitivity given as a score is a number above 0. Raises: InvalidArgument: one that is not."""
    try:
        score = float(sensitivity)
    except ValueError:
        return sensitivity
    if not LEAST_SCORE <= score <= MOST_SCORE:
        allowed = f"low, medium, high or a score from {LEAST_SCORE:g} to {MOST_SCORE:g}"
        raise InvalidArgument("The sensitivity", sensitivity, allowed)
    return score


def channels(settings: Settings) -> tuple[Channel, ...]:
    """The channels there are; standard output where none is configured."""
    return settings.channels or (Channel(name="stdout", kind="stdout"),)


def notifier(settings: Settings, name: str) -> Notifier:
    """Who carries messages to the channel of that name.

    Charts are drawn where the extra `charts` is installed. Secrets are read when a message is sent.

    Raises:
        InvalidArgument: no channel has the name.
    """
    known_by = {channel.name: channel for channel in channels(settings)}
    if name not in known_by:
        raise InvalidArgument("The channel", name, ", ".join(known_by))
    channel = known_by[name]
    profile = settings.aws_profile or None
    secrets = {key: Secret(getattr(channel, key).get_secret_value(), profile) for key in SECRET_KEYS}
    known = {
        **channel.model_dump(exclude=set(SECRET_KEYS)),
        **secrets,
        "profile": profile,
        "door": Door(channel.allow_private, channel.timeout_seconds),
        "draw": import_module("aws_cost_anomalies.charts").picture,
    }
    built: Notifier = _with_known(_kind(notifiers.KINDS, channel.kind, "The channel's kind"), known)
    return built


def configured_sources(settings: Settings) -> tuple[str, ...]:
    """The exports whose place is configured; Cost Explorer where there is none."""
    exports = {"cur": settings.s3.bucket, "focus": settings.focus.bucket}
    return tuple(name for name, bucket in exports.items() if bucket) or ("cost_explorer",)


def plain_narrator(account_names: Mapping[str, str]) -> Narrator:
    """Who puts explanations into words by rule."""
    plain: Narrator = _kind(narrators.KINDS, "plain", "The narrator")(account_names)
    return plain


def narrator(settings: Settings, account_names: Mapping[str, str] | None = None) -> Narrator:
    """Who puts explanations into words; it counts what its model takes, so a run needs but one.

    Args:
        settings: with `alerts.narrator`, its caps, and the model of `agent`.
        account_names: account id → name, for the words by rule; a model is not told them.
    """
    plain = plain_narrator(account_names or {})
    alerts = settings.alerts
    if alerts.narrator == "plain":
        return plain
    kind = _kind(narrators.KINDS, alerts.narrator, "The narrator")
    model, most_usd = language_model(settings), alerts.max_narration_usd
    built: Narrator = kind(model, plain, most=alerts.max_narrations, most_usd=most_usd)
    return built


def default_source(settings: Settings) -> str:
    """The source of an ingest that names none: an S3 export if one is configured, else Cost Explorer."""
    return configured_sources(settings)[0]


def export_source(settings: Settings, name: str, path: str | None) -> Source:
    """A CUR, FOCUS or sample export, in the given place or the configured one. Raises: SettingsError."""
    export = settings.focus if name == "focus" else settings.s3
    location = path or export.location
    if not location:
        key = "focus" if name == "focus" else "s3"
        hint = f"Give --path DIR or s3://bucket/prefix, or set `{key}.bucket`."
        raise SettingsError(f"No place of a {name.upper()} export is known.", hint)
    built: Source = _kind(sources.KINDS, name, "The source")(
        location,
        report_name=export.report_name or None,
        cache_dir=settings.database.cache_dir,
        profile=settings.aws_profile or None,
        region=export.region or None,
        stays=read_in_place(settings),
    )
    return built


def read_in_place(settings: Settings) -> tuple[str, ...]:
    """How the names of those files end that the engine reads in S3, where they lie."""
    if settings.engine.kind == "athena":
        return (".parquet",)
    return ("",) if settings.engine.kind == "spark" and settings.engine.read_in_place else ()


def cost_explorer(
    settings: Settings, group_by: str | None, *, as_of: date, names: Callable[[], Mapping[str, str]]
) -> Source:
    """Cost Explorer, grouped as asked or configured; `names` gives the accounts' names."""
    built: Source = _kind(sources.KINDS, "cost_explorer", "The source")(
        cache_dir=settings.database.cache_dir,
        as_of=as_of,
        profile=settings.aws_profile or None,
        region=settings.cost_explorer.region,
        group_by=group_by or settings.cost_explorer.group_by,
        names=names,
    )
    return built


def mapping(name: str) -> FocusMapping:
    """How the columns of a bill are read as FOCUS. Raises: InvalidArgument."""
    built: FocusMapping = _kind(sources.MAPPINGS, name, "The mapping")
    return built


def parquet_writer(settings: Settings) -> WriteParquet:
    """What writes the sample bill: this machine's engine, whichever one reads bills."""
    writer: WriteParquet = _kind(engines.KINDS, "duckdb", "The engine")(
        threads=settings.engine.threads or None
    ).write_parquet
    return writer


def _scratch(settings: Settings) -> Path:
    return settings.database.cache_dir / "scratch"


@contextmanager
def scratch(settings: Settings) -> Iterator[Path]:
    """A folder for work in progress, for a block: in the cache, so that it is on a disk with room.

    Raises:
        DiskFull, SettingsError: it cannot be made.
    """
    folder = _scratch(settings)
    with private.cache_told(folder, "making room to work"):
        private.make_folder(folder)
        made = Path(tempfile.mkdtemp(dir=folder))
        private.remove_leftovers(folder, "*", made_now=made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
