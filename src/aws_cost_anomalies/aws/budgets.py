"""The budgets of an account, as AWS Budgets tells them. It does not charge for telling."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from aws_cost_anomalies.aws.accounts import caller_identity
from aws_cost_anomalies.aws.failures import translated
from aws_cost_anomalies.aws.session import client
from aws_cost_anomalies.errors import ServiceUnavailable
from aws_cost_anomalies.model.live import Budget

NAME = "AWS Budgets"


def budgets(*, profile: str | None, region: str | None) -> tuple[Budget, ...]:
    """Every budget of the account these credentials belong to, over all pages, by name.

    Raises:
        AccessDenied, CredentialsError, SettingsError, UsageError: as they happen.
        ServiceUnavailable: it does not answer, or its answer makes no sense.
    """
    account = caller_identity(profile=profile, region=region).account
    asked = client("budgets", profile=profile, region=region)
    found: list[Budget] = []
    try:
        with translated("budgets:ViewBudget", profile=profile):
            for page in asked.get_paginator("describe_budgets").paginate(AccountId=account):
                found += [_budget(each) for each in page.get("Budgets", ())]
    except (AttributeError, LookupError, TypeError, ValueError, InvalidOperation) as error:
        raise ServiceUnavailable(NAME, "its answer cannot be read") from error
    return tuple(sorted(found, key=lambda budget: budget.name))


def _budget(told: Mapping[str, Any]) -> Budget:
    limit = told.get("BudgetLimit")
    spend = told.get("CalculatedSpend", {})
    days = told.get("TimePeriod", {})
    return Budget(
        name=told["BudgetName"],
        kind=told["BudgetType"],
        span=told["TimeUnit"],
        unit=str((limit or spend.get("ActualSpend") or {}).get("Unit", "")),
        limit=_amount(limit),
        actual=_amount(spend.get("ActualSpend")),
        forecast=_amount(spend.get("ForecastedSpend")),
        start=_day(days.get("Start")),
        end=_day(days.get("End")),
        filters=tuple((key, tuple(values)) for key, values in told.get("CostFilters", {}).items()),
    )


def _amount(told: Mapping[str, Any] | None) -> Decimal | None:
    return Decimal(told["Amount"]) if told else None


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
