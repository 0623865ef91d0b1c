"""What people start by hand: trainings, notebooks, queries, experiments, questions to a model.

Knows how people work; must not know what is planted in their series, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.businesses.scene import Scene, Users, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at


def gpu_training_campaigns(scene: Scene) -> Series:
    """Trainings of a few days each, with days of nothing between them."""
    price = scene.one_of((3.06, 12.24, 32.77, 98.3))
    usage, day = np.zeros(scene.n_days), 0
    gap, length = scene.magnitude(2, 7), scene.magnitude(1.5, 5)
    while day < scene.n_days:
        end = day + 1 + int(scene.rng.exponential(length))
        usage[day:end] = scene.scattered(0.5)[day:end] * scene.uniform(0.5, 1.5)
        day = end + int(scene.rng.exponential(gap))
    usage += scene.uniform(0, 0.1) * scene.luckily(0.7)
    return Series(usage, at(price * 24 * 0.6 * scene.magnitude(0.15, 4)))


def gpu_capacity_block(scene: Scene) -> Series:
    """Machines reserved for a week or two, again and again."""
    price, machines = scene.one_of((11.8, 31.4)), scene.one_of((1, 1, 2, 4))
    length, gap = scene.one_of((7, 7, 14)), scene.whole(3, 13)
    usage, day = np.zeros(scene.n_days), scene.whole(-7, 9)
    while day < scene.n_days:
        usage[max(0, day) : max(0, day + length)] = machines
        day += length + max(1, gap + scene.whole(-2, 2))
    return Series(usage, at(price * 12), unit=1)


def sagemaker_notebooks(scene: Scene) -> Series:
    """Notebooks on workdays, at times left on over night."""
    level = scene.level(12, 1.3)
    usage = (0.12 + scene.work) * scene.scattered(scene.uniform(0.3, 0.6)) + 0.15 * scene.luckily(0.2)
    return Series(as_usual(usage), at(level), unit=scene.magnitude(0.6, 4) * 24 / level)


def bedrock_tokens(scene: Scene) -> Series:
    """Tokens of a model, more of them every month."""
    users: Users = scene.one_of(("offices", "both"))
    moods = np.exp(scene.moods(0.18, memory=0.6)) * scene.scattered(scene.uniform(0.12, 0.4))
    usage = scene.week(users) * scene.growing(0, 0.0035) * moods
    return Series(as_usual(usage), at(scene.level(9, 1.6)))


def hpc_sporadic(scene: Scene) -> Series:
    """Simulations that run for some days, of any size, and mostly do not."""
    odds, on, running = scene.uniform(0.12, 0.5), np.zeros(scene.n_days), False
    for day, luck in enumerate(scene.rng.random(scene.n_days)):
        running = bool(luck < (0.6 if running else odds / 2))
        on[day] = running
    usage = on * np.exp(scene.rng.normal(0, 0.9, scene.n_days))
    level = scene.level(12, 1.5)
    return Series(usage / max(usage.mean(), 1e-9), lambda usage: level * usage + 0.02)


def athena_scans(scene: Scene) -> Series:
    """Queries of analysts on workdays, some of them of everything."""
    sizes = np.exp(scene.rng.normal(0, scene.uniform(0.45, 0.95), scene.n_days))
    return Series(as_usual((scene.uniform(0.08, 0.3) + scene.work) * sizes), at(scene.level(5, 1.5)))


def people_sandbox(scene: Scene) -> Series:
    """Experiments of individuals, who are busy with them for some days."""
    sizes = np.exp(scene.rng.normal(0, scene.uniform(0.5, 1), scene.n_days))
    usage = (0.1 + scene.work * sizes) * np.exp(scene.moods(0.5, memory=0.9))
    return Series(as_usual(usage), at(scene.level(6, 1.4)))


def vod_transcoding(scene: Scene) -> Series:
    """Films that are transcoded as they come in, at times many at once."""
    usage = (0.2 + 0.8 * scene.work) * np.exp(scene.rng.normal(0, 0.5, scene.n_days))
    usage += scene.luckily(0.06) * scene.rng.uniform(1, 5, scene.n_days)
    return Series(as_usual(usage), at(scene.level(10, 1.4)))
