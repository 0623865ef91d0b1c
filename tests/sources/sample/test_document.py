"""docs/SAMPLE_BILL.md says what the bill says. `UPDATE_DOCS=1` writes the tables anew."""

import os
import re
from pathlib import Path

import numpy as np
import pytest

DOCUMENT = Path(__file__).parents[3] / "docs" / "SAMPLE_BILL.md"
TABLE = re.compile(r"(<!-- table: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def table(header, rows) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (header, ["---"] * len(header), *rows)]
    return "\n".join(lines) + "\n"


def happenings(listed, names, *, with_impact):
    header = [
        "kind",
        "days",
        "service",
        "account",
        "region",
        "usage type",
        *(["impact"] if with_impact else []),
        "why",
    ]
    rows = []
    for each in listed:
        scope = each.scope.as_dict()
        account = names[scope["SubAccountId"]]
        impact = [f"{each.impact:,.2f}"] if with_impact else []
        usage_type = f"`{scope['x_UsageType']}`" if "x_UsageType" in scope else ""
        region = scope.get("RegionId", "")
        rows.append(
            [each.kind, each.days, scope["ServiceName"], account, region, usage_type, *impact, each.note]
        )
    return table(header, rows)


@pytest.fixture(scope="module")
def tables(bill, items):
    names = dict(zip(items["line_item_usage_account_id"], items["line_item_usage_account_name"], strict=True))
    months = items["bill_billing_period_start_date"].astype("M8[M]").astype(str)
    accounts = items["line_item_usage_account_id"]
    billed, effective = items["line_item_unblended_cost"], items.effective

    def sums(chosen):
        return f"{chosen.sum():,}", f"{billed[chosen].sum():,.2f}", f"{effective[chosen].sum():,.2f}"

    everything = np.ones(months.size, dtype=bool)
    by_month = [[month, *sums(months == month)] for month in sorted(set(months))]
    by_account = [[number, names[number], *sums(accounts == number)] for number in sorted(set(accounts))]
    header = ["line items", "billed", "effective"]
    return {
        "months": table(["month", *header], [*by_month, ["all", *sums(everything)]]),
        "accounts": table(["account", "name", *header], by_account),
        "labels": happenings(bill.labels, names, with_impact=True),
        "patterns": happenings(bill.patterns, names, with_impact=False),
    }


def test_the_tables_are_those_of_the_bill(tables):
    text = DOCUMENT.read_text(encoding="utf-8")
    renewed = TABLE.sub(lambda found: found[1] + tables[found[2]] + found[4], text)
    if os.environ.get("UPDATE_DOCS"):
        DOCUMENT.write_text(renewed, encoding="utf-8")
    assert [found[2] for found in TABLE.finditer(text)] == list(tables)
    assert renewed == text


def test_the_figures_in_the_text_are_those_of_the_bill(bill, items):
    text = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    services = len(set(items.services))
    assert len(set(items["product_region_code"]) - {""}) == 4
    tags = items["resource_tags"][(items.types == "Usage") & (items["line_item_resource_id"] != "")]
    credit, refund = items.types == "Credit", items.types == "Refund"
    private = items["line_item_product_code"] == "AmazonCloudFront"
    off = -items["discount_total_discount"][private].sum() / items["line_item_unblended_cost"][private].sum()
    for said in (
        f"six accounts, {bill.period.days} days from {bill.period.start} to {bill.period.last_day}",
        f"{items.types.size:,} line items of {services} services in four regions",
        f"{-items.effective[credit].max():.2f} USD a day that runs out on {max(items.days[credit])}",
        f"a refund on {items.days[refund][0]}",
        f"a private discount of {off:.0%}".replace("%", " %"),
        f"{sum(map(bool, tags)) / tags.size:.0%} of the lines with a resource carry the tags".replace(
            "%", " %"
        ),
    ):
        assert said in text
