"""A series in the making: its use, what that costs, and what is written down about it.

Knows how an incident acts on use and bill; must not know what is worth a label, or any detector.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from benchmarks.accuracy.labelled import Event, Floats
from benchmarks.accuracy.worlds.tenants.scene import Price, Scene
from benchmarks.accuracy.worlds.tenants.stories import UP, Story

WOBBLE = 0.06
HEAL_FROM, HEAL_TO = 18, 45
"""Days after which a lasting incident is put right, where somebody does."""
DRIFT_HEALS = 12
"""Days after its top within which a drift is put right."""


@dataclass(slots=True, eq=False)
class Stream:
    """Use and price of one series.

    Attributes:
        use: (n_days,) in dollars of the plain price.
        factor: (n_days,) what the bill makes of its price.
        born: first day of use.
        silent: first and last days that are neither normal nor an event.
    """

    scene: Scene
    use: Floats
    price: Price
    factor: Floats
    born: int = 0
    events: list[Event] = field(default_factory=list)
    silent: list[tuple[int, int]] = field(default_factory=list)

    @property
    def costs(self) -> Floats:
        """Dollars a day, (n_days,)."""
        return np.asarray(self.price(self.use) * self.factor)

    def next_use(self, day: int) -> int | None:
        """The first day from `day` on with use worth the name; none where that is over two months away."""
        ahead = np.flatnonzero(self.use[day : day + 62] > 0.25 * self.typical(day))
        return day + int(ahead[0]) if len(ahead) else None

    def typical(self, day: int) -> float:
        """Use of a usual day with use, of the eight weeks before a day."""
        recent = self.use[max(day - 56, 0) : day]
        used = recent[recent > 0.02 * self.scene.level]
        return float(np.median(used)) if len(used) else self.scene.level


@dataclass(frozen=True, slots=True, eq=False)
class Incident:
    """A story told of a stream from a day on.

    Attributes:
        strength: (n_days - start,) of its course.
        healed: the day on which it is over, for lasting ones; none where it stays.
    """

    story: Story
    start: int
    size: float
    strength: Floats
    healed: int | None

    @classmethod
    def of(cls, stream: Stream, story: Story, start: int) -> Incident:
        """Draws its size and course."""
        rng, left = stream.scene.rng, stream.scene.n_days - start
        strength, healed = story.course(rng, left), None
        if rng.random() < story.healed:
            top = int(np.argmax(strength)) if story.kind.startswith("drift") else 0
            wait = int(rng.integers(3, DRIFT_HEALS)) if top else int(rng.integers(HEAL_FROM, HEAL_TO))
            if top + wait < left:
                healed = start + top + wait
                strength[top + wait :] = 0
        size = float(np.exp(rng.uniform(*np.log(story.size))))
        return cls(story, start, size, strength, healed)

    def befall(self, stream: Stream) -> None:
        """Changes use or bill."""
        rng, days = stream.scene.rng, slice(self.start, None)
        sign = 1 if self.story.kind in UP else -1
        effect = sign * self.size * self.strength
        if self.story.acts == "bill":
            stream.factor[days] *= np.maximum(1 + effect, 0)
        elif self.story.acts == "fills":
            full = np.minimum(self.strength, 1) * self.size * stream.typical(self.start)
            stream.use[days] = np.maximum(stream.use[days], full)
        elif self.story.acts == "adds":
            # What a thief or a crawler takes does not grow as fast as the account is large.
            usual = stream.typical(self.start) * np.clip((40 / stream.scene.level) ** 0.4, 0.4, 2.5)
            stream.use[days] += usual * effect * np.exp(rng.normal(0, WOBBLE, len(effect)))
        else:
            before = stream.use[days].copy()
            stream.use[days] *= np.maximum(1 + effect, 0)
            self._make_up(stream, before)

    def _make_up(self, stream: Stream, before: Floats) -> None:
        """What was not done is done on the day after, in part."""
        if stream.scene.rng.random() < self.story.relapse:
            lost = np.flatnonzero(self.strength)
            day = self.start + int(lost[-1]) + 1
            if day < stream.scene.n_days:
                stream.use[day] += 0.6 * min((before - stream.use[self.start :]).sum(), 2 * before.max())
