"""When an odd stretch becomes an anomaly and how grave it is: every limit, from the very cent on."""

from __future__ import annotations

import pytest

from aws_cost_anomalies.analysis.rules import EpisodeRules, Grades, Match
from aws_cost_anomalies.model.anomaly import Severity


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(
    ("impact", "score", "severity"),
    [
        (99.99, 4.9, Severity.INFO),
        (99.99, 50.0, Severity.INFO),
        (100.0, 4.9, Severity.INFO),
        (100.0, 5.0, Severity.WARNING),
        (999.99, 50.0, Severity.WARNING),
        (1000.0, 4.9, Severity.WARNING),
        (1000.0, 5.0, Severity.CRITICAL),
    ],
)
def test_severity_is_the_cell_of_the_table(
    impact: float, score: float, severity: Severity, sign: float
) -> None:
    assert Grades().severity(sign * impact, score) is severity


@pytest.mark.parametrize(
    ("impact", "expected", "both", "one"),
    [
        (5.0, 25.0, True, True),
        (-5.0, 25.0, True, True),
        (5.0, -25.0, True, True),
        (4.99, 20.0, False, True),
        (5.0, 25.01, False, True),
        (4.99, 25.0, False, False),
        (5.0, 0.0, True, True),
        (-4.99, 0.0, False, True),
    ],
)
def test_both_minimums_or_one_from_the_cent_on(
    impact: float, expected: float, *, both: bool, one: bool
) -> None:
    assert EpisodeRules().is_reached(impact, expected) is both
    assert EpisodeRules(match=Match.ANY).is_reached(impact, expected) is one


@pytest.mark.parametrize(("expected", "reached"), [(50.0, True), (50.01, False)])
def test_of_a_drift_half_the_percentage_is_enough(expected: float, reached: bool) -> None:  # noqa: FBT001
    assert EpisodeRules().is_reached(5.0, expected, is_drift=True) is reached
    assert not EpisodeRules().is_reached(5.0, expected)


def test_the_usual_rules() -> None:
    rules = EpisodeRules()
    assert (rules.minimum_impact, rules.minimum_percent, rules.match) == (5.0, 20.0, Match.ALL)
    assert (rules.gap_days, rules.step_days, rules.absorb_days) == (2, 7, 28)
    assert (rules.return_days, rules.drift_share, rules.quiet_days) == (28, 0.5, 21)
