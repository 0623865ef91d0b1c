"""CUR 2.0 bills of any size for the other benchmarks, made once and kept below the system's temporary folder.

An organization that bills by the hour: many resources and usage types, each line item one of them in an hour.
Every column of the table dictionary of CUR 2.0 is there, filled or empty as AWS fills it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.period import BillingPeriod
from benchmarks.processes import apart

FOLDER = Path(tempfile.gettempdir()) / "aws-cost-anomalies-benchmarks"
PER_FILE = 1_000_000
EXPORT = "bench"
_RESERVATION = (
    "reservation_amortized_upfront_cost_for_usage",
    "reservation_amortized_upfront_fee_for_billing_period",
    "reservation_effective_cost",
    "reservation_net_amortized_upfront_cost_for_usage",
    "reservation_net_amortized_upfront_fee_for_billing_period",
    "reservation_net_effective_cost",
    "reservation_net_recurring_fee_for_usage",
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_net_unused_recurring_fee",
    "reservation_net_upfront_value",
    "reservation_recurring_fee_for_usage",
    "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_normalized_unit_quantity",
    "reservation_unused_quantity",
    "reservation_unused_recurring_fee",
    "reservation_upfront_value",
)
_RESERVATION_TEXT = (
    "reservation_availability_zone",
    "reservation_end_time",
    "reservation_modification_status",
    "reservation_normalized_units_per_reservation",
    "reservation_number_of_reservations",
    "reservation_start_time",
    "reservation_subscription_id",
    "reservation_total_reserved_normalized_units",
    "reservation_total_reserved_units",
    "reservation_units_per_reservation",
)
_SAVINGS = (
    "savings_plan_amortized_upfront_commitment_for_billing_period",
    "savings_plan_net_amortized_upfront_commitment_for_billing_period",
    "savings_plan_net_recurring_commitment_for_billing_period",
    "savings_plan_net_savings_plan_effective_cost",
    "savings_plan_recurring_commitment_for_billing_period",
    "savings_plan_savings_plan_effective_cost",
    "savings_plan_savings_plan_rate",
    "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment",
)
_SAVINGS_TEXT = (
    "savings_plan_end_time",
    "savings_plan_instance_type_family",
    "savings_plan_offering_type",
    "savings_plan_payment_option",
    "savings_plan_purchase_term",
    "savings_plan_region",
    "savings_plan_savings_plan_a_r_n",
    "savings_plan_start_time",
)
_SPLIT = (
    "split_line_item_actual_usage",
    "split_line_item_net_split_cost",
    "split_line_item_net_unused_cost",
    "split_line_item_public_on_demand_split_cost",
    "split_line_item_public_on_demand_unused_cost",
    "split_line_item_reserved_usage",
    "split_line_item_split_cost",
    "split_line_item_split_usage",
    "split_line_item_split_usage_ratio",
    "split_line_item_unused_cost",
)


@dataclass(frozen=True)
class Size:
    """How large a bill is.

    Attributes:
        line_items: rows.
        lines: resources and usage types that they bill; about 720 line items each make a month by the hour.
        kinds: of usage that these are: account, service, region and usage type.
        accounts: how many there are.
    """

    line_items: int = 10_000_000
    lines: int = 13_900
    kinds: int = 3_500
    accounts: int = 40


def bill(months: Sequence[str], size: Size, *, name: str = "") -> Path:
    """The folder of an export with one bill per month, made unless it is there already."""
    folder = FOLDER / (name or f"{len(months)}x{size.line_items}-{size.lines}-{size.kinds}-{size.accounts}")
    if not (folder / "done").is_file():
        for month in months:
            apart(partial(deliver, folder, month, size))
        (folder / "done").touch()
    return folder


def deliver(folder: Path, month: str, size: Size, *, execution: str = "1") -> None:
    """One month as another delivery."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        write_month(connection, folder, month, size=size, execution=execution)


def write_month(
    connection: duckdb.DuckDBPyConnection, folder: Path, month: str, *, size: Size, execution: str = "1"
) -> None:
    """Write the files and the manifest of one month; a new `execution` makes it another delivery."""
    period = BillingPeriod.parse(month).period
    days = {"month": sql.literal(period.start), "hours": str(24 * period.days)}
    lines = {"lines": str(size.lines), "kinds": str(size.kinds), "accounts": str(size.accounts)}
    connection.execute(sql.read(__package__, "bill_lines", **days, **lines))
    place = folder / EXPORT / "data" / f"BILLING_PERIOD={month}"
    place.mkdir(parents=True, exist_ok=True)
    keys = []
    for number, first in enumerate(range(0, size.line_items, PER_FILE)):
        path = place / f"{EXPORT}-{number:05d}.snappy.parquet"
        statement = sql.read(
            __package__,
            "bill_file",
            **days,
            lines=str(size.lines),
            first=str(first),
            last=str(min(first + PER_FILE, size.line_items)),
            path=sql.literal(path),
            reservation=_RESERVATION,
            reservation_text=_RESERVATION_TEXT,
            savings=_SAVINGS,
            savings_text=_SAVINGS_TEXT,
            split=_SPLIT,
        )
        connection.execute(statement)
        keys.append(path.relative_to(folder).as_posix())
    manifest = folder / EXPORT / "metadata" / f"BILLING_PERIOD={month}" / f"{EXPORT}-Manifest.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"executionId": execution, "dataFiles": keys}), encoding="utf-8")
