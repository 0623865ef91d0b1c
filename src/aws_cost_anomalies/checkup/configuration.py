"""Whether the configuration makes sense as a whole; that each value is allowed was seen when it was read."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from aws_cost_anomalies import kinds, plans
from aws_cost_anomalies.alerts import subscriptions
from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.permissions import written_out
from aws_cost_anomalies.settings import Settings

AREA = "configuration"


def checks(settings: Settings, file: Path) -> Iterator[Check]:
    """Whether names fit together, and whether secrets lie open."""
    try:
        told = subscriptions(settings)
        plans.read_plans(settings.planned)
    except CostAnomaliesError as error:
        yield Check.of_error(AREA, error)
    else:
        sources = ", ".join(name.replace("_", "-") for name in kinds.configured_sources(settings))
        names = ", ".join(channel.name for channel in kinds.channels(settings))
        noun = "subscription" if len(told) == 1 else "subscriptions"
        yield Check(AREA, State.OK, f"reads {sources}; {len(told)} {noun} to {names}")
    yield from _open_secrets(settings, file)


def _open_secrets(settings: Settings, file: Path) -> Iterator[Check]:
    """A secret in a file that others may read."""
    if not written_out(settings) or not file.is_file():
        return
    if stat.S_IMODE(file.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH):
        remedy = f"Run `chmod 600 {file}`, or keep the secret elsewhere and write env:NAME or ssm:/name."
        yield Check(AREA, State.WARNING, f"{file} holds a secret, and others may read it", remedy)
