"""What the classical detectors say of noise and of leaks: `python -m benchmarks.noise`.

Flat series of 100 a day, log-normal noise of a given size, each day alike the one before to a given degree;
with and without weekends at 40 %. 400 series × 120 days a row, one seed.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.detectors.mad import Mad
from aws_cost_anomalies.detectors.theil_sen import TheilSen
from aws_cost_anomalies.detectors.zscore import ZScore
from aws_cost_anomalies.model.anomaly import Mark
from aws_cost_anomalies.model.panel import Floats, Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.ports import Detector
from aws_cost_anomalies.model.scope import Scope

MONDAY = date(2026, 1, 5)
SERIES, DAYS, WARM_UP = 400, 120, 50
LEAK = slice(70, 98)
SHOCK = 100
NOISE = (0.03, 0.05, 0.10, 0.20)


def flat(noise: float, *, alike: float = 0.0, weekend: float = 1.0) -> Floats:
    """(n_series, n_days) of noise around a level."""
    shocks = np.random.default_rng(21).normal(size=(SERIES, DAYS + WARM_UP))
    state = np.zeros_like(shocks)
    for day in range(1, DAYS + WARM_UP):
        state[:, day] = alike * state[:, day - 1] + np.sqrt(1 - alike**2) * shocks[:, day]
    week = np.where(np.arange(DAYS) % 7 < 5, 1.0, weekend)
    return 100.0 * week * np.exp(noise * state[:, WARM_UP:])


def panel_of(costs: Floats) -> Panel:
    """The series as a Panel of settled days."""
    return Panel(
        scopes=tuple(Scope((("ServiceName", str(n)),)) for n in range(len(costs))),
        period=Period(MONDAY, MONDAY + costs.shape[1] * ONE_DAY),
        costs=costs,
        settled=np.ones(costs.shape, dtype=bool),
        metric="EffectiveCost",
        currency="USD",
        data_source="sample",
    )


def false_alarms(detector: Detector, costs: Floats) -> tuple[float, float]:
    """Marked days in percent of judged ones, and anomalies per 1,000 judged days."""
    panel = panel_of(costs)
    flags = detector.detect(panel)
    judged = np.count_nonzero(~np.isnan(flags.expected))
    told = len(episodes(panel, flags, rules=EpisodeRules()))
    return 100.0 * np.count_nonzero(flags.mark) / judged, 1000.0 * told / judged


def found(detector: Detector, costs: Floats, *, factor: float, mark: Mark) -> float:
    """Percent of series in which one day × factor is marked on that day."""
    changed = costs.copy()
    changed[:, SHOCK] *= factor
    return 100.0 * float(np.mean(detector.detect(panel_of(changed)).mark[:, SHOCK] == mark))


def leaks(costs: Floats, daily: float, mark: Mark) -> tuple[float, float]:
    """Percent of leaks over 28 days marked while they last, and the median day."""
    growth = np.ones(DAYS)
    growth[LEAK] = daily ** np.arange(1, 29)
    growth[LEAK.stop :] = growth[LEAK.stop - 1]
    told = TheilSen().detect(panel_of(costs * growth)).mark[:, LEAK] == mark
    days = told.argmax(axis=1)[told.any(axis=1)] + 1
    return 100.0 * float(told.any(axis=1).mean()), float(np.median(days)) if len(days) else float("nan")


def row(*cells: str) -> None:
    """Print one row of a Markdown table."""
    print(f"| {' | '.join(cells)} |")


def noise_table() -> None:
    """How often noise is marked, and how often a day twice or half as dear is."""
    row("noise", "weekend", "detector", "marked days", "anomalies / 1,000 days", "×2 found", "×½ found")
    row(*["---"] * 7)
    detectors = {"mad": Mad(), "mad, low": Mad(sensitivity="low"), "zscore": ZScore()}
    for weekend in (1.0, 0.4):
        for noise in NOISE:
            costs = flat(noise, weekend=weekend)
            for name, detector in detectors.items():
                days, told = false_alarms(detector, costs)
                twice = found(detector, costs, factor=2.0, mark=Mark.HIGH)
                half = found(detector, costs, factor=0.5, mark=Mark.LOW)
                shares = f"{days:.2f} %", f"{told:.1f}", f"{twice:.0f} %", f"{half:.0f} %"
                row(f"{noise:.0%}", f"{weekend:.0%}", name, *shares)


def drift_table() -> None:
    """How often noise is called drift, and how often a leak is found in its 28 days."""
    row("noise", "alike", "weekend", "false drift days", "+1 %/day found", "-1 %/day found", "median day")
    row(*["---"] * 7)
    for weekend in (1.0, 0.4):
        for noise in NOISE:
            for alike in (0.0, 0.5, 0.8):
                costs = flat(noise, alike=alike, weekend=weekend)
                false, _ = false_alarms(TheilSen(), costs)
                up, day = leaks(costs, 1.01, Mark.DRIFT_UP)
                down, _ = leaks(costs, 0.99, Mark.DRIFT_DOWN)
                shares = f"{false:.2f} %", f"{up:.0f} %", f"{down:.0f} %", f"{day:.0f}"
                row(f"{noise:.0%}", f"{alike}", f"{weekend:.0%}", *shares)


if __name__ == "__main__":
    noise_table()
    print()
    drift_table()
