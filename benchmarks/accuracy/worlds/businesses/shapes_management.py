"""What watches, counts and tells: logs, metrics, traces, keys, rules, messages, and pennies.

Knows how such services are used and charged; must not know what is planted in them, nor any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.luck import JUDGED_FROM
from benchmarks.accuracy.worlds.businesses.scene import Scene, as_usual
from benchmarks.accuracy.worlds.businesses.series import Series, at

USUAL_MONTH = 30.4


def cloudwatch_logs_ingest(scene: Scene) -> Series:
    """Logs, less than proportional to the traffic; each release writes a little more or less of them."""
    verbosity = np.ones(scene.n_days)
    for day in np.flatnonzero(scene.business.releases):
        verbosity[day:] *= np.exp(scene.rng.normal(0, 0.025))
    logs = scene.demand(noise=scene.magnitude(0.04, 0.12)) ** scene.uniform(0.6, 1) * verbosity
    for outburst in scene.some_days(scene.uniform(0, 0.03)):
        logs[outburst] *= scene.uniform(1.1, 1.6)
    return Series(as_usual(logs), at(scene.level(14, 1.7)))


def cloudwatch_metrics(scene: Scene) -> Series:
    """Metrics by the month, a few more with most releases."""
    metrics = np.exp(scene.strays(0.003))
    for day in np.flatnonzero(scene.business.releases):
        metrics[day:] *= 1 + max(-0.05, scene.rng.normal(0.006, 0.015))
    daily = scene.level(8, 1.5) * USUAL_MONTH / scene.almanac.days_in_month
    return Series(as_usual(metrics), lambda usage: daily * usage)


def xray_trail_events(scene: Scene) -> Series:
    """Traces and trails by the event."""
    return Series(scene.demand(noise=0.09), at(scene.level(3, 1.6)))


def kms_secrets_counts(scene: Scene) -> Series:
    """Keys by the month, a few more of them each month, and pennies for their use."""
    first, price = scene.magnitude(2, 500), scene.one_of((0.4, 1.0))
    keys = np.round(first * scene.growing(0, 0.001))
    used = 0.0003 * first * scene.demand(noise=0.06) / np.maximum(keys, 1)

    def cost(usage: Floats) -> Floats:
        return np.round(usage) * price / scene.almanac.days_in_month + used * usage

    return Series(keys, cost)


def security_config_events(scene: Scene) -> Series:
    """Rules that look at whatever is changed, on workdays for the most part, and on releases."""
    releases = 1 + scene.business.releases * scene.uniform(0.1, 1.2)
    changes = (0.4 + scene.work * 0.6) * scene.scattered(0.1) * releases * np.exp(scene.business.mood)
    return Series(as_usual(changes), at(scene.level(6, 1.5)))


def sns_sms_email(scene: Scene) -> Series:
    """Messages, and a newsletter on a day or two of the week."""
    sent = np.isin(scene.almanac.weekday, scene.rng.choice(7, scene.whole(1, 2), replace=False))
    letters = sent * scene.uniform(0.3, 1.8) * scene.scattered(0.2)
    return Series(as_usual(scene.demand(noise=0.12) * 0.5 + letters), at(scene.level(8, 1.5)))


def unused_region(scene: Scene) -> Series:
    """Cents in a region that nobody uses, but for three in eight a thief with a leaked key does for days."""
    usage = np.where(scene.luckily(0.05), scene.uniform(1, 3), 1.0)
    level = scene.magnitude(0.01, 0.6)
    if not scene.chance(0.38):
        return Series(usage, at(level))
    start = scene.whole(JUDGED_FROM, scene.n_days - 6)
    end = min(scene.n_days, start + scene.one_of((1, 2, 3, 4, 6, 9, 15)))
    stolen = np.zeros(scene.n_days)
    stolen[start:end] = scene.magnitude(15, 6000) * np.linspace(scene.uniform(0.2, 1), 1, end - start)
    stolen[start] *= scene.uniform(0.15, 1)
    return Series(usage, at(level), own=Incident("new", start, end - 1, added=stolen, on_bill=True))


def tiny_residual(scene: Scene) -> Series:
    """Pennies, on some days none."""
    level = scene.magnitude(0.01, 0.9)
    usage = scene.scattered(scene.uniform(0, 0.4)) * scene.luckily(scene.uniform(0.5, 1))
    return Series(usage, lambda usage: np.round(level * usage, 2))
