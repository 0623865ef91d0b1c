"""Why a model's answer is not sent: length, commands, links, calls to people, long quotes, numbers.

Values of a bill can carry instructions and a model may obey them; what it then says has to get past this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aws_cost_anomalies.model.services import canonical
from aws_cost_anomalies.narrators.llm.answer import Answer
from aws_cost_anomalies.narrators.llm.known import Known
from aws_cost_anomalies.narrators.llm.numbers import strange, without

MOST_WORDS, MOST_CHARACTERS = 200, 2000
LONG_QUOTE = 5
"""A value of a bill with so many words is a sentence, and nobody's to repeat."""
_PROGRAMS = "aws|aws-cost-anomalies|kubectl|terraform|curl|wget|sudo|bash|python3?|pip3?|npm|ssh|chmod|docker"
_COMMAND = re.compile(rf"(?<![\w/.-])(?:{_PROGRAMS})\s+[a-z0-9/$.-]+|\$\(|&&|\|\s*\w+|>\s*/")
_TOP = "com|net|org|io|dev|app|ai|co|info|biz|xyz|ru|cn|me|us|uk|de|eu|site|online|link|click|top|example"
_LINK = re.compile(rf"\w+://|\bwww\.|\]\(|\b[\w-]+(?:\.[\w-]+)*\.(?:{_TOP})\b", re.IGNORECASE)
_CALL = re.compile(r"<[!@#]|(?<![\w.])@\w")


def objection(answer: Answer, known: Known, *, commands: Sequence[str], links: Sequence[str]) -> str:
    """The first thing that is wrong with an answer, as a clause; empty when it may be sent.

    Args:
        answer: of a model.
        known: what its text may hold.
        commands: the only ones it may name.
        links: likewise.
    """
    text = answer.text
    if not text:
        return "the answer is empty"
    if len(text.split()) > MOST_WORDS or len(text) > MOST_CHARACTERS:
        return f"the answer has more than {MOST_WORDS} words"
    if answer.command and answer.command not in commands:
        return "the command is none of those given"
    return _foreign(text, commands, links) or _quoted(text, known) or _wrong_number(text, known, commands)


def _foreign(text: str, commands: Sequence[str], links: Sequence[str]) -> str:
    """A command, a link or a call that the facts do not have."""
    rest = _cut_out(_cut_out(text, commands), links)
    for pattern, what in ((_COMMAND, "the command"), (_LINK, "the link"), (_CALL, "the mention")):
        if found := pattern.search(rest):
            return f"{what} {found[0]!r} is none of those given"
    return ""


def _cut_out(text: str, parts: Sequence[str]) -> str:
    """The text without these, letter for letter."""
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, " ")
    return text


def _quoted(text: str, known: Known) -> str:
    """A sentence that somebody put into the bill."""
    said = " ".join(text.lower().split())
    for value in known.values:
        words = value.lower().split()
        if len(words) >= LONG_QUOTE and canonical(value) is None and _shares_a_run(words, said):
            return "the answer repeats a sentence from the bill"
    return ""


def _shares_a_run(words: list[str], said: str) -> bool:
    """Whether so many words in a row stand in the text."""
    runs = (" ".join(words[start : start + LONG_QUOTE]) for start in range(len(words) - LONG_QUOTE + 1))
    return any(run in said for run in runs)


def _wrong_number(text: str, known: Known, commands: Sequence[str]) -> str:
    wrong = strange(without(text, frozenset(commands)), known)
    return f"{wrong!r} is no fact of the explanation" if wrong else ""
