"""When a move began that was told late."""

from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.explain.explain import explain
from aws_cost_anomalies.model.anomaly import Basis, Kind
from tests.analysis.test_episodes import HIGH, LOW, START, UP, seen
from tests.detectors.test_forecast import panel_of

STEP = 84
WEEK_BEFORE = [100.0] * 14


def after(days: int) -> date:
    return START + timedelta(days=days)


def test_a_step_told_on_its_fifth_day_began_on_its_first() -> None:
    (step,) = seen(WEEK_BEFORE + [150.0] * 9, {18: HIGH})
    assert (step.start_date, step.detected_on) == (after(14), after(18))
    assert step.kind is Kind.STEP_UP
    assert step.impact.total_impact == 9 * 50.0


def test_a_fall_likewise() -> None:
    (fall,) = seen(WEEK_BEFORE + [60.0] * 9, {17: LOW, 18: LOW})
    assert (fall.start_date, fall.impact.total_impact) == (after(14), -9 * 40.0)


def test_the_days_before_it_are_looked_at_for_six_days_only() -> None:
    (step,) = seen(WEEK_BEFORE + [150.0] * 12, {25: HIGH})
    assert step.start_date == after(19)


def test_a_day_that_kept_less_than_half_of_the_excess_is_before_it() -> None:
    (spike,) = seen([*WEEK_BEFORE, 124.0, 126.0, 150.0], {16: HIGH})
    assert spike.start_date == after(15)


def test_an_unknown_day_a_week_before_takes_no_money_away() -> None:
    costs, expected = [*WEEK_BEFORE, *[150.0] * 9], [100.0] * 23
    costs[8] = expected[8] = np.nan
    (step,) = seen(costs, {18: HIGH}, usual=expected)
    assert (step.start_date, step.impact.total_impact) == (after(14), 9 * 50.0)


def test_an_unknown_day_among_them_is_no_day_before_it() -> None:
    costs = [*WEEK_BEFORE, 150.0, np.nan, *[150.0] * 7]
    (step,) = seen(costs, {18: HIGH})
    assert (step.start_date, step.impact.total_impact) == (after(14), 8 * 50.0)


def test_a_drift_begins_on_the_day_it_is_told_on() -> None:
    (drift,) = seen(WEEK_BEFORE + [130.0, 140.0, 150.0], {16: UP})
    assert drift.start_date == after(16)


def test_what_belonged_to_an_earlier_one_is_not_counted_twice() -> None:
    costs = WEEK_BEFORE + [400.0, 160.0, 160.0, 100.0, 170.0, 400.0]
    found = sorted(seen(costs, {14: HIGH, 19: HIGH}), key=lambda a: a.start_date)
    assert [(a.start_date, a.end_date) for a in found][0] == (after(14), after(14))
    assert found[-1].start_date > found[0].end_date
    days = [
        a.start_date + timedelta(days=n) for a in found for n in range((a.end_date - a.start_date).days + 1)
    ]
    assert len(days) == len(set(days))


def test_its_name_is_that_of_the_day_that_told_it() -> None:
    late, sharp = (seen([*WEEK_BEFORE, before, 150.0], {15: HIGH})[0] for before in (130.0, 100.0))
    assert late.anomaly_id == sharp.anomaly_id
    assert late.start_date < sharp.start_date


def test_a_step_in_noise_is_told_with_its_days_and_its_money() -> None:
    """As the default detector sees it: its usual cost is that of the weeks before, day by day and in sum."""
    rng = np.random.default_rng(0)
    costs = 100 * np.exp(0.15 * rng.standard_normal((200, 100)))
    costs[:60, STEP:] *= 1.55
    panel = panel_of(costs, start=date(2025, 1, 14))
    flags = Forecast().detect(panel)
    position = {scope: row for row, scope in enumerate(panel.scopes)}
    late = []
    for anomaly in episodes(panel, flags, rules=EpisodeRules(monitor="m")):
        row, told = position[anomaly.scope], (anomaly.detected_on - panel.period.start).days
        if row >= 60 or told < STEP + 4 or flags.basis[row, told] != Basis.EIGHT_WEEKS:
            continue
        explanation = explain(anomaly, panel=panel, flags=flags, children={})
        during = [d for d in explanation.days if anomaly.start_date <= d.day <= anomaly.end_date]
        moved = sum(d.actual - d.expected for d in during)
        assert moved == pytest.approx(anomaly.impact.total_impact, rel=1e-6)
        late.append((anomaly.start_date - panel.period.start).days)
    assert len(late) >= 15
    assert np.median(late) == STEP
    assert np.mean(np.array(late) <= STEP + 2) >= 0.6
