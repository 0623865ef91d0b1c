"""A mishap laid over the usage or the price of a series.

Knows how each kind of mishap becomes usage; must not know any detector.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.platforms.mishaps import Mishap
from benchmarks.accuracy.worlds.platforms.scene import Case, Scene, Stream

RATES = (0.005, 0.04)
"""By how much of the usual a slow leak or fall goes on, a day."""
SLOW = frozenset({"drift_up", "drift_down"})


def strike(scene: Scene, stream: Stream, plan: tuple[Mishap, int]) -> tuple[Stream, Case]:
    """The series with a mishap that begins on a day, and its costs without and with it."""
    mishap, first = plan
    size = scene.about(mishap.size)
    days = scene.whole(mishap.days)
    slow = 1
    if mishap.kind in SLOW:
        slow = int(np.clip(size / scene.about(RATES), *mishap.days))
        days = slow + scene.whole((0, 12))
    if scene.rng.random() < mishap.stays:
        days = scene.n_days
    last = min(first + days, scene.n_days) - 1
    part = np.zeros(scene.n_days)
    course = mishap.course(scene, slow if mishap.kind in SLOW else last + 1 - first)
    part[first : last + 1] = np.concatenate((course, np.ones(scene.n_days)))[: last + 1 - first]
    struck = _changed(scene, stream, (mishap.how, size * part))
    top = min(first + slow - 1, last)
    return struck, Case(mishap.kind, stream.costs, struck.costs, first, last, top, scene.almanac)


def _changed(scene: Scene, stream: Stream, change: tuple[str, Floats]) -> Stream:
    how, part = change
    if how == "lapse" and stream.lapsed is not None:
        kept, after = stream.tariff, stream.lapsed
        return replace(stream, tariff=lambda used: kept(used) * (1 - part) + after(used) * part)
    usage, daily = stream.usage, stream.usage.daily
    if how in {"skip", "stop", "twice"}:
        run, days = usage.run, np.flatnonzero(part)
        hit = (run == run[days[0]]) if how != "stop" else (part > 0) & (run >= run[days[0]])
        changed = daily + (daily - usage.base if how == "twice" else usage.base - daily) * hit
    elif how == "days_off":
        changed = np.where((part > 0) & scene.almanac.off, np.maximum(_at_work(scene, daily), daily), daily)
    elif how == "adds":
        first = int(np.flatnonzero(part)[0])
        changed = daily + part * daily[max(first - 28, 0) : first].mean()
    else:
        changed = daily * (1 + part if how == "times" else np.maximum(1 - part, 0.0))
    base = np.minimum(usage.base, changed) if how == "less" else usage.base
    return replace(stream, usage=replace(usage, daily=changed, base=base))


def _at_work(scene: Scene, daily: Floats) -> Floats:
    """What the last working day used, by day."""
    days = np.arange(scene.n_days)
    return daily[np.maximum.accumulate(np.where(scene.almanac.off, 0, days))]
