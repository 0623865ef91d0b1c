"""What is billed by use: transfer, calls, requests, logs, gateways, the shop with its campaigns.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import BY_TRAFFIC, Range, Series, runs


def data_transfer(scene: Scene) -> Series:
    """Gigabytes out: heavy tails, and for some a cheaper tier late in the month."""
    expected = scene.level(25, 1.4) * scene.week(0.6, 1.1) * scene.walk(0.006) * scene.growth(0, 0.5)
    if scene.chance(0.4):
        late = scene.almanac.day_of_month > scene.uniform(6, 24)
        expected = expected * np.where(late, scene.uniform(0.85, 0.95), 1.0)
    noise = scene.noise(scene.log_uniform(0.1, 0.42), memory=0.3, heavy=True, traffic=True)
    odds = {"spike": 4, "drop": 0.5, "step_up": 2, "drift_up": 0.8, "gone": 0.3}
    return Series("data_transfer", expected * noise, expected, odds)


def lambda_api(scene: Scene) -> Series:
    """Functions behind an interface."""
    expected = scene.level(12, 1.4) * scene.week(0.5, 1.15) * scene.growth(0, 0.8) * scene.walk(0.005)
    noise = scene.noise(scene.log_uniform(0.04, 0.2), traffic=True)
    odds = {"spike": 4, "drop": 1.5, "step_up": 1.5, "step_down": 0.7, "drift_up": 1.2, "gone": 0.5}
    return Series("lambda_api", expected * noise, expected, odds)


def tables_and_queues(scene: Scene) -> Series:
    """DynamoDB and SQS, by the request."""
    expected = scene.level(15, 1.4) * scene.week(0.6, 1.05) * scene.growth(-0.1, 0.6) * scene.walk(0.004)
    noise = scene.noise(scene.log_uniform(0.03, 0.14), traffic=True)
    return Series("dynamo_sqs", expected * noise, expected, BY_TRAFFIC)


def cloudwatch(scene: Scene) -> Series:
    """Logs and metrics: they follow what is deployed rather than who calls."""
    change = scene.growth(0, 0.6) * scene.small_steps(0.5, size=0.12)
    expected = scene.level(14, 1.3) * scene.week(0.7, 1.0) * change
    noise = scene.noise(scene.log_uniform(0.02, 0.12))
    odds = {"spike": 1.6, "step_up": 4, "step_down": 0.8, "drift_up": 1.3, "drop": 0.4}
    return Series("cloudwatch", expected * noise, expected, odds)


def nat_gateway(scene: Scene) -> Series:
    """Gateways by the hour, and the gigabytes through them."""
    hours = 1.08 * int(scene.rng.integers(1, 7))
    expected = hours + scene.level(18) * scene.week(0.5, 1.05) * scene.walk(0.006)
    noise = scene.noise(scene.log_uniform(0.03, 0.18), traffic=True)
    odds = {"spike": 2, "step_up": 4, "step_down": 0.8, "drift_up": 1, "gone": 0.4}
    return Series("nat_gateway", expected * noise, expected, odds)


def shop(scene: Scene) -> Series:
    """A shop: busiest at weekends, with campaigns every few weeks and the sales of November."""
    lift = scene.uniform(1.25, 1.9)
    campaigns, ranges = _campaigns(scene, lift)
    sales = 1 + scene.uniform(0.5, 1.8) * scene.almanac.sales
    ordinary = scene.level(70) * scene.week(0.9, 1.35, holidays=False) * sales * scene.walk(0.004)
    expected = ordinary * campaigns
    return Series(
        "ecommerce_campaigns",
        expected * scene.noise(scene.uniform(0.04, 0.1), traffic=True),
        expected,
        odds={"spike": 2, "drop": 2, "step_up": 2, "drift_up": 0.5},
        regular=False,
        headroom=ordinary * lift * 1.15 - expected,
        hushed=(*ranges[:2], *runs(scene.almanac.sales > 0, limit=3)),
    )


def _campaigns(scene: Scene, lift: float) -> tuple[Floats, list[Range]]:
    """How much each day is lifted by a campaign, and when the campaigns were."""
    factor, ranges = np.ones(scene.n_days), []
    gap = scene.uniform(14, 30)
    start = int(scene.rng.integers(2, 16))
    while start < scene.n_days:
        end = start + int(scene.rng.integers(2, 6))
        factor[start:end] = 1 + (lift - 1) * scene.uniform(0.75, 1.1)
        ranges.append((start, end))
        start = end + max(7, int(scene.rng.normal(gap, 0.15 * gap)))
    return factor, ranges
