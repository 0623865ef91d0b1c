"""`query`: ask in plain language; a model answers with the program's own tools."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aws_cost_anomalies.cli import options
from aws_cost_anomalies.cli.characters import visible
from aws_cost_anomalies.cli.commands.command import Command
from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.errors import CostAnomaliesError, InvalidArgument, NoData, PartialResult

if TYPE_CHECKING:
    from aws_cost_anomalies.agent import Answered, Request
    from aws_cost_anomalies.agent.conversation import Conversation
    from aws_cost_anomalies.app import App
    from aws_cost_anomalies.cli.answers.asked import PrintedAnswer

HELP = """Ask in plain language. The model that `agent` configures answers with the tools of this program:
costs, anomalies, explanations, SQL that can only read, and AWS's own services.

Each figure must stem from a tool's result; one that does not is marked [?]. What pays or writes is asked
first, with its price, and refused where nobody can answer. Every call is kept in agent-calls.jsonl beside the
database. Needs the extra `agent` and a model; all other commands need neither."""
EXAMPLES = (
    "query 'What are my top 5 most expensive services?'",
    "query 'Why did SageMaker get dearer in August?' --model anthropic:claude-sonnet-4-5",
    "query -i",
    "query 'Total of last month?' --format json",
)
FIRST_DAYS = 30
"""Days offered to be imported into an empty database."""
PROMPT, ENDINGS = "> ", {"exit", "quit", ":q"}


def run(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(metavar="[QUESTION]", help="In plain language")] = "",
    *,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Go on asking; Ctrl-C stops an answer, Ctrl-D ends")
    ] = False,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="bedrock:…, anthropic:…, openai:… or ollama:…")
    ] = None,
    style: Annotated[
        str, options.one_of("--format", ("table", "json"), "How the answer is printed")
    ] = "table",
) -> None:
    """Answer. Raises: typer.Exit with 5 when a limit cut the answer."""
    from aws_cost_anomalies import agent

    session: Session = ctx.obj
    if model:
        session = session.with_flags(flags={**session.flags, "agent.model": model})
    if not question and not interactive:
        raise InvalidArgument("The question", "", "a text, or -i for several")
    app = session.app()
    may = _allowed if sys.stdin.isatty() else agent.nobody
    approve = _approved if sys.stdin.isatty() else agent.disapprove
    with agent.opened(app, may=may, approve=approve) as conversation:
        for problem in conversation.problems:
            session.notices.note(problem)
        _offer_import(session, app, conversation)
        ended = _told(session, conversation, question, style=style).ended if question else ""
        if interactive:
            for asked in _questions():
                _answer_and_go_on(session, conversation, asked, style=style)
        elif ended:
            raise typer.Exit(PartialResult.exit_code)


def _told(session: Session, conversation: Conversation, question: str, *, style: str) -> Answered:
    """The answer, printed while it comes."""
    from aws_cost_anomalies.agent import Answered, Called, Calling, Text
    from aws_cost_anomalies.cli.answers.asked import PrintedAnswer
    from aws_cost_anomalies.cli.formats import print_answer

    screen, calls = session.screen(), []
    answer = Answered("", (), (), 0, 0.0)
    for event in conversation.ask(question):
        if isinstance(event, Calling):
            calls.append(event.line)
            session.notices.plain(f"· {event.line}")
        elif isinstance(event, Called) and event.is_error:
            session.notices.plain(f"  did not work: {event.problem}")
        elif isinstance(event, Text) and style == "table":
            screen.line(event.line)
        elif isinstance(event, Answered):
            answer = event
    printed: PrintedAnswer = PrintedAnswer(question, answer, tuple(calls), session.as_of)
    print_answer(printed, style, screen)
    if answer.ended:
        session.notices.note(f"The answer is partial: {answer.ended}.")
    return answer


def _answer_and_go_on(session: Session, conversation: Conversation, question: str, *, style: str) -> None:
    """One question of several: neither a failure nor Ctrl-C ends the session."""
    try:
        _told(session, conversation, question, style=style)
    except CostAnomaliesError as error:
        session.notices.failure(error.message, error.hint)
    except KeyboardInterrupt:
        session.notices.plain("")
        session.notices.note("Stopped. Ask again, or end with Ctrl-D.")


def _questions() -> Iterator[str]:
    """What the user types, until the end of it."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 - importing it gives the prompt its history and arrow keys
    while True:
        try:
            line = input(PROMPT if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        except KeyboardInterrupt:
            sys.stderr.write("\n")
            continue
        if line.lower() in ENDINGS:
            return
        if line:
            yield line


def _allowed(request: Request) -> bool:
    """Whether the user allows a call."""
    return _says_yes(f"{request}. Allow it?")


def _approved(change: str) -> bool:
    """Whether the user takes a tool of another server as it is now."""
    return _says_yes(f"{change} Use it all the same?")


def _says_yes(question: str) -> bool:
    """Whether the answer is yes; Ctrl-C is a no."""
    sys.stderr.write(f"{visible(question)} [y/N] ")
    sys.stderr.flush()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input().strip().lower() in {"y", "yes"}
    except (EOFError, KeyboardInterrupt):
        return False
    finally:
        signal.signal(signal.SIGINT, before)


def _offer_import(session: Session, app: App, conversation: Conversation) -> None:
    """On an empty database, offer to import from Cost Explorer. Raises: NoData when that is not wanted."""
    if app.coverage():
        return
    if not sys.stdin.isatty():
        raise NoData("in the database")
    session.notices.plain("The database is empty.")
    outcome = conversation.means.toolbox.call("import_cost_explorer", {"days": FIRST_DAYS})
    if outcome.is_error or not app.coverage():
        raise NoData("in the database", "" if not outcome.is_error else outcome.problem)


COMMAND = Command(HELP, EXAMPLES, run)
