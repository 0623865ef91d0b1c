"""The source `cost_explorer`: any run of days as one bill, read anew each time it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from aws_cost_anomalies.aws.meter import PRICE, Meter
from aws_cost_anomalies.errors import InvalidArgument, PartialResult, ServiceUnavailable
from aws_cost_anomalies.model.bill import FetchRequest, Plan, RawBill, RawFormat
from aws_cost_anomalies.model.period import ONE_DAY, BillingPeriod, Period
from aws_cost_anomalies.sources.cost_explorer.answers import Group, amount_of
from aws_cost_anomalies.sources.cost_explorer.explorer import Explorer
from aws_cost_anomalies.sources.cost_explorer.mapping import MAPPING
from aws_cost_anomalies.sources.cost_explorer.query_plan import ACCOUNTS, QueryPlan
from aws_cost_anomalies.sources.cost_explorer.raw_file import write_groups

MOST_DAYS = 365
MONTHS_KEPT = 14
"""Whole months before the current one that Cost Explorer has by day. Source: its refusal of older days."""
ROUNDING = Decimal("0.01")
"""How far the groups of an account may be from its total, in currency a day: amounts carry ten decimals."""


class CostExplorerSource:
    """Daily costs by request.

    Attributes:
        skipped: bills left out because the store has them; always empty, since figures change for weeks.
        problems: bills that failed while others went on; always empty, since there is one bill.
    """

    data_source = "cost_explorer"
    export = "cost_explorer"

    def __init__(
        self,
        *,
        cache_dir: Path,
        as_of: date,
        profile: str | None = None,
        region: str | None = None,
        group_by: str = "service+account",
        names: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """Ask nothing yet.

        Args:
            cache_dir: where the answers are kept.
            as_of: today, UTC; later days are not asked for.
            profile: AWS profile, None for the standard chain.
            region: of the Cost Explorer endpoint.
            group_by: what `QueryPlan.parse` reads.
            names: gives account id → name, asked once what is wanted can be had; Cost Explorer's own names
                fill in the rest.

        Raises:
            InvalidArgument: a grouping Cost Explorer cannot do.
        """
        self.query_plan = QueryPlan.parse(group_by)
        self.skipped: list[tuple[str, str]] = []
        self.problems: list[tuple[str, str, PartialResult]] = []
        self._cache_dir = cache_dir
        self._as_of = as_of
        self._profile = profile
        self._region = region
        self._ask_names = names
        self._meter = Meter()

    @property
    def paid_requests(self) -> int:
        """How many paid API requests it has made so far, retries and pages included."""
        return self._meter.sent

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self._ask_names()

    def plan(self, request: FetchRequest) -> Plan:
        """The fewest requests it takes and their price; pays for nothing. Raises: InvalidArgument."""
        period, fewest = self._period(request), self.query_plan.fewest_requests
        by = str(self.query_plan).replace("+", ", ")
        steps = [
            f"Cost Explorer: {period} by {by}; at least {_priced(fewest)}",
            "Each further page of an answer, and each retry, is one more",
        ]
        if self.query_plan.is_by_account:
            known = f"; {len(self._names)} accounts are known" if self._names else ""
            steps.append(f"One request lists the accounts, then each account with spend takes one{known}")
        return Plan(fewest, tuple(steps))

    def fetch(self, request: FetchRequest) -> Iterator[RawBill]:
        """One bill for exactly the days wanted, up to today.

        Raises (while iterating):
            InvalidArgument: no days, too many, or days too old.
            PaidRequestCapReached: before the request that would exceed the cap; no bill comes.
            BadBill: an answer that leaves out a day or makes no sense.
            CredentialsError, AccessDenied, ServiceUnavailable: as AWS answers.
        """
        period = self._period(request)
        self._meter.allow(request.max_paid_requests)
        self._meter.require(self.query_plan.fewest_requests)
        explorer = Explorer(self._meter, profile=self._profile, region=self._region)
        explorer.account_names |= self._names
        folder = self._cache_dir / self.data_source / str(period)
        file = write_groups(self._groups(explorer, period), folder, explorer.account_names)
        yield RawBill(
            data_source=self.data_source,
            export=self.export,
            period=period,
            billing_period=str(period),
            version=f"{self.query_plan}:{file.etag if file else 'empty'}",
            files=(file,) if file else (),
            format=RawFormat.JSON,
            mapping=MAPPING,
            tags=self.query_plan.tags,
        )

    def _groups(self, explorer: Explorer, period: Period) -> Iterator[Group]:
        if self.query_plan.is_by_account:
            return self._by_account(explorer, period)
        return explorer.groups(period, self.query_plan)

    def _by_account(self, explorer: Explorer, period: Period) -> Iterator[Group]:
        """Every group of three dimensions, account after account, held against each account's own total."""
        totals: dict[str, dict[date, Decimal]] = defaultdict(dict)
        for group in explorer.groups(period, ACCOUNTS):
            totals[group.values["account"] or ""][group.day] = _unblended(group)
        self._meter.require(len(totals))
        for account, expected in sorted(totals.items()):
            found: dict[date, Decimal] = defaultdict(Decimal)
            for group in explorer.groups(period, self.query_plan, account=account):
                found[group.day] += _unblended(group)
                yield _of_account(group, account)
            for day in expected.keys() | found.keys():
                if abs(expected.get(day, Decimal()) - found[day]) > ROUNDING:
                    raise ServiceUnavailable(
                        "Cost Explorer", f"its figures of {day} changed while they were read"
                    )

    def _period(self, request: FetchRequest) -> Period:
        wanted = request.period
        if wanted is None or not 1 <= wanted.days <= MOST_DAYS:
            days = "all days" if wanted is None else f"{wanted.days} days"
            raise InvalidArgument("What is asked of Cost Explorer", days, f"1 to {MOST_DAYS} days")
        oldest = _months_before(self._as_of, MONTHS_KEPT)
        if wanted.start < oldest or wanted.start > self._as_of:
            raise InvalidArgument(
                "The first day", str(wanted.start), f"{oldest} to {self._as_of} with Cost Explorer"
            )
        return Period(wanted.start, min(wanted.end, self._as_of + ONE_DAY))


def _of_account(group: Group, account: str) -> Group:
    return replace(group, values={"account": account, **group.values})


def _unblended(group: Group) -> Decimal:
    return amount_of(group.amounts["UnblendedCost"], "UnblendedCost")


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    return BillingPeriod(total // 12, total % 12 + 1).period.start


def _priced(requests: int) -> str:
    return f"{requests} paid request{'s' if requests > 1 else ''} ({requests * PRICE} USD)"
