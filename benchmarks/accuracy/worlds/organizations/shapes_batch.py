"""What runs by timetable: jobs of the week, of the month's end, of the pay day.

Knows such timetables; must not know any event beyond its odds, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import Series, runs

LAST_MONTHS, FIRST_MONTHS = (3, 6, 9, 12), (1, 4, 7, 10)


def weekly(scene: Scene) -> Series:
    """Heavy on one to three days of the week, over little or nothing."""
    chosen = scene.rng.choice(7, int(scene.rng.choice([1, 1, 2, 3])), replace=False)
    level = scene.level(60, 1.1)
    idle = 0.0 if scene.chance(0.6) else level * scene.uniform(0.02, 0.15)
    expected = np.where(np.isin(scene.almanac.weekday, chosen), level, idle) * scene.walk(0.004)
    return Series(
        "batch_weekly",
        expected * scene.noise(scene.uniform(0.04, 0.22), memory=0.1),
        expected,
        odds={"spike": 3, "step_up": 1, "drift_up": 0.6, "gone": 1},
        regular=False,
        additive=0.4,
        scheduled=True,
    )


def month_end(scene: Scene) -> Series:
    """Closing jobs about the turn of the month, for some heavier at the end of a quarter."""
    almanac = scene.almanac
    lift = scene.uniform(1.8, 4.0)
    late = almanac.days_left <= scene.rng.integers(0, 3)
    early = almanac.day_of_month <= scene.rng.integers(0, 3)
    factor = np.where(late | early, lift, 1.0)
    hushed = runs(late | early, limit=1)
    if scene.chance(0.35):
        quarter = late & np.isin(almanac.month, LAST_MONTHS) | early & np.isin(almanac.month, FIRST_MONTHS)
        factor[quarter] *= scene.uniform(1.3, 1.8)
        hushed += runs(quarter, limit=1)
    expected = scene.level(50, 1.1) * factor * scene.week(0.6, 1.0) * scene.walk(0.003)
    return Series(
        "batch_monthend",
        expected * scene.noise(scene.uniform(0.03, 0.12)),
        expected,
        odds={"spike": 2.5, "step_up": 2, "step_down": 0.6, "drift_up": 0.8, "gone": 0.6},
        regular=False,
        hushed=hushed,
    )


def semimonthly(scene: Scene) -> Series:
    """A payroll on the fifteenth and on the last day of the month."""
    due = (scene.almanac.day_of_month == 15) | (scene.almanac.days_left == 0)
    expected = np.where(due, scene.level(120, 0.9), scene.uniform(0, 0.5))
    return Series(
        "batch_semimonthly",
        expected * scene.noise(scene.uniform(0.04, 0.15), memory=0),
        expected,
        odds={"spike": 2, "step_up": 1},
        regular=False,
        hushed=runs(due, limit=2),
        additive=0.8,
        eventful=0.6,
    )
