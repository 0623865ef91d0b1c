"""What a conversation works with, from its first question to its last."""

from __future__ import annotations

from dataclasses import dataclass, field

from aws_cost_anomalies.agent.grounding import Grounds
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.agent.toolbox import Toolbox
from aws_cost_anomalies.language_model import LanguageModel


@dataclass(frozen=True, slots=True)
class Means:
    """What a conversation works with.

    Attributes:
        toolbox: what the model may use.
        model: that answers.
        limits: of one question.
        today: the day taken for today, as the model is told.
        grounds: what figures may stem from; it grows with every result.
    """

    toolbox: Toolbox
    model: LanguageModel
    limits: Limits
    today: str
    grounds: Grounds = field(default_factory=Grounds)
