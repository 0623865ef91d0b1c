"""Planted anomalies: what is planted is what the labels say."""

from datetime import date, timedelta

import numpy as np
import pytest

from aws_cost_anomalies.analysis.injection import BURN_IN, LENGTHS, inject
from aws_cost_anomalies.model.anomaly import Kind
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope


def _panel(days: int) -> Panel:
    start = date(2026, 1, 1)
    costs = np.full((50, days), 10.0)
    costs[40:, ::2] = 0.0
    scopes = tuple(Scope((("ServiceName", f"s{i}"),)) for i in range(50))
    period = Period(start, start + timedelta(days=days))
    return Panel(scopes, period, costs, np.ones(costs.shape, bool), "EffectiveCost", "USD", "cur")


def test_labels_say_exactly_what_was_planted() -> None:
    panel = _panel(90)
    planted, labels = inject(panel, np.random.default_rng(3), count=30)
    assert len(labels) == 30
    extra = planted.costs - panel.costs
    for label in labels:
        row = panel.scopes.index(label.scope)
        first, last = panel.period.index(label.days.start), panel.period.index(label.days.end)
        assert first >= BURN_IN
        assert last - first == LENGTHS[label.kind]
        assert extra[row].sum() == pytest.approx(label.impact)
        assert np.flatnonzero(extra[row]).tolist() == list(range(first, last))
        assert (label.impact > 0) == label.kind.is_increase
    assert np.count_nonzero(extra.any(axis=1)) == 30


def test_the_same_seed_plants_the_same_and_intermittent_scopes_are_left_alone() -> None:
    one, two = (inject(_panel(90), np.random.default_rng(5))[1] for _ in range(2))
    assert one == two
    assert len(one) == 40


def test_a_size_says_by_how_much_of_the_usual_cost() -> None:
    panel = _panel(90)
    planted, labels = inject(panel, np.random.default_rng(7))
    for label in labels:
        row, last = panel.scopes.index(label.scope), panel.period.index(label.days.last_day)
        share = planted.costs[row, last] / panel.costs[row, last] - 1
        assert abs(share) == pytest.approx(label.size), f"{label.kind} of its last day"
    drops = {label.size for label in labels if label.kind is Kind.DROP}
    assert max(drops) == 1.0, "nothing costs less than nothing"


def test_too_short_a_history_stays_as_it_is() -> None:
    planted, labels = inject(_panel(40), np.random.default_rng(5))
    assert labels == ()
    assert (planted.costs == _panel(40).costs).all()
