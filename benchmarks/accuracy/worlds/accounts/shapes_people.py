"""What people at work use: notebooks, desktops, queries, builds, the telephone, the record of changes.

Knows habits; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import Series

CALLS = np.array([1.25, 1.05, 1, 1, 0.95, 1, 1])
"""How busy a contact centre is on the days from Monday on."""


def athena_adhoc(scene: Scene) -> Series:
    """Queries of any size, as many as there are people with a question."""
    asked = scene.rng.poisson(scene.uniform(2, 15) * (scene.account.staff + 0.05))
    spread = scene.uniform(0.8, 1.6)
    usage = [np.minimum(scene.rng.lognormal(0, spread, queries), 40).sum() for queries in asked]
    return Series.of(usage, {"spike": 3, "runaway": 2, "step": 1, "optim": 0.4})


def sagemaker_notebooks(scene: Scene) -> Series:
    """Notebooks of those at work, the few left running, and some that always run."""
    people = scene.uniform(2, 9)
    running = scene.rng.poisson(people * scene.account.staff)
    running = running + scene.rng.binomial(int(people), 0.08, scene.n_days)
    usage = running + scene.rng.integers(0, 3) * 0.3
    return Series.of(usage, {"forgot": 4, "weekend_on": 1, "gone": 1, "optim": 0.6})


def bedrock_tokens(scene: Scene) -> Series:
    """Tokens: a habit that spreads, day by day of any size."""
    habit = scene.uniform(0.001, 0.012) * scene.day * (1 - 0.4 * scene.day / scene.n_days)
    asked = np.exp(habit) * (0.15 + scene.account.staff)
    usage = asked * scene.jitter(scene.uniform(0.1, 0.45)) * scene.wander(0.15)
    return Series(usage, {"spike": 3, "step": 3, "runaway": 1, "outage": 0.6, "gone": 0.4})


def aws_config(scene: Scene) -> Series:
    """Changes that are recorded, as many as are made."""
    changes = scene.rng.poisson(5 * scene.account.staff + 0.5)
    return Series(0.4 + changes * scene.jitter(0.5) * 0.2, {"spike": 3, "step": 3, "optim": 1})


def workspaces(scene: Scene) -> Series:
    """Desktops: some by the hour, the others by the month."""
    series = Series(
        scene.rng.poisson(20 * scene.account.staff + 0.4) / 20.0,
        {"fee_jump": 1, "step": 1, "forgot": 2, "gone": 0.6},
    )
    fee, due = scene.uniform(2, 20), scene.every_month(1)
    series.charge(due, [fee * scene.rng.lognormal(0, 0.02) for _ in due])
    series.recurs(due)
    return series


def connect_contact_centre(scene: Scene) -> Series:
    """Calls: most on Mondays, and on the day after a holiday."""
    account = scene.account
    calls = (account.work + 0.06) * CALLS[scene.almanac.weekday] * scene.noise(0.08) * account.growth
    after = np.r_[0, account.holiday[:-1]] * (account.holiday < 0.3) * account.work
    return Series(calls * (1 + 0.3 * after), {"spike": 2, "step": 1, "outage": 2, "gone": 0.4})


def codebuild(scene: Scene) -> Series:
    """Builds of those at work, longer on some days."""
    builds = scene.rng.poisson(scene.uniform(5, 60) * (scene.account.staff + 0.04))
    usage = builds * scene.jitter(scene.uniform(0.1, 0.5))
    return Series(usage, {"runaway": 2, "spike": 3, "step": 1, "optim": 1, "gone": 0.5})


def quicksight_users(scene: Scene) -> Series:
    """Users by the month, and the sessions of readers on workdays."""
    sessions = scene.uniform(0.1, 0.6) * scene.rng.poisson(8 * scene.account.staff) / 8
    return Series(1 + sessions, {"resize": 2, "step": 1, "optim": 1, "gone": 1})
