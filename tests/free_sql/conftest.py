"""A small store, and a worker over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daily_bills import LATER, MARCH, charge, days_of, month_bill, rolled_up

from aws_cost_anomalies.free_sql import FreeSql
from aws_cost_anomalies.store import Store

SERVICES = ("AmazonCloudWatch", "Amazon EC2", "Amazon RDS", "Amazon S3", "AWS Lambda", "Tax")


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was published: the sample's March, two accounts, tags, and a credit."""
    folder = tmp_path_factory.mktemp("snapshot")
    charges = [charge(MARCH, "-5.25", category="Credit")]
    for number, service in enumerate(SERVICES):
        for account in ("111111111111", "222222222222"):
            costs = [f"{number + day / 8 + 0.123456789012:.12f}" for day in range(31)]
            charges += days_of(MARCH, costs, service, account=account, tags={"team": f"team-{number % 3}"})
    store = Store(folder / "costs.duckdb")
    with store.writing(LATER) as writer:
        bill = month_bill(MARCH, source="sample", export="sample")
        writer.replace_charges(bill, rolled_up(charges, folder / "charges.parquet"))
        writer.publish()
    (folder / "charges.parquet").unlink()
    return store.path


@pytest.fixture
def free_sql(snapshot: Path) -> Iterator[FreeSql]:
    """Somebody to ask."""
    with FreeSql(snapshot) as asked:
        yield asked
