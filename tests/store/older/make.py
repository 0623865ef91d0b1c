"""A store as an earlier version wrote it: `PYTHONPATH=tests python tests/store/older/make.py SOURCE NUMBER`.

SOURCE is a folder with that version's `src`, for example of `git archive COMMIT src | tar x -C SOURCE`;
NUMBER is the step of the schema that it ends with. Its own program loads a small bill, judges it, is told
what an anomaly was and, where it can, sends alerts and imports an anomaly of AWS (of a double). Beside the
store, compressed, lies what it then answered.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from aws_anomalies import aws_anomaly
from cost_explorer_double import CostExplorerDouble

HERE = Path(__file__).parent
AS_OF = "2026-09-01"
PROGRAM = "import sys; sys.argv[0] = 'aws-cost-anomalies'; from aws_cost_anomalies.cli import main; main()"
CONFIG = """\
database: {path: costs.duckdb, cache_dir: cache}
"""
CHANNEL = """\
channels: [{name: here, kind: stdout}]
subscriptions: [{name: all, channels: [here]}]
"""
ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1",
}  # fmt: skip
FIRST_WITH_ALERTS, FIRST_WITH_AWS_ANOMALIES = 3, 4


def bill(folder: Path) -> None:
    """July and August 2026, two services in one account; EC2 costs six times as much on the last days."""
    days = [date(2026, 7, 1) + timedelta(days) for days in range(62)]
    for month in ("20260701-20260801", "20260801-20260901"):
        path = folder / "bill" / month / "bill.csv"
        path.parent.mkdir(parents=True)
        with path.open("w", newline="") as file:
            write = csv.writer(file)
            write.writerow(
                [
                    "lineItem/UsageStartDate", "lineItem/CurrencyCode", "lineItem/UnblendedCost",
                    "lineItem/LineItemType", "lineItem/ProductCode", "lineItem/UsageAccountId",
                    "bill/PayerAccountId", "lineItem/ResourceId",
                ]
            )  # fmt: skip
            for day in (day for day in days if f"{day:%Y%m}" == month[:6]):
                spike = 6 if day >= date(2026, 8, 29) else 1
                for product, cost in (("AmazonEC2", 100.25 * spike), ("AmazonS3", 10.5)):
                    of = ("Usage", product, "111111111111", "999999999999", f"{product}-1")
                    write.writerow([f"{day}T00:00:00Z", "USD", cost, *of])


def say(*words: str, folder: Path, checkout: Path) -> str:
    """What that version's command line prints on standard output."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "HOME": str(folder)}
    command = [sys.executable, "-c", PROGRAM, "--as-of", AS_OF, "--quiet", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def made(checkout: Path, number: int, folder: Path) -> dict[str, Any]:
    """Write a store into a folder; returns what its own version says of it."""
    bill(folder)
    config = CONFIG + (CHANNEL if number >= FIRST_WITH_ALERTS else "")
    (folder / "config.yaml").write_text(config)
    say("ingest", "--source", "cur", "--path", "bill", folder=folder, checkout=checkout)
    found = json.loads(say("anomalies", "--format", "json", folder=folder, checkout=checkout))["anomalies"]
    first = found[0]["anomaly_id"]
    if number >= FIRST_WITH_ALERTS:
        say("alert", folder=folder, checkout=checkout)
    say("feedback", first, "yes", "--note", "a batch job", folder=folder, checkout=checkout)
    if number >= FIRST_WITH_AWS_ANOMALIES:
        with CostExplorerDouble() as double:
            double.anomalies = [aws_anomaly("theirs", "2026-08-20", "2026-08-22", service="Amazon EC2")]
            os.environ |= {"AWS_ENDPOINT_URL_COST_EXPLORER": double.url, **ACCOUNT}
            say("ingest", "--source", "aws-anomalies", folder=folder, checkout=checkout)
    trends = say("trends", "--days", "62", "--format", "json", folder=folder, checkout=checkout)
    return {
        "total": json.loads(trends)["total"]["total"],
        "anomalies": [{key: each[key] for key in ("anomaly_id", "kind", "start_date")} for each in found],
        "feedback": {first: "YES"},
    }


def main() -> None:
    """Write `NUMBER.duckdb.gz` and `NUMBER.json` beside this file."""
    checkout, number = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as work:
        said = made(checkout, number, Path(work))
        content = (Path(work) / "costs.duckdb").read_bytes()
    (HERE / f"{number:04}.duckdb.gz").write_bytes(gzip.compress(content, mtime=0))
    (HERE / f"{number:04}.json").write_text(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main()
