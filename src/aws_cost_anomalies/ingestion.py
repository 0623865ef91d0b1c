"""Ingestion: a source's bills, one billing period at a time, through the engine into the store.

A bill that is refused keeps its last good version and stops no other; what was paid for is recorded even when
the fetch fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from aws_cost_anomalies import aws, kinds
from aws_cost_anomalies.aws.meter import PRICE
from aws_cost_anomalies.errors import BadBill, InvalidArgument, PartialResult, StoreOutdated
from aws_cost_anomalies.gathering import Gathering
from aws_cost_anomalies.model.answers import LoadedBill, Wanted
from aws_cost_anomalies.model.bill import FetchRequest, Plan, RawBill
from aws_cost_anomalies.model.load import ApiCall, Load
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.model.ports import Engine, Source
from aws_cost_anomalies.raw_bills import bills_of, is_intact
from aws_cost_anomalies.settings import Settings
from aws_cost_anomalies.store import Store
from aws_cost_anomalies.store.writer import Writer

KINDS_OF_USAGE = 3
"""Less than these on the first day of a month may be fees of that month."""


@dataclass(frozen=True, slots=True)
class Import:
    """An ingest that is planned but not yet done."""

    source: Source
    request: FetchRequest
    plan: Plan

    @property
    def paid_requests(self) -> int:
        """How many paid API requests it has made so far."""
        return self.source.paid_requests


class Ingestion:
    """Bills on their way in."""

    def __init__(self, settings: Settings, store: Store, *, as_of: date, now: datetime) -> None:
        """Open nothing yet; arguments as App's."""
        self.settings = settings
        self.store = store
        self.as_of = as_of
        self.now = now

    def planned(self, wanted: Wanted) -> Import:
        """What an ingest would fetch and pay; makes no paid call.

        A store of an older version is brought up to date.
        """
        name = (wanted.source or kinds.default_source(self.settings)).replace("-", "_")
        explorer = self.settings.cost_explorer
        period = self._wanted_period(wanted, explorer.lookback_days if name == "cost_explorer" else None)
        if name == "cost_explorer":
            source = kinds.cost_explorer(
                self.settings, wanted.group_by, as_of=self.as_of, names=self._account_names
            )
        else:
            source = kinds.export_source(self.settings, name, wanted.path)
        known = {(load.export, load.billing_period): load.version for load in self._loads(name)}
        cap = wanted.max_paid_requests or explorer.max_paid_requests
        in_parts = kinds.in_parts(self.settings)
        request = FetchRequest(period, known, wanted.full_refresh, cap, in_parts)
        return Import(source, request, source.plan(request))

    def run(self, job: Import) -> Iterator[LoadedBill]:
        """Each billing period as it is done: what is told as loaded is on disk for readers by then."""
        source = job.source
        with self.store.writing(self.now) as writer, Gathering(self.settings) as gathering:
            loaded = 0
            try:
                for bill in source.fetch(job.request):
                    if bill.awaits:
                        gathering.begin(bill)
                        continue
                    done = _load(bill, gathering, writer)
                    loaded += done.status == "loaded"
                    writer.publish()
                    yield done
            finally:
                self._record_paid(source, writer)
            if loaded:
                self._define_line_items(writer, gathering.engine)
        name = source.data_source
        for export, month in source.skipped:
            yield LoadedBill(name, export, month, "unchanged")
        for export, month, problem in source.problems:
            yield _failed(name, export, month, problem=problem)

    def forget(
        self, export: str, source: str | None = None, month: str | None = None
    ) -> tuple[LoadedBill, ...]:
        """What was dropped of an export, so that another one can take its place.

        Args:
            export: its name.
            source: its data source; None means the configured one.
            month: `YYYY-MM`, the only billing period to drop; None means all.

        Raises:
            NoData: nothing of it is loaded.
        """
        name = (source or kinds.default_source(self.settings)).replace("-", "_")
        only = str(BillingPeriod.parse(month)) if month else None
        with self.store.writing(self.now) as writer, Gathering(self.settings) as gathering:
            dropped = writer.forget(name, export, only)
            writer.publish()
            self._define_line_items(writer, gathering.engine)
        return tuple(
            LoadedBill(
                name, export, load.billing_period, "forgotten",
                line_items=load.line_items, rows=load.rows, totals=load.totals,
            )
            for load in dropped
        )  # fmt: skip

    def _loads(self, data_source: str) -> tuple[Load, ...]:
        """What is loaded of a data source, the store brought up to date where it must be: looked at once."""
        try:
            return self.store.loads(data_source)
        except StoreOutdated:
            self.store.bring_up_to_date(self.now)
            return self.store.loads(data_source)

    def _account_names(self) -> Mapping[str, str]:
        profile, region = self.settings.aws_profile or None, self.settings.cost_explorer.region
        return aws.account_names(profile=profile, region=region).names

    def _wanted_period(self, wanted: Wanted, default_days: int | None) -> Period | None:
        if wanted.month is not None:
            if wanted.days is not None:
                raise InvalidArgument("--days", wanted.days, "nothing, together with --date")
            return BillingPeriod.parse(wanted.month).period
        days = wanted.days or default_days
        return Period.ending(self.as_of - ONE_DAY, days) if days else None

    def _record_paid(self, source: Source, writer: Writer) -> None:
        """Keep the ledger even when the fetch failed: what was paid was paid."""
        if source.paid_requests:
            usd = PRICE * source.paid_requests
            call = ApiCall(self.now, "ce", "GetCostAndUsage", requests=source.paid_requests, usd=usd, note="")
            writer.record_api_call(call)
            writer.publish()

    def _define_line_items(self, writer: Writer, engine: Engine) -> None:
        """Point the view `cost_line_items` at the raw files of every load.

        Where a file was spoilt since it was loaded, the view stays as it was; the ingest that met the file
        has said so.
        """
        with self.store.one_version():
            loads, keys = self.store.loads(), self.store.tag_keys()
        bills = bills_of([load for load in loads if is_intact(load, self.settings)], loads)
        with suppress(BadBill):
            tags = tuple(dict.fromkeys((*self.settings.tags, *keys)))
            writer.define_line_items(engine.line_items_sql(bills, tags))


def _load(bill: RawBill, gathering: Gathering, writer: Writer) -> LoadedBill:
    """The bill in the store, or why it is not: one that is refused does not stop the others."""
    try:
        with gathering.whole(bill) as charges:
            load = writer.replace_charges(bill, charges)
    except BadBill as refused:
        return _failed(bill.data_source, bill.export, bill.billing_period, problem=refused)
    is_monthly = False
    if writer.kinds_of_first_days(load) >= KINDS_OF_USAGE:
        with suppress(PartialResult):  # the bill is loaded; this is a question beside it
            is_monthly = gathering.is_monthly(bill)
    return LoadedBill(
        bill.data_source, bill.export, bill.billing_period, "loaded",
        line_items=load.line_items, rows=load.rows, totals=load.totals, restated=load.restated,
        lacks=charges.lacks, left_out=bill.left_out, is_monthly=is_monthly,
    )  # fmt: skip


def _failed(data_source: str, export: str, billing_period: str, *, problem: PartialResult) -> LoadedBill:
    """A billing period whose last good version stays."""
    return LoadedBill(
        data_source, export, billing_period, "failed", problem=problem.message, hint=problem.hint
    )
