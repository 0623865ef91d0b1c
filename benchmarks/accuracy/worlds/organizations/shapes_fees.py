"""What is billed by contract: charges by the month, commitments, allowances, and credits that run out.

Knows how contracts charge; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import Opening, Range, Series, runs


def support(scene: Scene) -> Series:
    """Support: a share of a bill that grows, on one of the first days of the month."""
    day = int(scene.rng.choice([1, 1, 2, 3, 5]))
    charges = _charges(scene, day, growth=0.01) * max(100.0, scene.level(900, 1.0))
    return _monthly("support_fee", charges, charges * np.exp(scene.rng.normal(0, 0.05, scene.n_days)))


def marketplace(scene: Scene) -> Series:
    """A subscription: the same round sum on every first."""
    charges = _charges(scene, 1) * round(scene.level(400, 1.0))
    return _monthly("marketplace_sub", charges, charges)


def route53(scene: Scene) -> Series:
    """Zones on the first, at fifty cents each, and queries every day."""
    charges = _charges(scene, 1) * 0.5 * int(scene.rng.integers(1, 120))
    daily = scene.level(0.6, 1.0)
    costs = charges + daily * scene.noise(0.1)
    return _monthly("route53", charges, costs, daily=daily, eventful=0.2)


def tax(scene: Scene) -> Series:
    """Tax on a bill that grows."""
    charges = _charges(scene, int(scene.rng.integers(1, 5)), growth=0.01) * scene.level(700)
    costs = charges * np.exp(scene.rng.normal(0, 0.06, scene.n_days))
    return _monthly("tax", charges, costs, eventful=0.3)


def savings_plan(scene: Scene) -> Series:
    """A commitment: the same to the cent every day."""
    costs = np.full(scene.n_days, round(scene.level(110, least=2), 2))
    odds = {"step_up": 2, "step_down": 1, "gone": 2}
    return Series("savings_plan_fee", costs, costs, odds=odds, eventful=0.6)


def free_tier(scene: Scene) -> Series:
    """Free until the month's allowance is used up, then metered until the month ends."""
    use = scene.level(10, 0.9) * scene.week(0.6, 1.05) * scene.noise(0.06)
    allowance = float(use.mean()) * scene.uniform(4, 20)
    used_before = allowance * (scene.almanac.day_of_month[0] - 1) / scene.uniform(5, 20)
    turns = np.flatnonzero(scene.almanac.day_of_month == 1)
    costs, run_outs = np.zeros(scene.n_days), []
    for month in np.split(np.arange(scene.n_days), turns[turns > 0]):
        used = used_before + np.cumsum(use[month])
        costs[month] = np.clip(used - allowance, 0, use[month])
        metered = month[costs[month] > 0]
        if metered.size and used_before < allowance:
            run_outs.append(int(metered[0]))
        used_before = 0.0
    # People learn the pattern: the first restart surprises them, and the first times it runs out.
    restart = [(int(day), int(day) + 3) for day in turns[:1] if day]
    learnt: list[Range] = restart + [(max(0, day - 1), day + 4) for day in run_outs]
    return Series(
        "free_tier",
        costs,
        costs,
        odds={"spike": 2, "step_up": 1},
        regular=False,
        headroom=1.2 * float(costs.max()) + 0.01 - costs,
        hushed=tuple(learnt[:4]),
        additive=0.6,
        eventful=0.5,
    )


def credits_ending(scene: Scene) -> Series:
    """Nothing, for credits pay for it; then they are used up."""
    return _not_yet(scene, "credits_ending", Opening(70, 0.9), eventful=1.35)


def unused_region(scene: Scene) -> Series:
    """Nothing, for nobody works there; then somebody does, or somebody who should not."""
    return _not_yet(scene, "unused_region", Opening(110, 1.1, closed=0.5), eventful=1.15)


def _charges(scene: Scene, day: int, *, growth: float = 0.0) -> Floats:
    """One on the day of the month it falls due, a little more each month, and nought elsewhere."""
    due = scene.almanac.day_of_month == day
    return np.where(due, (1 + growth) ** np.cumsum(due), 0.0)


def _monthly(
    family: str, charges: Floats, costs: Floats, *, daily: float = 0.0, eventful: float = 0.35
) -> Series:
    """A charge by the month; nobody can know it before it came once."""
    return Series(
        family,
        costs,
        charges + daily,
        odds={"overcharge": 1},
        regular=False,
        hushed=runs(charges > 0, limit=1),
        eventful=eventful,
        due=np.flatnonzero(charges),
    )


def _not_yet(scene: Scene, family: str, opening: Opening, *, eventful: float) -> Series:
    nothing = np.zeros(scene.n_days)
    return Series(
        family, nothing, nothing, odds={"new": 1}, regular=False, eventful=eventful, opening=opening
    )
