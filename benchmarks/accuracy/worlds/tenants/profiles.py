"""How an incident runs through its days: strengths from its first day on, 1 at full.

Knows courses of incidents; must not know their sizes, any series or any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.labelled import Floats

Course = Callable[[np.random.Generator, int], Floats]
"""Strengths of the n days from the first to the bill's end, (n,)."""


def first_part(rng: np.random.Generator) -> float:
    """What is left of the day on which something begins."""
    return float(rng.uniform(0.15, 1.0))


def burst(low: int, high: int) -> Course:
    """Some days at full, with a part of the first and of the last."""

    def course(rng: np.random.Generator, n: int) -> Floats:
        out, stay = np.zeros(n), int(rng.integers(low, high + 1))
        out[:stay] = rng.uniform(0.75, 1.1, min(stay, n))
        if stay > 1:
            out[0] *= first_part(rng)
            out[stay - 1 : stay] *= rng.uniform(0.3, 1)
        return out

    return course


def fading(rng: np.random.Generator, n: int) -> Floats:
    """At full at once, then less each day for up to six."""
    out = rng.uniform(0.35, 0.75) ** np.arange(n)
    out[int(rng.integers(2, 7)) :] = 0
    return np.asarray(out, dtype=np.float64)


def swelling(rng: np.random.Generator, n: int) -> Floats:
    """More each day until somebody sees it, three to six days later."""
    stay = int(rng.integers(3, 7))
    out = np.zeros(n)
    out[:stay] = ((np.arange(stay) + rng.uniform(0.5, 1)) / stay)[:n]
    return out


def once(rng: np.random.Generator, n: int) -> Floats:
    """One day, at full."""
    del rng
    return np.asarray(np.arange(n) == 0, dtype=np.float64)


def lasting(rng: np.random.Generator, n: int) -> Floats:
    """From an hour of the first day on."""
    out = np.ones(n)
    out[0] = first_part(rng)
    return out


def settling(rng: np.random.Generator, n: int) -> Floats:
    """Comes to its level within days: a rollout, a queue that fills."""
    return np.asarray(1 - np.exp(-(np.arange(n) + first_part(rng)) / rng.uniform(0.8, 4)))


def in_fits(rng: np.random.Generator, n: int) -> Floats:
    """Lasting, but by days: a loop that a restart ends for a while."""
    out = (rng.random(n) < rng.uniform(0.5, 0.85)) * rng.uniform(0.6, 1.3, n)
    out[0] = first_part(rng)
    return out


def compounding(low: float, high: float) -> Course:
    """Grows by a share a day out of a range for three to nine weeks, then stays."""

    def course(rng: np.random.Generator, n: int) -> Floats:
        rate, stay = rng.uniform(low, high), int(rng.integers(21, 64))
        return (1 + rate) ** np.minimum(np.arange(1, n + 1), stay) - 1

    return course


def dwindling(low: float, high: float) -> Course:
    """Loses a share a day out of a range for three to ten weeks, then stays."""

    def course(rng: np.random.Generator, n: int) -> Floats:
        rate, stay = rng.uniform(low, high), int(rng.integers(21, 70))
        return 1 - (1 - rate) ** np.minimum(np.arange(1, n + 1), stay)

    return course


def piling(rng: np.random.Generator, n: int) -> Floats:
    """The same amount more each day for three to nine weeks, then stays."""
    stay = int(rng.integers(21, 64))
    return np.minimum(np.arange(1, n + 1), stay) / stay
