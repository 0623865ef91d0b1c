"""Verdicts kept for the next question: the same as judged again, and never those of something else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from aws_cost_anomalies import verdicts
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.detectors.zscore import ZScore
from aws_cost_anomalies.model.anomaly import Flags
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.ports import Detector
from aws_cost_anomalies.model.scope import Scope
from aws_cost_anomalies.verdicts import Verdicts

DAYS = 60


@dataclass(frozen=True)
class Counting:
    """A detector that says how often it was asked."""

    real: Detector
    asked: list[Panel]

    def detect(self, panel: Panel) -> Flags:
        self.asked.append(panel)
        return self.real.detect(panel)

    def __repr__(self) -> str:
        return repr(self.real)


@pytest.fixture
def panel() -> Panel:
    costs = np.random.default_rng(1).uniform(90, 110, (3, DAYS))
    costs[1, 50] = 400
    scopes = tuple(Scope((("ServiceName", name),)) for name in "abc")
    period = Period.ending(date(2026, 5, 31), DAYS)
    return Panel(scopes, period, costs, np.ones_like(costs, bool), "BilledCost", "USD", "cur")


@pytest.fixture
def detector() -> Counting:
    return Counting(Forecast(), [])


def agree(one: Flags, other: Flags) -> bool:
    pairs = [(getattr(one, name), getattr(other, name)) for name in Flags.__slots__]
    return all(
        a is b is None or (a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
        for a, b in pairs
    )


@pytest.mark.parametrize("real", [Forecast(), ZScore()])
def test_kept_verdicts_are_those_judged(tmp_path: Path, panel: Panel, real: Detector) -> None:
    detector = Counting(real, [])
    first, second = (Verdicts(tmp_path / "new").of(panel, detector) for _ in range(2))
    assert len(detector.asked) == 1
    assert agree(first, second)
    assert agree(second, real.detect(panel))


def test_another_question_is_judged(tmp_path: Path, panel: Panel, detector: Counting) -> None:
    kept = Verdicts(tmp_path)
    kept.of(panel, detector)
    unsettled = panel.settled.copy()
    unsettled[:, -1] = False
    dearer = panel.costs.copy()
    dearer[2, 7] += 0.01
    later = Period(panel.period.start + timedelta(days=1), panel.period.end + timedelta(days=1))
    others = [replace(panel, costs=dearer), replace(panel, settled=unsettled), replace(panel, period=later)]
    for other in others:
        assert agree(kept.of(other, detector), detector.real.detect(other))
    kept.of(panel, Counting(Forecast(sensitivity="high"), detector.asked))
    assert len(detector.asked) == 5


@pytest.mark.parametrize("damage", [b"", b"no", b"\0" * 40])
def test_what_is_spoilt_is_judged_again(
    tmp_path: Path, panel: Panel, detector: Counting, damage: bytes
) -> None:
    kept = Verdicts(tmp_path)
    kept.of(panel, detector)
    (file,) = tmp_path.iterdir()
    content = file.read_bytes()
    file.write_bytes(damage + content[len(damage) : len(content) // 2 if not damage else None])
    assert agree(kept.of(panel, detector), detector.real.detect(panel))
    assert len(detector.asked) == 2
    kept.of(panel, detector)
    assert len(detector.asked) == 2


def test_a_folder_that_cannot_be_written_stops_nobody(
    tmp_path: Path, panel: Panel, detector: Counting
) -> None:
    (tmp_path / "file").touch()
    assert agree(Verdicts(tmp_path / "file" / "verdicts").of(panel, detector), detector.real.detect(panel))


def test_only_so_many_are_kept_and_none_of_a_large_panel(
    tmp_path: Path, panel: Panel, detector: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Verdicts(tmp_path)
    for more in range(verdicts.MOST_KEPT + 2):
        kept.of(replace(panel, costs=panel.costs + more), detector)
    assert len(list(tmp_path.iterdir())) == verdicts.MOST_KEPT
    asked = len(detector.asked)
    kept.of(replace(panel, costs=panel.costs + more), detector)
    assert len(detector.asked) == asked
    monkeypatch.setattr(verdicts, "MOST_CELLS", panel.costs.size - 1)
    kept.of(replace(panel, costs=panel.costs + more), detector)
    assert len(detector.asked) == asked + 1
