"""Questions put to a model, answers scored, and the table of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from aws_cost_anomalies.agent import Answered
from aws_cost_anomalies.agent.audit import Call
from aws_cost_anomalies.agent.conversation import Conversation
from aws_cost_anomalies.agent.limits import Limits
from aws_cost_anomalies.agent.means import Means
from aws_cost_anomalies.agent.toolbox import Toolbox
from aws_cost_anomalies.agent.tools import TOOLS
from tests.evals.checks import Reply
from tests.evals.questions import Question

if TYPE_CHECKING:
    from aws_cost_anomalies import App
    from aws_cost_anomalies.language_model import LanguageModel

ASKING = {tool.name for tool in TOOLS if tool.effect.asks_first}
LIMITS = Limits(steps=12, tokens=300_000, usd=0.5, seconds=300)


@dataclass(frozen=True)
class Score:
    """What became of one question."""

    model: str
    question: Question
    reply: Reply
    problems: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.problems


def asked(app: App, model: LanguageModel, question: Question) -> Score:
    """One question in a conversation of its own, where nobody allows anything."""
    calls: list[Call] = []
    toolbox = Toolbox(app, TOOLS, calls.append, door="evals")
    conversation = Conversation(Means(toolbox, model, LIMITS, app.as_of.isoformat()))
    *_, answer = conversation.ask(f"{question.text} (Unblended cost.)")
    assert isinstance(answer, Answered)
    tried = tuple(call.tool for call in calls if call.tool in ASKING)
    reply = Reply(answer.text, tried, answer.untraced, answer.usd, answer.tokens, answer.ended)
    return scored(model.name, question, reply)


def scored(model: str, question: Question, reply: Reply) -> Score:
    """An answer held against its question's checks."""
    problems = (check.problem(reply) for check in question.checks)
    ended = (f"it ended early: {reply.ended}",) if reply.ended else ()
    return Score(model, question, reply, (*ended, *(each for each in problems if each)))


def table(scores: Iterable[Score]) -> str:
    """Right answers of each model by subject, figures that stem from nowhere, tokens and dollars."""
    by_model: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_model[score.model].append(score)
    subjects = list(dict.fromkeys(_subject(s) for each in by_model.values() for s in each))
    shown = Table(box=None, pad_edge=False)
    for heading in ("model", *subjects, "all", "untraced", "tokens", "USD"):
        shown.add_column(heading, justify="left" if heading == "model" else "right", no_wrap=True)
    for model, own in by_model.items():
        parts = [[score for score in own if _subject(score) == subject] for subject in subjects]
        shown.add_row(
            model,
            *(_share(part) for part in parts),
            _share(own),
            str(sum(len(score.reply.untraced) for score in own)),
            f"{sum(score.reply.tokens for score in own):,}",
            f"{sum(score.reply.usd for score in own):.2f}",
        )
    console = Console(width=200, color_system=None)
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def _subject(score: Score) -> str:
    return score.question.name.partition("/")[0]


def _share(scores: list[Score]) -> str:
    return f"{sum(score.is_right for score in scores)}/{len(scores)}"
