"""How far detection looks back: what is learned from, what is judged, and what is kept of it."""

from datetime import date
from pathlib import Path

import numpy as np

from aws_cost_anomalies import views
from aws_cost_anomalies.analysis.precedents import REMEMBERED
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.verdicts import MOST_CELLS, Verdicts
from tests.detectors.test_forecast import calm, panel_of

START = date(2025, 1, 6)


def long_panel() -> Panel:
    costs = np.array([calm(500), 3 * calm(500)])
    costs[1, 460] *= 2
    return panel_of(costs, start=START)


def test_as_many_days_are_loaded_as_are_remembered() -> None:
    assert views.LEARNED_DAYS == REMEMBERED


def test_days_that_are_not_judged_are_learned_from() -> None:
    panel = long_panel()
    last, every = Forecast(last=150).detect(panel), Forecast().detect(panel)
    assert np.isnan(last.expected[:, :350]).all()
    np.testing.assert_array_equal(last.mark[:, 380:], every.mark[:, 380:])
    np.testing.assert_array_equal(last.expected[:, 350:], every.expected[:, 350:])
    assert last.mark[1, 460]


def test_verdicts_on_the_last_days_come_back_whole(tmp_path: Path) -> None:
    panel, detector, kept = long_panel(), Forecast(last=150), Verdicts(tmp_path / "verdicts")
    first, again = kept.of(panel, detector), kept.of(panel, detector)
    for name in ("expected", "lower", "upper", "score", "mark", "basis"):
        np.testing.assert_array_equal(getattr(first, name), getattr(again, name))
        assert getattr(first, name).dtype == getattr(again, name).dtype
    (file,) = (tmp_path / "verdicts").iterdir()
    assert file.stat().st_size < 2 * 150 * 40 + 4_000


def test_only_the_days_that_are_judged_count_for_what_is_kept(tmp_path: Path) -> None:
    n_scopes = MOST_CELLS // 150
    panel = panel_of(np.ones((n_scopes, 400)), start=START)
    Verdicts(tmp_path / "kept").of(panel, Forecast(last=150))
    assert (tmp_path / "kept").exists()
    Verdicts(tmp_path / "none").of(panel, Forecast(last=151))
    assert not (tmp_path / "none").exists()
