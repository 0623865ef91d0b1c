"""`iam-policy` on the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from aws_cost_anomalies.cli import main
from aws_cost_anomalies.permissions import FEATURES

Run = Callable[..., tuple[int, str, str]]
CONFIG = """
s3: {bucket: bills, prefix: exports}
channels:
  - {name: team, kind: slack, url: "ssm:/costs/slack"}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exit code, standard output and standard error of a command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run_line(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["iam-policy", *arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


def test_the_policy_of_a_configuration_is_all_that_is_printed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG)
    code, out, err = run()
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "S3ExportExportBucket",
                "Effect": "Allow",
                "Action": ["s3:ListBucket"],
                "Resource": ["arn:aws:s3:::bills"],
                "Condition": {"StringLike": {"s3:prefix": ["exports/*"]}},
            },
            {
                "Sid": "S3ExportExportFiles",
                "Effect": "Allow",
                "Action": ["s3:GetObject"],
                "Resource": ["arn:aws:s3:::bills/exports/*"],
            },
            {
                "Sid": "SsmParameters",
                "Effect": "Allow",
                "Action": ["ssm:GetParameter"],
                "Resource": ["arn:aws:ssm:*:*:parameter/costs/slack"],
            },
        ],
    }


def test_features_are_taken_in_the_order_of_the_table(run: Run) -> None:
    _, out, _ = run("--feature", "sns", "--feature", "cost-explorer")
    assert [each["Sid"] for each in json.loads(out)["Statement"]] == ["CostExplorerEverything", "SnsTopics"]


def test_every_feature_as_a_table_and_as_csv(run: Run) -> None:
    code, shown, _ = run("--feature", "all", "--format", "table")
    rows = list(csv.DictReader(StringIO(run("--feature", "all", "--format", "csv")[1])))
    assert code == 0
    assert all(feature.name in shown for feature in FEATURES)
    assert {row["action"] for row in rows} == {a for f in FEATURES for g in f.grants for a in g.actions}


def test_a_feature_that_asks_nothing_says_so(run: Run) -> None:
    code, out, err = run("--feature", "spark")
    assert (code, json.loads(out)["Statement"]) == (0, [])
    assert "nothing to allow" in err


def test_a_feature_nobody_knows(run: Run) -> None:
    code, out, err = run("--feature", "atena")
    assert (code, out) == (2, "")
    assert err.endswith("hint: Did you mean `athena`?\n")
