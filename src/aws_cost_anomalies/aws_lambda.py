"""The door of AWS Lambda: fetch the store, do the work of the day, put each change back unless overtaken.

A function keeps no files, so the store rests in S3, at `database.remote`:

    costs.duckdb    the store; every publication is uploaded before the work goes on, so that an attempt to
                    send is on record there before it is made
    lease.json      who is at work, so that a second invocation does not do it again beside the first
    config.yaml     the settings; secrets stand there by reference alone (`ssm:/name`)
    planned.yaml    planned changes

What must not happen twice rests on S3's conditional writes; the lease only saves work in vain.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from aws_cost_anomalies.app import App
from aws_cost_anomalies.daily import Report, Watch
from aws_cost_anomalies.errors import CostAnomaliesError, InvalidArgument, PartialResult, SettingsError
from aws_cost_anomalies.model.answers import Asked, Wanted
from aws_cost_anomalies.objects import SharedFile, lease
from aws_cost_anomalies.settings import Settings

SCHEMA = 1
ACTIONS = ("run", "watch")
SEEN = {
    Watch.WELL: "there was a good run lately",
    Watch.SILENT: "there was no good run for too long",
    Watch.NEVER_RAN: "there was no run yet",
}
"""What an event may ask for: the work of the day, or whether there was a good one lately."""
STORE, LEASE, CONFIG, PLANNED = "costs.duckdb", "lease.json", "config.yaml", "planned.yaml"
MARGIN = timedelta(seconds=30)
"""A function is stopped when its time is up; clocks may differ by this much."""
log = logging.getLogger("aws_cost_anomalies")


class Context(Protocol):
    """What Lambda tells of an invocation; a retry of it has the same id."""

    aws_request_id: str

    def get_remaining_time_in_millis(self) -> int:
        """Before the function is stopped."""


def handler(event: Mapping[str, object], context: Context) -> dict[str, object]:
    """What was done; a partial result is one, and said in `problems`.

    Args:
        event: `{"action": "run"}` or `{"action": "watch"}`; run where none is named.
        context: of the invocation.

    Raises:
        CostAnomaliesError: it could not be done; Lambda tries again and then puts the event aside.
    """
    log.setLevel(logging.INFO)
    action = event.get("action", "run") if isinstance(event, Mapping) else repr(event)
    if action not in ACTIONS:
        raise InvalidArgument("The action", action, ", ".join(ACTIONS))
    now = datetime.now(UTC)  # noqa: TID251 - the door is where the clock is read
    until = now + timedelta(milliseconds=context.get_remaining_time_in_millis()) + MARGIN
    try:
        with (
            lease(held := _lease(), context.aws_request_id, now=now, until=until),
            tempfile.TemporaryDirectory(prefix="aws-cost-anomalies-") as folder,
        ):
            app = _app(held, Path(folder), now)
            done = _run(app) if action == "run" else _watch(app)
    except CostAnomaliesError as error:
        log.error("%s %s", error.message, error.hint)
        raise
    log.info("%s", done["summary"])
    return {"schema": SCHEMA, "action": action, **done}


def _run(app: App) -> dict[str, object]:
    """The work of the day. Raises: the worst problem that left nothing to show."""
    report = Report()
    for step in app.run([Wanted(source=name) for name in app.sources()], Asked(), wait=time.sleep):
        if isinstance(step, Report):
            report = step
    for problem in report.problems:
        log.warning("%s %s", problem.message, problem.hint)
        if problem.exit_code != PartialResult.exit_code:
            raise problem
    return {
        "summary": report.summary,
        "alerts": {entry.alert_id: entry.delivery.value for entry in report.delivered},
        "problems": [problem.message for problem in report.problems],
    }


def _watch(app: App) -> dict[str, object]:
    """Whether there was a good run lately, and what still waited to be sent."""
    summary = SEEN[app.daily.call_out()]
    sent = {entry.alert_id: entry.delivery.value for entry in app.daily.deliver(time.sleep)}
    return {"summary": f"{summary}; {len(sent)} alerts on their way", "alerts": sent, "problems": []}


def _app(home: SharedFile, folder: Path, now: datetime) -> App:
    """The use cases on a copy of the store; each publication of it is uploaded beside `home`."""
    config = folder / CONFIG
    has_config = home.beside(CONFIG).fetch(config)
    home.beside(PLANNED).fetch(folder / PLANNED)
    path = folder / STORE
    flags = {"database.path": path, "database.cache_dir": folder / "cache", "planned": folder / PLANNED}
    settings = Settings.load(config if has_config else None, flags=flags)
    store = home.beside(STORE)
    store.fetch(path)

    def upload(published: Path) -> None:
        with published.open("rb") as content:
            store.replace(content)

    return App(settings, now=now, published=upload)


def _lease() -> SharedFile:
    """The lease, where the store rests. Raises: SettingsError when nobody says where."""
    place = Settings.load().database.remote
    if not place:
        hint = "Set AWS_COST_STORE to s3://bucket/prefix."
        raise SettingsError("The function does not know where its store rests.", hint)
    return SharedFile(f"{place.rstrip('/')}/{LEASE}")
