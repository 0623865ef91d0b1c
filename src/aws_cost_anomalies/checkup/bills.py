"""Whether the exports are where the configuration says, laid out as AWS does, and fresh."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from aws_cost_anomalies.checkup.credentials import Credentials
from aws_cost_anomalies.delivery.deliveries import deliveries
from aws_cost_anomalies.delivery.delivery import Delivery
from aws_cost_anomalies.errors import CostAnomaliesError, DeliveryInProgress
from aws_cost_anomalies.model.checkup import Check, State
from aws_cost_anomalies.objects import open_location
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.settings.places import S3

AREA = "bills"
STALE = timedelta(hours=48)
"""AWS delivers an export at least once a day."""


def checks(settings: Settings, credentials: Credentials, *, now: datetime) -> Iterator[Check]:
    """A check for each export; without one, what that means."""
    exports = [each for each in (settings.s3, settings.focus) if each.location]
    if not exports:
        said = "no export is configured: Cost Explorer is read, 0.01 USD for each request, which is not tried"
        remedy = (
            "`init` looks for an export: it costs nothing to read, goes back further and knows resources."
        )
        yield Check(AREA, State.OK, said, remedy)
    for export in exports:
        if credentials.identity is None:
            yield Check(AREA, State.UNCHECKED, f"{export.location}: {credentials.why_not}")
            continue
        try:
            yield from _export(export, settings, now=now)
        except CostAnomaliesError as error:
            yield Check.of_error(AREA, error, what=export.location)


def _export(export: S3, settings: Settings, *, now: datetime) -> Iterator[Check]:
    """What lies in one place."""
    place = open_location(
        export.location,
        cache_dir=settings.database.cache_dir,
        profile=settings.aws_profile or None,
        region=export.region or None,
    )
    found = list(deliveries(place, export.location, export.report_name or None))
    for name in dict.fromkeys(each.export for each in found):
        yield _told(export, [each for each in found if each.export == name], now=now)


def _told(export: S3, found: list[Delivery], *, now: datetime) -> Check:
    months = sorted(each.billing_period for each in found)
    noun = "billing period" if len(found) == 1 else "billing periods"
    said = f"{found[0].export} in {export.location}: {len(found)} {noun}, {months[0]} to {months[-1]}"
    problem = next((each.problem for each in found if each.problem), None)
    if problem:
        state = State.WARNING if isinstance(problem, DeliveryInProgress) else State.PROBLEM
        return Check(AREA, state, f"{said}; {problem.message}", problem.hint)
    times = [file.modified_at for each in found for file in each.files if file.modified_at]
    if not times:
        return Check(AREA, State.OK, said)
    last = max(times)
    said = f"{said}, last delivered {last:%Y-%m-%d %H:%M} UTC"
    if now - last <= STALE:
        return Check(AREA, State.OK, said)
    remedy = "AWS delivers every day: see the export's status under Data Exports in the Billing console."
    return Check(AREA, State.WARNING, f"{said}, longer ago than it should be", remedy)
