"""The program: its name, its global options, and its commands, each loaded when it is named."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from aws_cost_anomalies import __version__
from aws_cost_anomalies.cli.commands import SUMMARIES
from aws_cost_anomalies.cli.usage import PROGRAM, nearest
from aws_cost_anomalies.errors import UsageError

FLAGS = frozenset({"--quiet", "--no-color", "--version"})
VALUES = frozenset({"--config", "--as-of"})
HELP = "Finds cost anomalies in AWS bills, explains them to the cent, and keeps the data on this machine."
EPILOG = f"""\b
Start here, no account needed:
  {PROGRAM} demo

\b
On your own bill:
  {PROGRAM} ingest
  {PROGRAM} anomalies

These options may stand before or after the command."""


class ReaderLeft(Exception):
    """Whoever read the output has gone, as `| head` does."""


class Program(TyperGroup):
    """The group of all commands: global options anywhere, near spellings, a reader that may leave."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer publishes no class
        """The arguments left after the global options, wherever those stood. Raises: ReaderLeft."""
        try:
            return super().parse_args(ctx, hoisted(args))
        except BrokenPipeError:
            raise ReaderLeft from None

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Every command's name."""
        return list(SUMMARIES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """The command of that name, built now; None when there is none."""
        return built(cmd_name) if cmd_name in SUMMARIES else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """The command named. Raises: UsageError with the nearest name."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            hint = nearest(args[0], SUMMARIES) or f"`{PROGRAM} --help` lists the commands."
            raise UsageError(f"There is no command {args[0]!r}.", hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """What the command returned. Raises: ReaderLeft."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderLeft from None


def hoisted(arguments: list[str]) -> list[str]:
    """The arguments with the global options first; what follows `--` stays.

    Raises:
        UsageError: one of them has no value.
    """
    first: list[str] = []
    rest: list[str] = []
    queue = iter(arguments)
    for argument in queue:
        if argument == "--":
            rest += [argument, *queue]
        elif argument in FLAGS or argument.partition("=")[0] in VALUES:
            first.append(argument)
            if argument in VALUES:
                first.append(_value(argument, next(queue, "--")))
        else:
            rest.append(argument)
    return first + rest


def _value(option: str, following: str) -> str:
    """What follows an option, a name that begins with a dash too. Raises: UsageError when it is forgotten."""
    if following == "--" or following.partition("=")[0] in FLAGS | VALUES:
        raise UsageError(f"{option} needs a value.", f"`{PROGRAM} --help` lists what it takes.")
    return following


def module_of(name: str) -> str:
    """Where a command lives."""
    return f"aws_cost_anomalies.cli.commands.{name.replace('-', '_')}"


def built(name: str) -> TyperCommand:
    """A command as the parser knows it."""
    command = import_module(module_of(name)).COMMAND
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, help=command.text, epilog=command.epilog)(command.run)
    made: TyperCommand = typer.main.get_command(alone)  # type: ignore[assignment]  # one command, so no group
    return made


def _root(
    ctx: typer.Context,
    *,
    config: Annotated[
        str | None, typer.Option(metavar="FILE", help="Settings file [default: config.yaml]")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day taken for today [default: today, UTC]")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No notes and no progress")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour, as NO_COLOR=1 does")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave")] = False,
) -> None:
    """Keep the global options for the command that follows."""
    if version:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit
    from aws_cost_anomalies.cli.session import Session
    from aws_cost_anomalies.model.period import parse_day

    day = parse_day(as_of, "--as-of") if as_of else None
    ctx.obj = Session.begin(config=config, as_of=day, quiet=quiet, no_color=no_color)


program = typer.Typer(
    cls=Program,
    help=HELP,
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    callback=_root,
)
