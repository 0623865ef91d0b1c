"""The one command: it asks the models named, prints the table, and says what it spent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.model_double import ModelDouble

ROOT = Path(__file__).parents[2]
NOVA = "bedrock:us.amazon.nova-lite-v1:0"


def test_two_questions_over_the_wire_and_money_for_one() -> None:
    with ModelDouble("I do not know.") as double:
        environment = {
            "PATH": os.environ["PATH"],
            "EVAL_MODELS": NOVA,
            "EVAL_USD": "0.000001",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": double.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-m", "evals", "tests/evals"]
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", "-k", "totals/august or totals/july"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert "1 failed, 1 skipped" in done.stdout, done.stdout + done.stderr
    assert "right answers by model" in done.stdout
    assert "0/1" in done.stdout
    assert "USD spent on 1 questions." in done.stdout
    assert len(double.asked) == 1
