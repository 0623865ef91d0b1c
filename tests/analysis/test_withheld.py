"""What a second look took back, as anomalies."""

import numpy as np

from aws_cost_anomalies.analysis.episodes import EpisodeRules
from aws_cost_anomalies.analysis.withheld import why_withheld, withheld
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats
from tests.detectors.test_forecast import panel_of

DAYS = 150
SEED = 292
"""Of a bill whose last day is odd by the rules alone, and ordinary life by what was learned."""


def restless() -> Floats:
    """A hundred a day, one day in sixteen a fifth to three fifths dearer, the last one three fifths."""
    rng = np.random.default_rng(SEED)
    costs = 100 * np.exp(0.08 * rng.standard_normal((1, DAYS)))
    dear = rng.random(DAYS) < 0.06
    dear[-1] = False
    costs[0, dear] *= 1 + rng.uniform(0.2, 0.6, dear.sum())
    costs[0, -1] = 160.0
    return np.round(costs, 2)


def test_what_is_withheld_is_what_the_first_look_alone_marks() -> None:
    panel = panel_of(restless())
    first, both = (Forecast(second_look=second, last=30).detect(panel) for second in (False, True))
    assert both.withheld is not None
    assert first.mark[0, -1] == Mark.HIGH
    assert both.mark[0, -1] == Mark.NONE
    assert (both.before_second_look.mark == first.mark).all()
    assert first.before_second_look is first


def test_it_is_an_anomaly_with_a_reason_and_where_one_is_told_it_is_none() -> None:
    panel = panel_of(restless())
    flags = Forecast(last=30).detect(panel)
    rules = EpisodeRules(minimum_impact=10.0)
    (found,) = withheld(panel, flags, (), rules=rules)
    assert found.start_date == panel.period.last_day
    assert flags.withheld is not None
    assert f"{flags.withheld[0, -1]} times in a hundred" in why_withheld(panel, flags, found)
    assert withheld(panel, flags, (found,), rules=rules) == ()
    flags.withheld[flags.withheld > 0] = 1
    assert why_withheld(panel, flags, found).endswith(" 1 time in a hundred")
