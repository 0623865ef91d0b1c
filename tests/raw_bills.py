"""Raw bills of every source and shape, small and nasty, with values that engines like to read differently."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from aws_cost_anomalies.delivery.zipped import Unzipped
from aws_cost_anomalies.model.bill import FocusMapping, RawBill, RawFile, RawFormat
from aws_cost_anomalies.model.panel import PanelQuery
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Dimension, Scope
from aws_cost_anomalies.objects.folder import Folder
from aws_cost_anomalies.sources.cost_explorer.mapping import MAPPING as COST_EXPLORER
from aws_cost_anomalies.sources.cur import MAPPING as CUR
from aws_cost_anomalies.sources.focus_export import MAPPING as FOCUS

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
LINE_TYPES = (
    "Usage",
    "SavingsPlanCoveredUsage",
    "DiscountedUsage",
    "SavingsPlanNegation",
    "SavingsPlanUpfrontFee",
    "SavingsPlanRecurringFee",
    "RIFee",
    "Fee",
    "Tax",
    "Credit",
    "Refund",
    "EdpDiscount",
)
LINES = f"""
    SELECT
        i,
        TIMESTAMP '2026-10-01 00:30:00' + INTERVAL (i * 12) MINUTE AS usage_start,
        CASE WHEN i % 50 = 0 THEN '' ELSE '11111111111' || (i % 3) END AS account,
        ({list(LINE_TYPES)!r})[1 + i % {len(LINE_TYPES)}] AS line_type,
        -- Thirteen places that end in 5, whole thousands with long tails, tiny and negative amounts.
        CASE i % 5
            WHEN 0 THEN (i * 7919 % 100000) / 1e5 + (i % 1000) / 1e12 + 5e-13
            WHEN 1 THEN 2000 + i * 1.2345678901234
            WHEN 2 THEN i / 3e9
            WHEN 3 THEN -i / 7.0
            ELSE i
        END::DOUBLE AS amount,
        -- Names of strangers: a null character, an escape, a quote, an end of a line.
        ['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'awskms', 'Some' || chr(0) || chr(27) || '[2J",''New',
         'Two\r\nLines\t|']
            [1 + i % 6] AS code,
        ['us-east-1', 'global', NULL, 'eu-central-1'][1 + i % 4] AS region,
        ['web' || chr(0), '', NULL][1 + i % 3] AS team
    FROM range({{rows}}) AS t(i)
"""
CUR_LEGACY = """
    identity_line_item_id: i, bill_payer_account_id: '999999999999', bill_billing_entity: 'AWS',
    bill_invoice_id: NULL::VARCHAR,
    line_item_usage_start_date: usage_start, line_item_currency_code: 'USD',
    line_item_usage_account_id: account, line_item_line_item_type: line_type, line_item_product_code: code,
    line_item_usage_type: 'BoxUsage:' || (i % 2), line_item_resource_id: 'i-' || (i % 11),
    line_item_unblended_cost: amount, line_item_blended_cost: amount::FLOAT,
    line_item_net_unblended_cost: CASE WHEN i % 2 = 0 THEN amount * 0.9 END,
    line_item_usage_amount: (i * 1.5)::DECIMAL(18, 6), pricing_unit: 'Hrs', product_region: region,
    pricing_public_on_demand_cost: amount::VARCHAR,
    reservation_effective_cost: amount / 2,
    reservation_reservation_a_r_n: CASE WHEN i % 24 = 7 THEN 'arn' END,
    reservation_unused_amortized_upfront_fee_for_billing_period: 0.1::DOUBLE,
    reservation_unused_recurring_fee: 2.25::DOUBLE,
    savings_plan_savings_plan_effective_cost: amount * 0.7,
    savings_plan_total_commitment_to_date: 744 * 1.37::DOUBLE,
    savings_plan_used_commitment: (i * 0.317)::DOUBLE,
    savings_plan_recurring_commitment_for_billing_period: 1019.28::DOUBLE,
    savings_plan_amortized_upfront_commitment_for_billing_period: 10.5::DOUBLE,
    savings_plan_net_recurring_commitment_for_billing_period: CASE WHEN i % 2 = 0 THEN 913.4567::DOUBLE END,
"""
CHOSEN = """
    bill_payer_account_id: 99999999999::BIGINT, line_item_usage_account_id: (22222222222 + i % 3)::DOUBLE,
    line_item_usage_start_date: usage_start, line_item_currency_code: 'USD',
    line_item_line_item_type: line_type, line_item_product_code: code, line_item_unblended_cost: amount,
    line_item_net_unblended_cost: CASE WHEN i % 2 = 0 THEN amount * 0.9 END,
    reservation_effective_cost: amount / 2,
    savings_plan_savings_plan_effective_cost: amount * 0.7,
    product: MAP {'product_name': 'Amazon ' || code, 'region': region},
    tags: MAP {'resourceTags/team': team, 'costCategory/team': 'unit'}
"""
SHAPES: dict[str, str] = {
    "cur legacy": CUR_LEGACY + "product_product_name: 'Amazon ' || code, resource_tags_user_team: team",
    "chosen columns": CHOSEN,
    "cur 2.0": CUR_LEGACY
    + "product: MAP {'product_name': 'Amazon ' || code}, product_region_code: region, "
    + "discount: {'edp': 0.1, 'rows': [1, 2]}, resource_tags: MAP {'user_team': team}",
}


def cur_parquet(shape: str, folder: Path) -> RawBill:
    """A CUR in two Parquet files of different schemas: whole costs as INT64 in the second."""
    first, second = folder / "first [1].parquet", folder / "BILLING_PERIOD=2026-10" / "second.parquet"
    second.parent.mkdir()
    statement = f"SELECT {SHAPES[shape]} FROM ({LINES.format(rows=600)})"
    whole = "* REPLACE (line_item_unblended_cost::BIGINT AS line_item_unblended_cost)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({statement}) TO '{first}' (FORMAT parquet)")
        connection.execute(f"COPY (SELECT {whole} FROM ({statement})) TO '{second}' (FORMAT parquet)")
    return bill("cur", CUR, [first, second], RawFormat.PARQUET)


def cur_csv(folder: Path, files: int = 1) -> RawBill:
    """A legacy CUR as gzipped CSV: names with slashes, tags that differ by case, a quoted line break."""
    columns = """
        "identity/LineItemId": i, "bill/PayerAccountId": '999999999999', "bill/InvoiceId": '',
        "lineItem/UsageStartDate": strftime(usage_start, '%Y-%m-%dT%H:%M:%SZ'),
        "lineItem/CurrencyCode": 'USD', "lineItem/UsageAccountId": account,
        "lineItem/LineItemType": line_type, "lineItem/ProductCode": code,
        "lineItem/LineItemDescription": E'two\nlines, "quoted" and \\\\ slashed',
        "lineItem/UnblendedCost": printf('%.10f', amount), "lineItem/UsageAmount": amount,
        "lineItem/NetUnblendedCost": CASE WHEN i % 2 = 0 THEN amount::VARCHAR
            ELSE ['NULL', 'null', '\\N', 'None', ''][1 + i % 5] END,
        "product/ProductName": 'Amazon ' || code, "product/region": region,
        "resourceTags/user:team": team, "resourceTags/user:Team": NULL
    """
    plain = folder / "plain.csv"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {columns} FROM ({LINES.format(rows=600)})) TO '{plain}' (FORMAT csv, HEADER)"
        )
    packed = gzip.compress(b"\xef\xbb\xbf" + plain.read_bytes())
    paths = [folder / f"report-{number:05}.csv.gz" for number in range(1, files + 1)]
    for path in paths:
        path.write_bytes(packed)
    return bill("cur", CUR, paths, RawFormat.CSV)


def cur_zip(folder: Path) -> RawBill:
    """The same delivered as ZIP."""
    packed = cur_csv(folder)
    (file,) = packed.files
    archive = folder / "zipped" / "report-00001.csv.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as content:
        content.writestr("report-00001.csv", gzip.decompress(file.path.read_bytes()))
    location = Unzipped(Folder(archive.parent), folder / "cache")
    path = location.fetch(location.objects()[0])
    return replace(packed, files=(replace(file, path=path, size=path.stat().st_size),))


FOCUS_LINES = """
    ChargePeriodStart: usage_start, BillingCurrency: ['USD', 'EUR'][1 + i % 2], BilledCost: amount,
    EffectiveCost: amount / 3, ListCost: amount::FLOAT, ConsumedQuantity: i, ConsumedUnit: 'Hrs',
    ProviderName: ['Amazon Web Services', 'Another'][1 + i % 2],
    PublisherName: ['Amazon Web Services, Inc.', 'Seller'][1 + i % 2],
    BillingAccountId: 99999999999::BIGINT, SubAccountId: account, ServiceName: 'Amazon ' || code,
    RegionId: region, ChargeCategory: 'Usage', ResourceId: 'r-' || (i % 11),
    Tags: MAP {'team': team, 'user:env': 'prod'}
"""


def focus_parquet(folder: Path) -> RawBill:
    """A FOCUS export in Parquet, two currencies."""
    path = folder / "focus.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {FOCUS_LINES} FROM ({LINES.format(rows=600)})) TO '{path}' (FORMAT parquet)"
        )
    return bill("focus", FOCUS, [path], RawFormat.PARQUET)


def focus_csv(folder: Path) -> RawBill:
    """The same as plain CSV, tags as JSON text, every other moment without seconds."""
    path = folder / "focus.csv"
    account = "CASE WHEN ProviderName LIKE 'Amazon%' THEN '0' ELSE '' END || BillingAccountId"
    forms = "%Y-%m-%dT%H:%MZ", "%Y-%m-%d %H:%M:%S"
    short, whole = (f"strftime(ChargePeriodStart, '{form}')" for form in forms)
    minute = f"CASE WHEN ConsumedQuantity % 2 = 0 THEN {short} ELSE {whole} END"
    texts = {"Tags": "Tags::JSON::VARCHAR", "BillingAccountId": account, "ChargePeriodStart": minute}
    tags = f"* REPLACE ({', '.join(f'{text} AS {name}' for name, text in texts.items())})"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {tags} FROM (SELECT {FOCUS_LINES} FROM ({LINES.format(rows=600)}))) "
            f"TO '{path}' (FORMAT csv, HEADER)"
        )
    return bill("focus", FOCUS, [path], RawFormat.CSV)


def cost_explorer(folder: Path) -> RawBill:
    """What Cost Explorer answered, as JSON lines; the second file lacks what the first has."""
    row = {
        "currency": "USD",
        "service": "Amazon Simple Storage Service",
        "account": "111111111111",
        "account_name": "shop",
        "region": "us-east-1",
        "unblended_cost": "12.3456789012",
        "blended_cost": "12.3456789012",
        "net_amortized_cost": "11.1",
        "amortized_cost": "11.1000000001",
        "usage_quantity": "3.0000000001",
        "usage_unit": "N/A",
        "tags": '{"team": "web", "env": ""}',
    }
    files = [folder / "one.jsonl", folder / "two.jsonl"]
    days = [{"day": str(day)} for day in OCTOBER]
    less = {key: value for key, value in row.items() if key not in {"tags", "account_name"}}
    files[0].write_text("".join(json.dumps({**day, **row}) + "\n" for day in days), encoding="utf-8")
    files[1].write_text("".join(json.dumps({**day, **less}) + "\n" for day in days[:9]), encoding="utf-8")
    return bill("cost_explorer", COST_EXPLORER, files, RawFormat.JSON)


def nothing(_folder: Path) -> RawBill:
    """A delivery without charges."""
    return bill("cur", CUR, [], RawFormat.PARQUET)


def bill(source: str, mapping: FocusMapping, paths: Sequence[Path], form: RawFormat) -> RawBill:
    """The files as the bill of October."""
    files = tuple(
        RawFile(path, f"s3://bills/{path.name}", etag=path.name, size=path.stat().st_size) for path in paths
    )
    return RawBill(source, "daily", OCTOBER, "2026-10", "1", files, form, mapping)


BILLS: dict[str, Callable[[Path], RawBill]] = {
    "cur legacy parquet": lambda folder: cur_parquet("cur legacy", folder),
    "cur 2.0 parquet": lambda folder: cur_parquet("cur 2.0", folder),
    "cur 2.0 chosen columns": lambda folder: cur_parquet("chosen columns", folder),
    "cur csv.gz": cur_csv,
    "cur csv.zip": cur_zip,
    "focus parquet": focus_parquet,
    "focus csv": focus_csv,
    "cost explorer": cost_explorer,
    "nothing": nothing,
}
"""Name → a maker that writes the files into a folder."""

QUERIES = {
    "resources": PanelQuery(OCTOBER, "cur", (Dimension("resource"), Dimension("service"))),
    "a tag": PanelQuery(OCTOBER, "cur", (Dimension("tag:team"),), metric="BilledCost"),
    "total": PanelQuery(OCTOBER, "cur", marketplace=False, charge_categories=("Usage", "Tax")),
    "within": PanelQuery(
        OCTOBER, "cur", (Dimension("account"),), within=Scope((("tag:team", "web\0"), ("RegionId", "(none)")))
    ),
    "another source": PanelQuery(OCTOBER, "focus", (Dimension("service"),)),
}
"""Questions to the line items of these bills."""
