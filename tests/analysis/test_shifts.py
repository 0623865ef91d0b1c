"""A step in noise that no single day tells, as a daily run sees it."""

from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.replay import Bill, replay
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.model.anomaly import Basis, Mark

N_SERIES, N_DAYS, STEP = 400, 100, 84
MOVED = slice(0, 40)
"""Of all: were many to fall at once, charges would be missing."""
FIRST_DAY = date(2025, 1, 14)
"""So that the step is on 8 April, on no edge of a month, and no holiday follows for ten days but Easter."""


def costs(ratio: float, *, wander: float = 0.0, seed: int = 1) -> np.ndarray:
    """Noisy costs of 100 a day, a tenth of which change by a ratio on one day; levels may wander."""
    rng = np.random.default_rng(seed)
    noise = 0.15 * rng.standard_normal((N_SERIES, N_DAYS))
    level = wander * np.cumsum(rng.standard_normal((N_SERIES, N_DAYS)), axis=1)
    days = 100 * np.exp(noise + level)
    days[MOVED, STEP:] *= ratio
    return days


def told_by(bill: np.ndarray, last: int, mark: Mark, *, first_day: date = FIRST_DAY) -> float:
    """Share of the series that move marked so on any day from the step to a last one."""
    verdicts = replay(Bill(bill, None, first_day), range(STEP, last + 1), Limits())
    return float(np.any([verdict.mark[MOVED] == mark for verdict in verdicts], axis=0).mean())


@pytest.mark.parametrize(("ratio", "mark"), [(1.55, Mark.HIGH), (0.6, Mark.LOW)])
def test_a_step_in_noise_is_told_within_ten_days(ratio: float, mark: Mark) -> None:
    """Hardly half of such steps were told in their first four days, and then none."""
    bill = costs(ratio)
    early, late = told_by(bill, STEP + 4, mark), told_by(bill, STEP + 9, mark)
    assert late >= early + 0.2
    assert late >= 0.7


def test_what_is_told_late_is_measured_against_the_weeks_before() -> None:
    bill = costs(1.55)
    (verdict,) = replay(Bill(bill, None, FIRST_DAY), range(STEP + 7, STEP + 8), Limits())
    late = verdict.basis == Basis.EIGHT_WEEKS
    assert late.sum() >= 10
    assert np.all(verdict.mark[late] == Mark.HIGH)
    assert np.median(verdict.expected[late]) == pytest.approx(100, rel=0.05)
    assert np.all(verdict.upper[late] < np.median(bill[late, STEP:], axis=1)), (
        "the band is that of the old level"
    )
    assert np.all(verdict.expected[late] <= verdict.upper[late])


def test_noise_alone_tells_next_to_nothing() -> None:
    quiet = costs(1.0)
    assert told_by(quiet, STEP + 9, Mark.HIGH) <= 0.03


def test_levels_that_wander_tell_less_than_a_step_among_them() -> None:
    """A random walk of 4 % a day strays by a quarter in a month; that is its way."""
    assert told_by(costs(1.0, wander=0.04), STEP + 9, Mark.HIGH) <= 0.06


def test_no_fall_is_told_while_a_week_holds_holidays() -> None:
    """The same step on 20 December: what is low until New Year waits for a week without holidays."""
    december = date(2025, 12, 20) - timedelta(days=STEP)
    verdicts = replay(Bill(costs(0.6), None, december), range(STEP + 5, STEP + 15), Limits())
    assert not any((verdict.basis == Basis.EIGHT_WEEKS).any() for verdict in verdicts)
