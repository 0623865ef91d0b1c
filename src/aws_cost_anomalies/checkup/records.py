"""Whether the store can be read and has room, how far its data goes, and what runs and alerts left there."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from aws_cost_anomalies import slices, views
from aws_cost_anomalies.daily import LATE, REMEMBERED
from aws_cost_anomalies.dispatch import LEASE
from aws_cost_anomalies.errors import CostAnomaliesError, NoData
from aws_cost_anomalies.model.alert import Delivery
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.model.load import Coverage
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import NONE, Dimension
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store

STORE, RUNS, ALERTS = "store", "runs", "alerts"
COPIES = 3
"""A writer works on a copy, which grows: so many times the store should fit beside it."""
LEAST_ROOM = 200 * 1024**2
MEGABYTE = 1024**2
MOST_NAMED = 5


def checks(settings: Settings, store: Store, *, as_of: date, now: datetime) -> Iterator[Check]:
    """What the store says of itself."""
    yield from _room(settings.database.path)
    yield from _writable(settings.database.cache_dir / "scratch" / "charges", "database.cache_dir")
    try:
        if not store.exists():
            remedy = "Run `aws-cost-anomalies ingest`, or `run` for the whole morning."
            yield Check(STORE, State.WARNING, f"there is no store at {settings.database.path} yet", remedy)
            return
        yield from _data(store, as_of)
        yield from _currencies(settings, store, as_of)
        yield from _elsewhere(settings, store, as_of)
        yield from _overlaps(store)
        yield from _gaps(settings, store, as_of)
        yield _runs(settings, store, now)
        yield from _alerts(store, now)
    except CostAnomaliesError as error:
        yield Check.of_error(STORE, error)


def _room(path: Path) -> Iterator[Check]:
    """Whether the folder takes a store."""
    refused = list(_writable(path, "database.path"))
    if refused:
        yield from refused
        return
    folder = _nearest(path)
    size = path.stat().st_size if path.is_file() else 0
    free = shutil.disk_usage(folder).free
    if free < COPIES * size + LEAST_ROOM:
        said = f"{free // MEGABYTE:,} MB are free beside a store of {size // MEGABYTE:,} MB"
        yield Check(STORE, State.WARNING, said, "Free some space: a writer works on a copy of the store.")


def _writable(path: Path, key: str) -> Iterator[Check]:
    """The trouble with the folder of a path, if nothing can be written there."""
    folder = _nearest(path)
    if not os.access(folder, os.W_OK | os.X_OK):
        remedy = f"Change its owner or mode, or set `{key}` to a place that can be written."
        yield Check(STORE, State.PROBLEM, f"{folder} cannot be written", remedy)


def _nearest(path: Path) -> Path:
    """The folder that a path is in, or the nearest above it that is there."""
    return next((each for each in path.absolute().parents if os.path.isdir(each)), Path("/"))  # noqa: PTH112 - never raises


def _data(store: Store, as_of: date) -> Iterator[Check]:
    """How far each data source goes."""
    known = store.coverage(as_of)
    if not known:
        remedy = "Run `aws-cost-anomalies ingest`."
        yield Check(STORE, State.WARNING, f"{store.path} holds no charges", remedy)
    for each in known:
        name = each.data_source.replace("_", "-")
        through = each.covered.end - ONE_DAY
        said = f"{name}: {each.covered.start} to {through}, in {store.path}"
        if as_of - through > LATE:
            remedy = f"Run `aws-cost-anomalies ingest --source {name}`, and schedule `run`."
            yield Check(STORE, State.WARNING, f"{said}; that is {(as_of - through).days} days ago", remedy)
        else:
            yield Check(STORE, State.OK, said)


def _currencies(settings: Settings, store: Store, as_of: date) -> Iterator[Check]:
    """A bill in several currencies of which none is chosen, or in others than the one that is."""
    chosen = settings.anomaly.currency.upper()
    for each in store.coverage(as_of):
        name, codes = each.data_source.replace("_", "-"), ", ".join(each.currencies)
        if len(each.currencies) > 1 and not chosen:
            remedy = f"Set `anomaly.currency` to one of them, e.g. {each.currencies[0]}."
            said = f"{name}: charges in {codes}, which are never summed, and none of them is chosen"
            yield Check(STORE, State.PROBLEM, said, remedy)
        elif chosen and chosen not in each.currencies:
            remedy = "Set `anomaly.currency` to a currency of the bill, or leave it empty."
            said = f"{name}: charges in {codes or 'no currency'}, and {chosen} is looked at"
            yield Check(STORE, State.WARNING, said, remedy)


def _elsewhere(settings: Settings, store: Store, as_of: date) -> Iterator[Check]:
    """Accounts that only another data source has than the one that answers: nothing is told of them."""
    known = store.coverage(as_of)
    wanted = views.named(settings, Asked())
    if not known:
        return
    chosen = views.source(store.coverage, wanted, as_of=as_of, days=views.TOLD_DAYS)
    here, name = _accounts(store, chosen, as_of), chosen.data_source.replace("_", "-")
    for each in known:
        others = sorted(_accounts(store, each, as_of) - here - {NONE})
        if others:
            source = each.data_source.replace("_", "-")
            named = ", ".join(others[:MOST_NAMED]) + (", …" if len(others) > MOST_NAMED else "")
            said = f"{source}: charges of {named}, of which {name}, the source that is looked at, has none"
            remedy = f"Set `anomaly.source` to {source}, or give it a store of its own: two are never added."
            yield Check(STORE, State.WARNING, said, remedy)


def _accounts(store: Store, of: Coverage, as_of: date) -> set[str]:
    """The accounts that a data source has charges of in the days that are told of, in any currency."""
    days = Period.ending(of.covered.last_day, views.TOLD_DAYS)
    queries = [
        PanelQuery(days, of.data_source, Dimension.parse("account"), currency=code) for code in of.currencies
    ]
    found = set[str]()
    for query in queries:
        with suppress(NoData):  # nothing in this currency lately
            found |= {value for scope in store.panel(query, as_of=as_of).scopes for _, value in scope.values}
    return found


def _overlaps(store: Store) -> Iterator[Check]:
    """The exports that count twice, month by month: a store of an older version may hold some."""
    twice: dict[tuple[str, str, str], list[str]] = {}
    for each in store.overlaps():
        pair = each.data_source.replace("_", "-"), each.export, each.other_export
        twice.setdefault(pair, []).append(each.billing_period)
    for (source, export, other), months in twice.items():
        named = f"{min(months)} to {max(months)}" if len(months) > 1 else months[0]
        said = (
            f"{source}: the exports {export} and {other} hold the same charges in {named}, which count twice"
        )
        drops = (
            f"`aws-cost-anomalies ingest --source {source} --forget {shlex.quote(other)}` drops one of them"
        )
        remedy = f"{drops}; name the one to keep with `report_name`, or give the other a store of its own."
        yield Check(STORE, State.PROBLEM, said, remedy)


def _gaps(settings: Settings, store: Store, as_of: date) -> Iterator[Check]:
    """What is missing between the days there are."""
    for source, lacks in slices.gaps(settings, store, as_of=as_of).items():
        name = source.replace("_", "-")
        again = f"`aws-cost-anomalies ingest --source {name} --full-refresh`"
        remedy = f"{again} reads it again; what is missing then is missing where it comes from."
        for gap in lacks:
            yield Check(STORE, State.WARNING, f"{name}: {gap.sentence}", remedy)


def _runs(settings: Settings, store: Store, now: datetime) -> Check:
    """When all of it last went well."""
    runs = store.runs()
    if not runs:
        remedy = "Schedule `aws-cost-anomalies run` every morning; docs/DEPLOY.md shows how."
        return Check(RUNS, State.WARNING, "there was no `run` yet", remedy)
    good = max((run.started_at for run in runs if run.is_good), default=None)
    said = f"the last good run was at {good:%Y-%m-%d %H:%M} UTC" if good else "no run was good yet"
    last = runs[-1]
    remedy = "Run `aws-cost-anomalies run` by hand: it says what is wrong and what to do."
    if good is None or now - good > timedelta(hours=settings.alerts.silent_hours):
        trouble = "" if last.is_good else f"; the last one: {last.summary}"
        return Check(RUNS, State.PROBLEM, f"{said}{trouble}", remedy)
    if not last.is_good:
        return Check(RUNS, State.WARNING, f"{said}; the last one was not: {last.summary}", remedy)
    return Check(RUNS, State.OK, said)


def _alerts(store: Store, now: datetime) -> Iterator[Check]:
    """What did not arrive."""
    failed = [entry for entry in store.alerts([Delivery.FAILED]) if now - entry.created_at <= REMEMBERED]
    waiting = store.alerts([Delivery.PENDING, Delivery.AMBIGUOUS])
    taken = store.alerts([Delivery.SENDING])
    retry = "`aws-cost-anomalies alert --retry` sends it now, when the cause is gone."
    for channel in dict.fromkeys(entry.channel for entry in failed):
        of_it = [entry for entry in failed if entry.channel == channel]
        said = (
            f"{len(of_it)} given up in the last two weeks by channel {channel}; the last: {of_it[-1].detail}"
        )
        yield Check(ALERTS, State.PROBLEM, said, retry)
    if waiting:
        said = f"{len(waiting)} on the way; the last answer: {waiting[-1].detail or 'none yet'}"
        yield Check(ALERTS, State.WARNING, said, f"The next `run` tries again; {retry}")
    if taken:
        first = min((entry.not_before for entry in taken if entry.not_before), default=now)
        said = f"{len(taken)} being sent since {first - LEASE:%Y-%m-%d %H:%M} UTC, or its sender was killed"
        when = f"from {first:%Y-%m-%d %H:%M} UTC on" if first > now else "now"
        again = f'Any `run` or `alert` {when} sends what has no receipt again, with "(may repeat)".'
        yield Check(ALERTS, State.WARNING, said, again)
    if not failed and not waiting and not taken:
        yield Check(ALERTS, State.OK, "every alert of the last two weeks has arrived")
