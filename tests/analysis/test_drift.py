"""Drift: ramps against steps, jumps, growth and chance."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.drift import BASE, Levels, drift, ramp
from aws_cost_anomalies.analysis.order_statistics import Days, centred_median

DAYS = 71


def size(days: Days, *, spread: float = 0.03, strictness: float = 1.0) -> float:
    """D of one series on the log scale, its weekly medians taken from the days."""
    column = np.asarray(days, dtype=np.float32)[:, None]
    weekly = np.array([np.median(column[i - 6 : i + 1], axis=0) for i in range(6, DAYS)], dtype=np.float32)
    middle = centred_median(column)
    one = np.ones(1, dtype=np.float32)
    found, _ = drift(Levels(column, middle, weekly, spread * one, one), strictness=strictness)
    return float(found[0])


def noise(seed: int = 1) -> Days:
    return np.asarray(0.02 * np.random.default_rng(seed).standard_normal(DAYS), dtype=np.float32)


def leak(a_day: float, days: int) -> Days:
    return np.asarray(a_day * np.maximum(np.arange(DAYS) - (DAYS - 1 - days), 0), dtype=np.float32)


def test_a_ramp_fitted_to_itself_has_its_own_level_and_height() -> None:
    fitted = ramp(15)
    level, height = fitted.fit @ (2.0 + 0.5 * fitted.shape)
    assert (level, height) == (pytest.approx(2.0, abs=1e-5), pytest.approx(0.5, abs=1e-5))
    assert fitted.shape[BASE - 1] == 0.0
    assert fitted.shape[-1] == 1.0


@pytest.mark.parametrize("seed", range(5))
def test_one_percent_a_day_is_drift_after_three_weeks_and_chance_is_not(seed: int) -> None:
    assert size(noise(seed) + leak(0.01, 21)) >= 1
    assert size(noise(seed)) < 1


def test_the_faster_a_leak_the_sooner_it_is_drift() -> None:
    first = [
        next(n for n in range(1, 30) if size(noise() + leak(rate, n)) >= 1) for rate in (0.01, 0.02, 0.04)
    ]
    assert first == sorted(first, reverse=True)
    assert first[0] <= 18


@pytest.mark.parametrize("age", [3, 6, 10, 20])
def test_a_step_is_no_drift(age: int) -> None:
    step = np.where(np.arange(DAYS) >= DAYS - age, 0.3, 0.0)
    assert size(noise() + step) < 1


def test_two_jumps_are_no_drift() -> None:
    days = np.arange(DAYS)
    assert size(noise() / 10 + 0.12 * (days >= DAYS - 14) + 0.12 * (days >= DAYS - 7)) < 1


def test_growth_that_was_always_there_is_no_drift() -> None:
    assert size(noise() + 0.006 * np.arange(DAYS)) < 1


def test_a_level_that_wanders_has_to_go_farther() -> None:
    wandering = np.cumsum(np.random.default_rng(3).normal(0, 0.03, DAYS)) * (np.arange(DAYS) < DAYS - 21)
    wandering[-21:] = wandering[-22]
    assert size(noise() + leak(0.012, 20) + wandering) < size(noise() + leak(0.012, 20))


def test_strictness_lowers_nothing_but_what_chance_explains() -> None:
    days = noise() + leak(0.01, 20)
    assert size(days, spread=0.1, strictness=1.5) < size(days, spread=0.1)
