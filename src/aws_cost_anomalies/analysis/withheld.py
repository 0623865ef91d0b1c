"""What a second look took back, as anomalies: people can read why, ask about it, and have it told after all.

Knows marks, days and words about anomalies; must not know how a second look decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aws_cost_anomalies.analysis.episodes import EpisodeRules, episodes
from aws_cost_anomalies.analysis.following import no_longer_told_of_level
from aws_cost_anomalies.model.anomaly import Anomaly, Flags, Mark
from aws_cost_anomalies.model.panel import Panel


def withheld(
    panel: Panel, flags: Flags, told: Sequence[Anomaly], *, rules: EpisodeRules
) -> tuple[Anomaly, ...]:
    """The anomalies of a panel that the first look alone would tell, and `told` does not."""
    if flags.withheld is None:
        return ()
    touched = (flags.withheld > 0).any(axis=1, keepdims=True)
    first = flags.before_second_look
    first = replace(first, mark=np.where(touched, first.mark, np.int8(Mark.NONE)))
    return no_longer_told_of_level(episodes(panel, first, rules=rules), told)


def why_withheld(panel: Panel, flags: Flags, anomaly: Anomaly) -> str:
    """How seldom its most promising day was worth telling, by what was learned."""
    if flags.withheld is None:
        raise ValueError("Nothing was withheld.")
    days = slice(
        max((anomaly.start_date - panel.period.start).days, 0),
        (anomaly.end_date - panel.period.start).days + 1,
    )
    chance = int(flags.withheld[panel.scopes.index(anomaly.scope), days].max())
    return f"such days turned out to be worth telling {chance} time{'s' * (chance != 1)} in a hundred"
