"""What a command line got wrong, in the program's own words: one sentence and the nearest right spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import typer

ParserError: type[Exception] = typer.BadParameter.__mro__[2]
"""The parser's own failures. Typer keeps the class to itself; what it publishes is a grandchild of it."""
PROGRAM = "aws-cost-anomalies"
SETTINGS = {
    "--database": "`database.path` of the configuration, or AWS_COST_DB_PATH, says where it lies.",
    "--cache-dir": "`database.cache_dir` of the configuration, or AWS_COST_CACHE_DIR, says where.",
    "--profile": "`aws_profile` of the configuration, or AWS_COST_PROFILE, says which.",
}
"""Options that people look for and that are settings."""


def explained(error: Exception) -> tuple[str, str]:
    """The sentence and the hint for a failure of the parser."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else PROGRAM
    hint = f"`{command} --help` lists what it takes."
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        near = SETTINGS.get(option) or nearest(option, _options(context))
        return f"`{command}` has no option {option}.", near or hint
    parameter: Any = getattr(error, "param", None)
    message = _sentence(str(getattr(error, "message", error)))
    if parameter is None:
        return message or "The command line cannot be used.", hint
    name = max(parameter.opts, key=len) if parameter.param_type_name == "option" else parameter.metavar
    if isinstance(error, typer.BadParameter) and message:
        return f"{name or parameter.name}{_seen(error)}: {message}", hint
    return f"`{command}` needs {name or parameter.name}.", hint


def nearest(word: str, known: Iterable[str]) -> str:
    """`Did you mean …?` with the known word most like this one; empty when none is like it."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"Did you mean `{close[0]}`?" if close else ""


def _options(context: Any) -> list[str]:  # noqa: ANN401 - typer publishes no class for it
    """Every option that may stand here: the command's and, anywhere, the program's."""
    names: list[str] = []
    while context is not None:
        names += [name for p in context.command.params for name in p.opts if name.startswith("--")]
        context = context.parent
    return [*names, "--help"]


def _seen(error: Exception) -> str:
    """The value that was refused, where the parser kept it."""
    errors = getattr(error.__cause__, "errors", None)
    return f" cannot be {errors()[0]['input']!r}" if callable(errors) else ""


def _sentence(message: str) -> str:
    """The parser's words as part of a sentence of ours."""
    text = " ".join(message.split()).rstrip(".")
    return f"{text[:1].lower()}{text[1:]}." if text else ""
