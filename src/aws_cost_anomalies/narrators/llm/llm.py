"""An explanation told by a language model, checked against the facts, and by rule whenever that fails.

Knows what a model is asked, what of its answer may be sent, and how much may be spent; counts over its life.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from aws_cost_anomalies.errors import CostAnomaliesError
from aws_cost_anomalies.language_model import LanguageModel
from aws_cost_anomalies.model.explanation import Explanation, Narrative
from aws_cost_anomalies.model.ports import Narrator
from aws_cost_anomalies.narrators.llm.answer import Answer, read
from aws_cost_anomalies.narrators.llm.facts import commands, facts, links
from aws_cost_anomalies.narrators.llm.known import known
from aws_cost_anomalies.narrators.llm.objections import objection
from aws_cost_anomalies.narrators.llm.prompt import INSTRUCTIONS, question

ATTEMPTS = 2
"""An answer that is refused is asked for once more, with the reason."""


@dataclass(slots=True)
class Llm:
    """Who has a language model tell explanations.

    Attributes:
        model: that is asked.
        plain: who tells what the model does not, or not well.
        most: explanations told by the model at most; the rest is told plainly.
        most_usd: dollars for all of them together.
        asked: explanations the model was asked for so far.
        tokens: read and written so far.
        usd: what they cost, as far as the price is known.
    """

    model: LanguageModel
    plain: Narrator
    most: int = 20
    most_usd: float = 1.0
    asked: int = field(default=0, init=False)
    tokens: int = field(default=0, init=False)
    usd: float = field(default=0.0, init=False)

    def narrate(self, explanation: Explanation) -> Narrative:
        """The model's words where every number of them is a fact, else the plain ones and why."""
        tokens, usd = self.tokens, self.usd
        if self.asked >= self.most:
            return self._plainly(explanation, f"`alerts.max_narrations` allows {self.most} in a run")
        self.asked += 1
        try:
            answer, refused = self._answer(explanation)
        except CostAnomaliesError as error:
            answer, refused = None, error.message.rstrip(".")
        by_model = Narrative(answer.text, self.model.name) if answer else None
        told = by_model or self._plainly(explanation, refused)
        return replace(told, tokens=self.tokens - tokens, usd=self.usd - usd)

    def _plainly(self, explanation: Explanation, refused: str) -> Narrative:
        return replace(self.plain.narrate(explanation), rejected=refused)

    def _answer(self, explanation: Explanation) -> tuple[Answer | None, str]:
        """An answer that may be sent, or None and why there is none. Raises: what asking the model raises."""
        document = facts(explanation)
        allowed, refused = known(document), ""
        for _ in range(ATTEMPTS):
            asked = question(document, refused)
            if self.usd + self.model.at_most(len(INSTRUCTIONS) + len(asked)) > self.most_usd:
                cap = f"`alerts.max_narration_usd` allows {self.most_usd:g} USD in a run"
                return None, f"{refused}, and {cap}" if refused else cap
            reply = self.model.ask(asked, instructions=INSTRUCTIONS)
            self.tokens += reply.tokens
            self.usd += reply.usd
            answer = read(reply.text)
            refused = objection(answer, allowed, commands=commands(explanation), links=links(explanation))
            if not refused:
                return answer, ""
        return None, f"{self.model.name} was refused {ATTEMPTS} times, last since {refused}"
