"""A configuration to begin with: what AWS delivers and who is told, as a commented file without a secret.

Knows which exports can be read and how a configuration is written; asks nobody but AWS.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aws_cost_anomalies.aws.exports import Export, data_exports, legacy_reports
from aws_cost_anomalies.errors import CostAnomaliesError, CredentialsError, UsageError
from aws_cost_anomalies.model.characters import visible

PRIVATE = 0o600
CHANNEL = "team"
"""What the first channel is called."""
HEAD = """\
# Written by `aws-cost-anomalies init`. Every key stands in docs/configuration.md; no secret stands here.
# Next: `aws-cost-anomalies doctor` looks whether all is there, `aws-cost-anomalies run` does the work.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What AWS delivers.

    Attributes:
        exports: the best to read first.
        problems: why others, or none, could be found; one sentence each.
    """

    exports: tuple[Export, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a configuration is to say.

    Attributes:
        export: the bill to read; None for Cost Explorer.
        tags: keys of tags to keep.
        channel: the kind of the first channel; stdout for none.
        secret: where its address is kept, e.g. env:SLACK_WEBHOOK.
        minimum: least impact that is told, in currency.
    """

    profile: str = ""
    export: Export | None = None
    tags: tuple[str, ...] = ()
    channel: str = "stdout"
    secret: str = ""
    minimum: float = 0.0


def found_exports(profile: str | None) -> Found:
    """The exports these credentials may see; what they may not see is said and is no failure."""
    exports: list[Export] = []
    problems: list[str] = []
    for ask in (data_exports, legacy_reports):
        try:
            exports += ask(profile=profile)
        except CredentialsError as error:
            return Found(problems=(error.message,))
        except CostAnomaliesError as error:
            problems.append(error.message)
    return Found(tuple(sorted(exports, key=_rank)), tuple(problems))


def _rank(export: Export) -> tuple[bool, int, str]:
    """Healthy ones first, then those that tell most."""
    detail = ("CUR 2.0", "FOCUS export", "legacy CUR")
    return bool(export.trouble), detail.index(export.called), export.name


def written(wishes: Wishes) -> str:
    """The text of the configuration."""
    return "\n".join([HEAD, *_profile(wishes), *_bill(wishes), *_tags(wishes), *_alerts(wishes), ""])


def save(text: str, file: Path, *, replaces: bool) -> None:
    """Write it for its owner alone.

    Raises:
        UsageError: there is one already, or the place cannot be written.
    """
    if file.exists() and not replaces:
        raise exists_already(file)
    made = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with os.fdopen(
            os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w", encoding="utf-8"
        ) as new:
            new.write(text)
        made.replace(file)
    except OSError as error:
        made.unlink(missing_ok=True)
        hint = "Choose another place with --config FILE."
        raise UsageError(f"{file} cannot be written: {error.strerror}.", hint) from None


def exists_already(file: Path) -> UsageError:
    """That a configuration would be lost."""
    hint = "Edit it, give --config FILE for another one, or --force to write it anew."
    return UsageError(f"{file} is there already.", hint)


def _profile(wishes: Wishes) -> Iterator[str]:
    yield "# AWS profile of every call; empty means the standard chain of the AWS tools."
    yield f"aws_profile: {_quoted(wishes.profile)}"
    yield ""


def _bill(wishes: Wishes) -> Iterator[str]:
    export = wishes.export
    if export is None:
        yield "# Cost Explorer is read: 0.01 USD for each request, told before it is paid. An export is free"
        yield "# to read and knows resources: make one in the console, Data Exports, then `init --force`."
        yield "cost_explorer:"
        yield "  # days read again each time; a first import may take more: `ingest --days 60`"
        yield "  lookback_days: 14"
    else:
        yield f"# The bill that is read: {visible(export.name)} ({export.called})."
        yield "focus:" if export.source == "focus" else "s3:"
        yield f"  bucket: {_quoted(export.bucket)}"
        yield f"  prefix: {_quoted(export.prefix)}"
        yield f"  region: {_quoted(export.region)}"
    yield ""


def _tags(wishes: Wishes) -> Iterator[str]:
    yield "# Tag keys kept with the costs, to group and to route alerts by: tag:KEY; also cost-category:NAME."
    yield f"tags: [{', '.join(map(_quoted, wishes.tags))}]"
    yield ""


def _alerts(wishes: Wishes) -> Iterator[str]:
    if wishes.channel == "stdout":
        yield "# Alerts are printed. docs/ALERTS.md shows channels: slack, teams, email, webhook, sns, …"
        yield "channels: []"
        return
    yield "# Where alerts go. The address is a secret, read from where it is kept when a message is sent."
    yield "channels:"
    yield f"  - name: {CHANNEL}"
    yield f"    kind: {wishes.channel}"
    yield f"    url: {_quoted(wishes.secret)}"
    yield ""
    yield "# Who is told what; docs/ALERTS.md shows how teams subscribe to what is theirs."
    yield "subscriptions:"
    yield "  - name: everything"
    yield f"    channels: [{CHANNEL}]"
    yield "    # the least total impact that is told, in the currency of the bill"
    yield f"    min_impact: {wishes.minimum:g}"


def _quoted(text: str) -> str:
    """A text that YAML takes for nothing else: JSON's strings are YAML's."""
    return json.dumps(text)
