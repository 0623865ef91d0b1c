"""What is left of a period once another has taken the place of some of its days."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.model.period import Period

MAY = Period.parse("2026-05")


@pytest.mark.parametrize(
    ("other", "left"),
    [
        ("2026-04", ["2026-05"]),
        ("2026-05", []),
        ("2026-04-20..2026-06-02", []),
        ("2026-04-20..2026-05-03", ["2026-05-04..2026-05-31"]),
        ("2026-05-31..2026-06-02", ["2026-05-01..2026-05-30"]),
        ("2026-05-10..2026-05-12", ["2026-05-01..2026-05-09", "2026-05-13..2026-05-31"]),
    ],
)
def test_days_left(other: str, left: list[str]) -> None:
    assert list(MAY.without(Period.parse(other))) == [Period.parse(days) for days in left]
