"""Connections say nothing of their own."""

import subprocess
import sys

SLOW = """
from aws_cost_anomalies.engines.duckdb.session import Session
with Session().connected("a slow question") as connection:
    connection.execute("SELECT sum(sin(a.range * b.range)) FROM range(30000) a, range(20000) b").fetchall()
    assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
"""


def test_a_slow_question_writes_nothing_to_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SLOW], capture_output=True, text=True, check=False, timeout=200
    )
    assert (done.returncode, done.stdout) == (0, "")
