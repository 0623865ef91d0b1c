"""What runs by the hour: machines, containers, caches, the accounts of developers.

Knows how such services charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import BY_THE_HOUR, BY_TRAFFIC, Series


def ec2_fleet(scene: Scene) -> Series:
    """Machines that scale with traffic."""
    wander = scene.walk(scene.uniform(0.001, 0.006)) * scene.small_steps()
    expected = scene.level(160) * scene.week(0.55, 0.97) * scene.growth(-0.1, 0.5) * wander
    noise = scene.noise(scene.log_uniform(0.02, 0.09), traffic=True)
    return Series("ec2_fleet", expected * noise, expected, BY_TRAFFIC)


def ec2_steady(scene: Scene) -> Series:
    """Machines that nobody turns off."""
    expected = scene.level(70, 1.3) * scene.small_steps(0.6, size=0.12)
    noise = scene.noise(scene.log_uniform(0.003, 0.03))
    return Series("ec2_steady", expected * noise, expected, BY_THE_HOUR)


def dev_account(scene: Scene) -> Series:
    """What developers leave running by day; at weekends next to nothing."""
    weekend = scene.log_uniform(0.02, 0.35)
    week = scene.week(weekend, 1.05 * weekend)
    expected = scene.level(30, 1.0) * week * scene.walk(0.004) * scene.small_steps()
    noise = scene.noise(scene.uniform(0.06, 0.2))
    odds = {"spike": 1.2, "step_up": 3.5, "step_down": 0.8, "drift_up": 0.5, "gone": 0.8}
    return Series("dev_account", expected * noise, expected, odds=odds, additive=0.7, regular=weekend >= 0.1)


def containers(scene: Scene) -> Series:
    """Fargate and EKS."""
    wander = scene.walk(0.004) * scene.small_steps(0.6, size=0.13)
    expected = scene.level(60) * scene.week(0.65, 1.0) * wander
    noise = scene.noise(scene.log_uniform(0.02, 0.1), traffic=True)
    return Series("fargate_eks", expected * noise, expected, BY_TRAFFIC)


def caches(scene: Scene) -> Series:
    """Caches, search clusters, volumes: provisioned once, then the same every day."""
    expected = scene.level(28, 1.1) * scene.small_steps(0.2, size=0.06)
    noise = scene.noise(scene.log_uniform(0.001, 0.02))
    return Series("cache_search_ebs", expected * noise, expected, BY_THE_HOUR)


def spot(scene: Scene) -> Series:
    """Machines at the price of the hour."""
    expected = scene.level(60, 1.1) * scene.week(0.6, 1.0) * scene.walk(0.012)
    noise = scene.noise(scene.uniform(0.08, 0.24), memory=0.7)
    odds = {"spike": 2, "drop": 1, "step_up": 2, "step_down": 1, "drift_up": 0.8, "gone": 0.6}
    return Series("spot", expected * noise, expected, odds)


def new_account(scene: Scene) -> Series:
    """An account opened within the bill that takes weeks to settle."""
    opened = int(scene.rng.integers(8, max(9, int(0.75 * scene.n_days))))
    settling = scene.uniform(3, 18)
    age = np.maximum(0, scene.day - opened + 1)
    expected = scene.level(25, 1.3) * (1 - np.exp(-age / settling)) * scene.week(0.5, 1.0)
    return Series(
        "new_account",
        expected * scene.noise(scene.uniform(0.03, 0.15)),
        expected,
        odds={"spike": 1, "step_up": 2, "drift_up": 0.6, "gone": 0.5},
        regular=False,
        hushed=((opened, opened + 14 + int(2 * settling)),),
        eventful=0.6,
    )
