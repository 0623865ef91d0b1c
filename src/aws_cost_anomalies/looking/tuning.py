"""How loud other settings would have been: history replayed at several, once for each version of the charges.

Knows which settings are worth a look; knows no page, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.analysis.following import no_longer_told
from aws_cost_anomalies.backtesting import Backtesting
from aws_cost_anomalies.looking.kept import Kept
from aws_cost_anomalies.looking.loaded import Loaded
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.model.answers import Asked
from aws_cost_anomalies.model.backtest import Backtest

WORDS = ("high", "medium", "low")
MONEY = (5.0, 20.0, 100.0)
"""Multiples of the least impact that are tried at low sensitivity: money speaks last."""
LEAST_MONEY = 5.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How closely to look, and below which impact to keep silent, in currency."""

    sensitivity: str
    minimum_impact: float


@dataclass(frozen=True, slots=True)
class Replay:
    """What a setting would have told.

    Attributes:
        silent: what the setting in force tells and this one does not.
    """

    setting: Setting
    is_in_force: bool
    backtest: Backtest
    silent: tuple[Anomaly, ...] = ()


class Tuning:
    """Replays, kept from question to question. Safe to share between threads."""

    def __init__(self, loaded: Loaded) -> None:
        """Replay nothing yet."""
        self._loaded = loaded
        self._replays: Kept[tuple[Replay, ...]] = Kept(2)

    @property
    def in_force(self) -> Setting:
        """The setting that daily runs follow."""
        return Setting(self._loaded.settings.anomaly.sensitivity, self._loaded.settings.anomaly.min_impact)

    def settings(self) -> tuple[Setting, ...]:
        """Those that are replayed, the most talkative first."""
        least = self.in_force.minimum_impact
        usual = [Setting(word, least) for word in WORDS]
        return (*usual, *(Setting("low", max(least, LEAST_MONEY) * factor) for factor in MONEY))

    def is_there(self) -> bool:
        """Whether the answer needs no more work."""
        return self._replays.is_there(self._loaded.charges())

    def replays(self) -> tuple[Replay, ...]:
        """What each would have told. Raises: NoData."""
        return self._replays.get(self._loaded.charges(), self._replayed)

    def _replayed(self) -> tuple[Replay, ...]:
        with self._loaded.store.one_version():
            backtesting = Backtesting(self._loaded.settings, self._loaded.store, as_of=self._loaded.as_of)
            found = {each: backtesting.backtest(_asked(each)) for each in (self.in_force, *self.settings())}
        usual = found[self.in_force].anomalies
        return tuple(
            Replay(each, each == self.in_force, found[each], no_longer_told(usual, found[each].anomalies))
            for each in self.settings()
        )


def _asked(setting: Setting) -> Asked:
    return Asked(sensitivity=setting.sensitivity, minimum_impact=setting.minimum_impact)
