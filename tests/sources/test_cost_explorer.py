"""The source `cost_explorer` against a double on loopback: exact days, every page, every paid request."""

from __future__ import annotations

import json
import socket
import stat
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cost_explorer_double import Charge, CostExplorerDouble, read_charges

from aws_cost_anomalies.errors import (
    AccessDenied,
    BadBill,
    CredentialsError,
    InvalidArgument,
    NoData,
    PaidRequestCapReached,
    ServiceUnavailable,
    UsageError,
)
from aws_cost_anomalies.model.bill import FetchRequest, RawBill, RawFormat
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.sources.cost_explorer import CostExplorerSource, QueryPlan

AS_OF = date(2026, 11, 15)
WEEK = Period(date(2026, 11, 1), date(2026, 11, 8))
EC2, OTHER, S3 = "Amazon Elastic Compute Cloud - Compute", "EC2 - Other", "Amazon Simple Storage Service"
ACCOUNTS = ("111111111111", "222222222222", "333333333333")


def charges() -> list[Charge]:
    """Three accounts, three services, a week and the days around it; no two amounts alike."""
    days = [date(2026, 10, 31), *WEEK, date(2026, 11, 8)]
    return [
        Charge(
            day,
            service,
            account,
            region=region,
            record_type=record_type,
            usage_type=f"{region}-{number}",
            tags={"team": "search"} if number else {},
            cost_categories={"unit": f"u{number}"},
            unblended=f"{day.day}.{number + 1}{position}{len(region)}0000001",
            net_amortized=f"{day.day}.0",
            quantity="24",
            unit="Hrs",
            estimated=day >= date(2026, 11, 6),
        )
        for day in days
        for number, account in enumerate(ACCOUNTS)
        for position, service in enumerate((EC2, OTHER, S3))
        for region, record_type in (("us-east-1", "Usage"), ("eu-west-1", "SavingsPlanCoveredUsage"))
    ]


@pytest.fixture
def explorer(credentials: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[CostExplorerDouble]:
    with CostExplorerDouble(charges(), account_names={ACCOUNTS[0]: "prod", ACCOUNTS[1]: "dev"}) as double:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", double.url)
        yield double


@pytest.fixture
def source(tmp_path: Path) -> CostExplorerSource:
    return CostExplorerSource(cache_dir=tmp_path, as_of=AS_OF)


def grouped_by(group_by: str, tmp_path: Path) -> CostExplorerSource:
    return CostExplorerSource(cache_dir=tmp_path, as_of=AS_OF, group_by=group_by)


def bill_of(source: CostExplorerSource, period: Period | None = WEEK, **more: Any) -> RawBill:
    (bill,) = source.fetch(FetchRequest(period, **more))
    return bill


def rows_of(bill: RawBill) -> list[dict[str, str]]:
    return [json.loads(line) for file in bill.files for line in file.path.read_text().splitlines()]


def total_of(bill: RawBill) -> Decimal:
    return sum((Decimal(row["unblended_cost"]) for row in rows_of(bill)), Decimal())


def expected_total(explorer: CostExplorerDouble) -> Decimal:
    return sum((Decimal(c.unblended) for c in explorer.charges if c.day in WEEK), Decimal())


def cached_files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


class TestWhatIsAsked:
    def test_one_request_daily_by_service_and_account(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        bill_of(source)
        (asked,) = explorer.requests
        assert asked.operation == "GetCostAndUsage"
        assert asked.body == {
            "TimePeriod": {"Start": "2026-11-01", "End": "2026-11-08"},
            "Granularity": "DAILY",
            "Metrics": ["UnblendedCost", "BlendedCost", "NetAmortizedCost", "AmortizedCost", "UsageQuantity"],
            "GroupBy": [
                {"Type": "DIMENSION", "Key": "SERVICE"},
                {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
            ],
        }

    @pytest.mark.parametrize(
        ("text", "plan"),
        [
            ("service", "service"),
            ("account+service", "service+account"),
            ("service+record-type", "service+charge-type"),
            ("usage-type+account+service", "service+account+usage-type"),
            ("service+tag:team", "service+tag:team"),
            ("service+cost-category:unit", "service+cost-category:unit"),
        ],
    )
    def test_a_plan_reads_names_in_any_order(self, text: str, plan: str) -> None:
        assert str(QueryPlan.parse(text)) == plan

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "account",
            "region",
            "service+service",
            "service+region+usage-type",
            "service+colour",
            "service+tag:",
        ]
        + ["service+account+region+usage-type"],
    )
    def test_what_cannot_be_grouped_by_is_refused_before_anything_is_paid(self, text: str) -> None:
        with pytest.raises(InvalidArgument, match="service\\+account"):
            QueryPlan.parse(text)


class TestTheBill:
    def test_it_speaks_for_exactly_the_days_asked(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        bill = bill_of(source)
        assert (bill.data_source, bill.export) == ("cost_explorer", "cost_explorer")
        assert (bill.period, bill.billing_period) == (WEEK, "2026-11-01..2026-11-07")
        assert {row["day"] for row in rows_of(bill)} == {str(day) for day in WEEK}
        assert total_of(bill) == expected_total(explorer)

    def test_every_value_is_the_text_it_was_answered_with(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.charges = [
            Charge(
                date(2026, 11, 6),
                S3,
                ACCOUNTS[0],
                unblended="0.0000058183",
                blended="0.1",
                amortized="0.2",
                net_amortized="-0.30",
                quantity="5.50",
                unit="GB-Month",
                estimated=True,
            )
        ]
        bill = bill_of(source)
        assert bill.format is RawFormat.JSON
        assert rows_of(bill) == [
            {
                "day": "2026-11-06",
                "service": S3,
                "service_code": "AmazonS3",
                "account": ACCOUNTS[0],
                "account_name": "prod",
                "currency": "USD",
                "unblended_cost": "0.0000058183",
                "blended_cost": "0.1",
                "amortized_cost": "0.2",
                "net_amortized_cost": "-0.30",
                "usage_quantity": "5.50",
                "usage_unit": "GB-Month",
                "estimated": "true",
            }
        ]

    def test_the_file_is_its_owners_alone_and_named_by_its_content(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        first, again = bill_of(source), bill_of(source)
        (file,) = first.files
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
        assert file.size == file.path.stat().st_size
        assert first.version == again.version
        assert cached_files(tmp_path) == [file.path]
        explorer.charges.append(Charge(WEEK.start, "AWS Lambda", unblended="1"))
        assert bill_of(source).version != first.version
        assert len(cached_files(tmp_path)) == 2

    def test_it_is_read_again_even_when_the_store_knows_it(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        known = {("cost_explorer", str(WEEK)): bill_of(source).version}
        assert bill_of(source, known=known).files
        assert source.skipped == []
        assert len(explorer.requests) == 2

    def test_a_service_that_vanished_is_gone_from_the_next_bill(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        assert S3 in {row["service"] for row in rows_of(bill_of(source))}
        explorer.charges = [c for c in explorer.charges if c.service != S3]
        bill = bill_of(source)
        assert S3 not in {row["service"] for row in rows_of(bill)}
        assert bill.period == WEEK

    def test_days_without_any_charge_are_a_bill_without_files(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.charges = []
        bill = bill_of(source)
        assert (bill.files, bill.period) == ((), WEEK)
        assert bill.version
        assert cached_files(tmp_path) == []

    def test_given_account_names_stand_before_those_of_cost_explorer(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = CostExplorerSource(cache_dir=tmp_path, as_of=AS_OF, names={ACCOUNTS[0]: "production"})
        names = {(row["account"], row.get("account_name")) for row in rows_of(bill_of(source))}
        assert names == {(ACCOUNTS[0], "production"), (ACCOUNTS[1], "dev"), (ACCOUNTS[2], None)}

    def test_today_is_the_last_day_there_is(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        november = Period(date(2026, 11, 1), date(2026, 12, 1))
        assert bill_of(source, november).period == Period(date(2026, 11, 1), date(2026, 11, 16))

    @pytest.mark.parametrize(
        "period",
        [
            None,
            Period(date(2026, 11, 1), date(2026, 11, 1)),
            Period(date(2025, 11, 14), date(2026, 11, 15)),
            Period(date(2025, 8, 31), date(2025, 9, 30)),
            Period(date(2026, 11, 16), date(2026, 11, 17)),
        ],
    )
    def test_days_that_cannot_be_had_are_refused_before_anything_is_paid(
        self, period: Period | None, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        with pytest.raises(InvalidArgument):
            source.plan(FetchRequest(period))
        with pytest.raises(InvalidArgument):
            bill_of(source, period)
        assert explorer.requests == []


class TestPages:
    def test_every_page_is_followed_also_within_a_day(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.page_size = 4
        bill = bill_of(source)
        assert total_of(bill) == expected_total(explorer)
        assert len(rows_of(bill)) == 7 * 9
        assert source.paid_requests == len(explorer.requests) == 16

    def test_a_token_that_comes_twice_ends_it(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        explorer.repeats_its_token = True
        with pytest.raises(ServiceUnavailable, match="same page token twice"):
            bill_of(source)
        assert len(explorer.requests) == 2
        assert cached_files(tmp_path) == []

    def test_a_total_beside_groups_is_not_counted(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        def add_totals(answer: dict[str, Any]) -> None:
            for result in answer["ResultsByTime"]:
                result["Total"] = {"UnblendedCost": {"Amount": "1000", "Unit": "USD"}}

        explorer.edit = add_totals
        assert total_of(bill_of(source)) == expected_total(explorer)


class TestPlans:
    @pytest.mark.parametrize(
        "group_by",
        [
            "service",
            "service+region",
            "service+charge-type",
            "service+usage-type",
            "service+tag:team",
            "service+cost-category:unit",
            "service+account+region",
            "service+account+charge-type",
            "service+account+usage-type",
            "service+account+tag:team",
            "service+account+cost-category:unit",
        ],
    )
    def test_all_plans_have_the_same_total(
        self, group_by: str, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        explorer.page_size = 50
        source = grouped_by(group_by, tmp_path)
        assert total_of(bill_of(source)) == expected_total(explorer)

    @pytest.mark.parametrize(
        ("group_by", "column", "values"),
        [
            ("service+region", "region", {"us-east-1", "eu-west-1"}),
            ("service+charge-type", "charge_type", {"Usage", "SavingsPlanCoveredUsage"}),
            ("service+account+region", "account", set(ACCOUNTS)),
            ("service+account+region", "account_name", {"prod", "dev", ""}),
            ("service+account+tag:team", "tags", {"", '{"team": "search"}'}),
            ("service+cost-category:unit", "tags", {f'{{"unit": "u{n}"}}' for n in range(3)}),
        ],
    )
    def test_a_dimension_has_its_column(
        self, explorer: CostExplorerDouble, tmp_path: Path, group_by: str, column: str, values: set[str]
    ) -> None:
        rows = rows_of(bill_of(grouped_by(group_by, tmp_path)))
        assert {row.get(column, "") for row in rows} == values

    def test_a_charge_without_region_or_usage_type_has_none(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        day = WEEK.start
        explorer.charges = [
            Charge(day, S3, region=r, unblended="1") for r in ("NoRegion", "global", "us-east-1")
        ]
        rows = rows_of(bill_of(grouped_by("service+region", tmp_path)))
        assert sorted(row.get("region", "") for row in rows) == ["", "", "us-east-1"]
        assert "usage_type" not in rows_of(bill_of(grouped_by("service+usage-type", tmp_path)))[0]

    def test_three_dimensions_take_one_request_an_account_and_one_to_list_them(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = grouped_by("service+account+region", tmp_path)
        rows = rows_of(bill_of(source))
        assert len(rows) == 7 * 3 * 3 * 2
        assert source.paid_requests == len(explorer.requests) == 4
        filters = [request.body.get("Filter") for request in explorer.requests]
        assert filters == [None] + [
            {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}} for account in ACCOUNTS
        ]

    def test_figures_that_change_between_requests_are_not_taken(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        def charge_more(answer: dict[str, Any]) -> None:
            explorer.charges = [*explorer.charges, Charge(WEEK.start, S3, ACCOUNTS[0], unblended="0.02")]

        explorer.edit = charge_more
        with pytest.raises(ServiceUnavailable, match="changed while they were read"):
            bill_of(grouped_by("service+account+region", tmp_path))
        assert cached_files(tmp_path) == []


class TestWhatItCosts:
    def test_the_plan_says_the_price_and_asks_nothing(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        plan = source.plan(FetchRequest(WEEK))
        assert plan.paid_requests == 1
        assert plan.steps[0] == (
            "Cost Explorer: 2026-11-01..2026-11-07 by service, account; at least 1 paid request (0.01 USD)"
        )
        assert explorer.requests == []

    def test_the_plan_of_three_dimensions_says_what_multiplies(self, tmp_path: Path) -> None:
        source = CostExplorerSource(
            cache_dir=tmp_path, as_of=AS_OF, group_by="service+account+region", names={"1": "a", "2": "b"}
        )
        plan = source.plan(FetchRequest(WEEK))
        assert plan.paid_requests == 2
        assert "at least 2 paid requests (0.02 USD)" in plan.steps[0]
        assert "2 accounts are known" in plan.steps[2]

    def test_retries_are_counted(self, explorer: CostExplorerDouble, source: CostExplorerSource) -> None:
        explorer.fail("InternalFailure", status=500, times=2)
        bill_of(source)
        assert source.paid_requests == len(explorer.requests) == 3

    def test_limit_exceeded_is_tried_again(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.fail("LimitExceededException", times=1)
        assert total_of(bill_of(source)) == expected_total(explorer)
        assert source.paid_requests == 2

    def test_the_cap_counts_pages(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        with pytest.raises(PaidRequestCapReached, match="--max-paid-requests allows 15"):
            bill_of(source, max_paid_requests=15)
        assert source.paid_requests == len(explorer.requests) == 15
        assert cached_files(tmp_path) == []

    def test_a_cap_that_just_suffices_is_no_obstacle(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.page_size = 4
        assert total_of(bill_of(source, max_paid_requests=16)) == expected_total(explorer)

    def test_the_cap_counts_retries(self, explorer: CostExplorerDouble, source: CostExplorerSource) -> None:
        explorer.fail("InternalFailure", status=500, times=9)
        with pytest.raises(PaidRequestCapReached):
            bill_of(source, max_paid_requests=2)
        assert source.paid_requests == len(explorer.requests) == 2

    def test_a_cap_of_nothing_asks_nothing(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        with pytest.raises(PaidRequestCapReached, match="needs at least 1 paid requests"):
            bill_of(source, max_paid_requests=0)
        assert explorer.requests == []

    def test_a_cap_holds_for_each_fetch(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        for _ in range(3):
            bill_of(source, max_paid_requests=1)
        assert source.paid_requests == 3

    def test_too_many_accounts_are_seen_before_they_are_paid(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        source = grouped_by("service+account+region", tmp_path)
        with pytest.raises(PaidRequestCapReached, match="needs at least 4 paid requests"):
            bill_of(source, max_paid_requests=3)
        assert len(explorer.requests) == 1


class TestTrouble:
    def test_no_credentials(self, source: CostExplorerSource) -> None:
        with pytest.raises(CredentialsError):
            bill_of(source)
        assert source.paid_requests == 0

    @pytest.mark.parametrize(
        ("code", "status", "kind", "words"),
        [
            ("ExpiredTokenException", 400, CredentialsError, "expired"),
            ("UnrecognizedClientException", 400, CredentialsError, "does not accept"),
            ("AccessDeniedException", 400, AccessDenied, "ce:GetCostAndUsage"),
            ("DataUnavailableException", 400, NoData, "Cost Explorer"),
            ("ValidationException", 400, UsageError, "ce:GetCostAndUsage"),
        ],
    )
    def test_a_refusal_is_told_and_not_repeated(
        self,
        explorer: CostExplorerDouble,
        source: CostExplorerSource,
        code: str,
        status: int,
        kind: type,
        words: str,
    ) -> None:
        explorer.fail(code, status=status, times=9)
        with pytest.raises(kind, match=words):
            bill_of(source)
        assert len(explorer.requests) == 1

    def test_credentials_that_expire_between_pages_leave_nothing_behind(
        self, explorer: CostExplorerDouble, source: CostExplorerSource, tmp_path: Path
    ) -> None:
        explorer.page_size = 4
        explorer.succeed(2)
        explorer.fail("ExpiredTokenException")
        with pytest.raises(CredentialsError, match="expired"):
            bill_of(source)
        assert len(explorer.requests) == 3
        assert cached_files(tmp_path) == []

    def test_an_outage_ends_after_a_few_attempts(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.fail("ServiceUnavailableException", status=503, times=99)
        with pytest.raises(ServiceUnavailable, match="Cost Explorer did not answer"):
            bill_of(source)
        assert source.paid_requests == len(explorer.requests) == 4

    def test_connections_that_break_off(
        self, explorer: CostExplorerDouble, source: CostExplorerSource
    ) -> None:
        explorer.hang_up(times=99)
        with pytest.raises(ServiceUnavailable, match="broke off"):
            bill_of(source)
        assert source.paid_requests == 4

    def test_nobody_there(
        self, credentials: None, source: CostExplorerSource, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        monkeypatch.setenv("AWS_ENDPOINT_URL_COST_EXPLORER", f"http://127.0.0.1:{port}")
        with pytest.raises(ServiceUnavailable, match="cannot be reached"):
            bill_of(source)


def _drop_a_day(answer: dict[str, Any]) -> None:
    del answer["ResultsByTime"][3]


def _another_day(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"] = {"Start": "2026-10-31", "End": "2026-11-01"}


def _a_month(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"]["End"] = "2026-12-01"


def _no_date(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"]["Start"] = "yesterday"


def _backwards(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["TimePeriod"] = {"Start": "2026-11-02", "End": "2026-11-01"}


def _a_group_twice(answer: dict[str, Any]) -> None:
    groups = answer["ResultsByTime"][0]["Groups"]
    groups.append(groups[0])


def _one_key(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Keys"].pop()


def _amount(text: object) -> Any:
    def edit(answer: dict[str, Any]) -> None:
        answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["UnblendedCost"]["Amount"] = text

    return edit


def _two_currencies(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["BlendedCost"]["Unit"] = "EUR"


def _no_net_cost(answer: dict[str, Any]) -> None:
    del answer["ResultsByTime"][0]["Groups"][0]["Metrics"]["NetAmortizedCost"]


def _a_list(answer: dict[str, Any]) -> None:
    answer["ResultsByTime"][0]["Groups"][0]["Metrics"] = []


def _nothing(answer: dict[str, Any]) -> None:
    answer.clear()


class TestAnswersThatMakeNoSense:
    @pytest.mark.parametrize(
        ("edit", "words"),
        [
            (_drop_a_day, "leaves out 2026-11-04"),
            (_another_day, "2026-10-31"),
            (_a_month, "single days"),
            (_no_date, "yesterday"),
            (_backwards, "2026-11-02"),
            (_a_group_twice, "twice"),
            (_one_key, "1 keys where 2"),
            (_amount("n/a"), "'n/a', which is no amount"),
            (_amount("NaN"), "no amount"),
            (_amount("1e26"), "no amount"),
            (_amount(None), "Amount is missing"),
            (_amount(5), "Amount is missing"),
            (_a_list, "cannot be read"),
            (_two_currencies, "EUR, USD"),
            (_no_net_cost, "NetAmortizedCost is missing"),
            (_nothing, "ResultsByTime is missing"),
        ],
    )
    def test_they_are_named_and_not_taken(
        self,
        explorer: CostExplorerDouble,
        source: CostExplorerSource,
        tmp_path: Path,
        edit: Any,
        words: str,
    ) -> None:
        explorer.edit = edit
        with pytest.raises(BadBill, match=words):
            bill_of(source)
        assert cached_files(tmp_path) == []

    def test_a_tag_value_under_another_key_is_refused(
        self, explorer: CostExplorerDouble, tmp_path: Path
    ) -> None:
        def other_key(answer: dict[str, Any]) -> None:
            answer["ResultsByTime"][0]["Groups"][0]["Keys"][1] = "owner$search"

        explorer.edit = other_key
        with pytest.raises(BadBill, match="owner\\$search"):
            bill_of(grouped_by("service+tag:team", tmp_path))


def test_a_tag_value_may_hold_a_dollar_sign(explorer: CostExplorerDouble, tmp_path: Path) -> None:
    explorer.charges = [Charge(WEEK.start, S3, tags={"team": "a$b"}, unblended="1")]
    (row,) = rows_of(bill_of(grouped_by("service+tag:team", tmp_path)))
    assert json.loads(row["tags"]) == {"team": "a$b"}


def test_real_figures_come_through_exactly(
    explorer: CostExplorerDouble, tmp_path: Path, shared_data: Path
) -> None:
    real_charges = read_charges(shared_data / "cost_explorer_daily_by_service.csv")
    explorer.charges, explorer.page_size = real_charges, 100
    source = CostExplorerSource(cache_dir=tmp_path, as_of=date(2024, 4, 26))
    bill = bill_of(source, Period(date(2024, 2, 1), date(2024, 4, 27)))
    found: dict[str, Decimal] = defaultdict(Decimal)
    expected: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(bill):
        found[row["service"]] += Decimal(row["unblended_cost"])
    for charge in real_charges:
        expected[charge.service] += Decimal(charge.unblended)
    assert found == expected
    assert len(found) == 33
    assert len(rows_of(bill)) == 945
    assert source.paid_requests == 10
