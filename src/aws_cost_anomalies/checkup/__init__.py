"""Whether everything is there that a daily run needs: looked at where it lies, and nothing paid is asked.

Knows what a configuration uses and how each part of that can be looked at; changes nothing, sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from aws_cost_anomalies.checkup import allowed, bills, channels, configuration, model, program, records
from aws_cost_anomalies.checkup.credentials import Credentials
from aws_cost_anomalies.model.checkup import Check
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store


def checks(
    settings: Settings, store: Store, file: Path, *, as_of: date, now: datetime, is_offline: bool = False
) -> Iterator[Check]:
    """Each check as it is done.

    Args:
        settings: as loaded.
        store: the one of the settings.
        file: that they were read from; there need not be one.
        as_of: today, UTC.
        now: the moment taken for now, aware.
        is_offline: whether neither AWS nor any channel is asked.
    """
    yield from program.checks()
    yield from configuration.checks(settings, file)
    credentials = Credentials.of(settings, is_offline=is_offline)
    yield from credentials.checks()
    yield from allowed.checks(settings, credentials)
    yield from bills.checks(settings, credentials, now=now)
    yield from channels.checks(settings, credentials, is_offline=is_offline)
    yield from model.checks(settings, is_offline=is_offline)
    yield from records.checks(settings, store, as_of=as_of, now=now)
