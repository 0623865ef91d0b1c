"""Jobs by the clock and the calendar: nightly, weekly, of pay days, in the middle of the night of UTC.

Knows how such jobs run; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.accounts.almanac import Days
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at

SCHEDULES, SHARES = ("daily", "weekly", "every other day", "monthly"), (0.55, 0.25, 0.1, 0.1)


def cron_fleet(scene: Scene) -> Series:
    """Some scheduled jobs on one line, and a retry now and then."""
    usage = np.zeros(scene.n_days)
    for _ in range(scene.whole(2, 8)):
        schedule = scene.rng.choice(SCHEDULES, p=SHARES)
        usage += _runs(scene, str(schedule)) * scene.magnitude(0.3, 3) * scene.scattered(0.05)
    usage = as_usual(usage + 0.4 * usage.mean())
    for day in scene.some_days(0.02):
        usage[day] *= scene.uniform(1.1, 1.6)
    return Series(usage, at(scene.level(4, 1.6)))


def _runs(scene: Scene, schedule: str) -> Days:
    """The days on which a job of this schedule runs."""
    if schedule == "weekly":
        return np.asarray(scene.almanac.weekday == scene.whole(0, 6))
    if schedule == "every other day":
        return np.asarray((scene.day + scene.whole(0, 1)) % 2 == 0)
    if schedule == "monthly":
        return np.asarray(scene.almanac.day_of_month == scene.whole(1, 27))
    return np.ones(scene.n_days, dtype=bool)


def emr_weekly_batch(scene: Scene) -> Series:
    """A large job a week, at times a day late, and more to do in the first days of a month."""
    is_due = scene.almanac.weekday == scene.whole(0, 6)
    usage = np.full(scene.n_days, scene.uniform(0.05, 0.5))
    usage[is_due] += scene.uniform(2, 6)
    closing = scene.almanac.day_of_month <= scene.whole(1, 3)
    usage[closing] *= scene.uniform(1.2, 2.2)
    usage *= scene.scattered(scene.uniform(0.05, 0.2))
    for day in np.flatnonzero(is_due & scene.luckily(0.06)):
        usage[day : day + 2] = usage[day : day + 2][::-1]
    return Series(as_usual(usage), at(scene.level(22, 1.5)), lumps=closing)


def midnight_utc_job(scene: Scene) -> Series:
    """A job about midnight of UTC, whose hours fall on two days, now more on the one, now on the other."""
    every, hours = scene.one_of((1, 1, 2)), scene.uniform(1.2, 4)
    start = scene.uniform(22.0, 23.9)
    usage = np.zeros(scene.n_days + 2)
    for day in range(scene.n_days + 1):
        if (day - 1) % every:
            continue
        starts = start + scene.rng.normal(0, scene.uniform(0.3, 1.1))
        lasts = hours * np.exp(scene.rng.normal(0, 0.1))
        before_midnight = min(lasts, max(0, 24 - starts))
        usage[day] += before_midnight
        usage[day + 1] += lasts - before_midnight
    return Series(as_usual(usage[1:-1] + 0.1), at(scene.level(10, 1.4)))


def glue_etl_nightly(scene: Scene) -> Series:
    """A nightly job; when it fails it runs the next day. On the first two days of a month there is more."""
    first_days = scene.almanac.day_of_month <= 2
    usage = scene.demand("both", noise=0.07) * np.where(first_days, scene.uniform(1, 1.7), 1)
    for day in scene.some_days(scene.uniform(0, 0.04)):
        if day + 1 < scene.n_days:
            usage[day + 1] += usage[day] * 0.8
            usage[day] *= scene.uniform(0.1, 0.6)
    return Series(as_usual(usage), at(scene.level(14, 1.5)), lumps=first_days)


def data_pipeline_backfills(scene: Scene) -> Series:
    """A daily pipeline that fills gaps for one to three days every few weeks."""
    usage, size, day = scene.demand("machines", noise=0.1), scene.uniform(0.8, 3), scene.whole(0, 17)
    while day < scene.n_days:
        end = day + scene.whole(1, 3)
        usage[day:end] *= 1 + size * scene.uniform(0.6, 1.2)
        day = end + scene.whole(8, 23)
    return Series(as_usual(usage), at(scene.level(20, 1.5)))


def payroll_batch(scene: Scene) -> Series:
    """Two pay days a month, brought forward from days off, each with a day after it."""
    usage = scene.uniform(0.1, 0.4) * scene.scattered(0.08)
    paid = scene.rng.choice([1, 5, 10, 15, 20, 25, 28], 2, replace=False)
    size, lumps = scene.uniform(3, 9), np.zeros(scene.n_days, dtype=bool)
    is_off = scene.business.weekend | scene.business.closed
    for due in np.flatnonzero(np.isin(scene.almanac.day_of_month, paid)):
        workdays = np.flatnonzero(~is_off[: due + 1])
        day = int(workdays[-1]) if workdays.size else 0
        usage[day] += size * np.exp(scene.rng.normal(0, 0.1))
        usage[day + 1 : day + 2] += size * 0.25
        lumps[day : day + 2] = True
    return Series(as_usual(usage), at(scene.level(9, 1.4)), lumps=lumps)


def crawler_scraping_jobs(scene: Scene) -> Series:
    """A crawl every three to ten days, that takes a third of them."""
    every = scene.one_of((3, 5, 7, 10))
    age = (scene.day + scene.whole(0, every - 1)) % every
    usage = 0.15 + (age < max(1, every // 3)) * scene.scattered(0.15)
    return Series(as_usual(usage), at(scene.level(14, 1.4)))
