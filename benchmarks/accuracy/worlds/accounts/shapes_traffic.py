"""What is billed by use: requests, transfer, logs, gateways, devices, games.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.holidays import FRIDAY, SATURDAY, SUNDAY
from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import BY_REQUEST, Series


def lambda_requests(scene: Scene) -> Series:
    """Functions."""
    return Series(scene.traffic(), {**BY_REQUEST, "loop": 3})


def api_gateway(scene: Scene) -> Series:
    """Calls of an interface, more often by consumers."""
    usage = scene.traffic("consumers" if scene.chance(0.6) else "business")
    return Series(usage, {**BY_REQUEST, "loop": 1})


def cloudfront(scene: Scene) -> Series:
    """Pages, with the rush of a day or two now and then."""
    usage = scene.traffic("consumers")
    series = Series(usage, {**BY_REQUEST, "egress": 2})
    for day in scene.some_days(0, 0.04):
        length = int(scene.rng.integers(1, 3))
        usage[day : day + length] *= 1 + scene.rng.lognormal(-0.4, 0.6)
        series.bursts.append((day, min(scene.n_days, day + length) - 1))
    series.bursts += scene.account.campaigns
    if scene.chance(0.5):
        series.usage = scene.tiered(usage)
    return series


def data_transfer_out(scene: Scene) -> Series:
    """Gigabytes out, for some at a lower price late in the month."""
    usage = scene.traffic()
    if scene.chance(0.5):
        usage = scene.tiered(usage)
    series = Series(usage, {"egress": 4, "step": 2, "outage": 1, "optim": 1, "gone": 0.4})
    series.bursts += scene.account.campaigns
    return series


def nat_gateway(scene: Scene) -> Series:
    """Gateways by the hour, and the gigabytes through them."""
    hours = scene.uniform(0.05, 0.7)
    through = (1 - hours) * scene.traffic()
    usage = hours + through * np.exp(np.maximum(0, scene.rng.normal(0, 0.1, scene.n_days)))
    return Series(usage, {"nat": 5, "egress": 2, "optim": 1.2, "spike": 1})


def load_balancers(scene: Scene) -> Series:
    """Balancers by the hour, and the load they balance."""
    usage = scene.uniform(0.3, 0.9) + 0.3 * scene.traffic()
    return Series(usage, {"forgot": 2, "optim": 2, "spike": 1, "step": 1})


def direct_connect(scene: Scene) -> Series:
    """A port by the hour, and what the business sends through it."""
    port = scene.uniform(0.4, 0.9)
    usage = port + (1 - port) * scene.traffic("business")
    return Series(usage, {"egress": 3, "gone": 1, "outage": 1, "resize": 1})


def s3_requests(scene: Scene) -> Series:
    """Requests to buckets, with days of more."""
    usage = scene.traffic() * np.exp(scene.excess(0.12))
    return Series(usage, {"spike": 4, "step": 3, "loop": 1, "optim": 1})


def dynamodb_on_demand(scene: Scene) -> Series:
    """Tables by the request."""
    return Series(scene.traffic(), {**BY_REQUEST, "loop": 2})


def small_requests_kms_xray_sqs(scene: Scene) -> Series:
    """Requests by the dozen, pennies in all."""
    requests = scene.rng.poisson(scene.uniform(3, 60) * scene.traffic())
    return Series(requests + scene.rng.choice([0, 1.0]), {**BY_REQUEST, "loop": 2})


def cloudwatch_logs(scene: Scene) -> Series:
    """Logs of what is asked, and on workdays of what is tried."""
    usage = scene.traffic() * np.exp(scene.excess(0.08) * scene.account.work)
    return Series(usage, {"debug": 5, "spike": 2.5, "loop": 1, "optim": 1.5, "outage": 0.7})


def cloudwatch_metrics(scene: Scene) -> Series:
    """Metrics of what is deployed, at a price that falls within the month."""
    deployed = 1 + 0.1 * np.round(10 * (scene.account.growth - 1))
    usage = scene.tiered(deployed + scene.uniform(0, 0.1) * scene.account.work)
    return Series(usage * scene.jitter(0.005), {"resize": 2, "step": 2, "leak": 2, "optim": 1})


def guardduty(scene: Scene) -> Series:
    """What is watched, half of it with the load, at a price that falls within the month."""
    usage = scene.tiered(0.5 + 0.5 * scene.traffic())
    return Series(usage, {"step": 3, "spike": 2, "optim": 1, "gone": 0.8})


def iot_devices(scene: Scene) -> Series:
    """Devices that report day and night, and become more."""
    usage = np.exp(scene.uniform(0, 0.004) * scene.day) * scene.jitter(0.01)
    return Series(usage, {"spike": 2, "outage": 3, "step": 2, "loop": 1})


def gaming_weekend(scene: Scene) -> Series:
    """A game: busiest from Friday to Sunday and on holidays, and after each release of something new."""
    rng, n = scene.rng, scene.n_days
    weekend = np.isin(scene.almanac.weekday, (FRIDAY, SATURDAY, SUNDAY))
    usage = (1 + rng.uniform(0.3, 1) * weekend + 0.4 * scene.account.holiday) * scene.noise()
    series = Series(usage, {"spike": 2, "step": 2, "outage": 3, "forgot": 1})
    for day in range(int(rng.integers(10, 40)), n, int(rng.integers(28, 50))):
        length = min(10, n - day)
        usage[day : day + length] *= 1 + rng.uniform(0.15, 0.5) * np.exp(-np.arange(length) / 3)
        series.bursts.append((day, day + length - 1))
    return series
