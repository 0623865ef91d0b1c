"""What a shell sees: exit codes, two lines on standard error, options before and after the command."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from aws_cost_anomalies import __version__
from aws_cost_anomalies.cli import main
from aws_cost_anomalies.cli.commands import SUMMARIES
from aws_cost_anomalies.cli.door import exit_code
from aws_cost_anomalies.cli.program import built, hoisted, module_of
from aws_cost_anomalies.cli.stderr import Notices
from aws_cost_anomalies.errors import CostAnomaliesError

plain_init = CostAnomaliesError.__init__


def every(error: type[CostAnomaliesError]) -> Iterator[type[CostAnomaliesError]]:
    """A class of the error tree and all below it."""
    yield error
    for child in error.__subclasses__():
        yield from every(child)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exit code, standard output and standard error of a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_line(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run_line


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_help_lists_every_command(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert [name for name in SUMMARIES if f"\n  {name}" not in out] == []


@pytest.mark.parametrize("name", list(SUMMARIES))
def test_every_command_has_help_with_examples(run: Run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"  aws-cost-anomalies {name}" in out.partition("Examples:")[2]
    assert max(map(len, out.partition("Examples:")[0].splitlines())) <= 80


@pytest.mark.parametrize("arguments", [["--version"], ["trends", "--version"]])
def test_version(run: Run, arguments: list[str]) -> None:
    assert run(*arguments) == (0, f"aws-cost-anomalies {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence", "hint"),
    [
        (["trend"], "There is no command 'trend'.", "Did you mean `trends`?"),
        (["xyzzy"], "There is no command 'xyzzy'.", "`aws-cost-anomalies --help` lists the commands."),
        (
            ["trends", "--gruop-by", "service"],
            "`aws-cost-anomalies trends` has no option --gruop-by.",
            "Did you mean `--group-by`?",
        ),
        (
            ["trends", "--confg", "x"],
            "`aws-cost-anomalies trends` has no option --confg.",
            "Did you mean `--config`?",
        ),
        (
            ["trends", "--days", "x"],
            "--days cannot be 'x': input should be a valid integer, unable to parse string as an integer.",
            "`aws-cost-anomalies trends --help` lists what it takes.",
        ),
        (["trends", "--days", "0"], "--days cannot be 0; allowed: 1 to 3,660.", ""),
        (
            ["trends", "--format", "cvs"],
            "--format cannot be 'cvs'; allowed: table, json, csv.",
            "Did you mean `csv`?",
        ),
        (["trends", "--as-of", "today"], "--as-of cannot be 'today'; allowed: a date as YYYY-MM-DD.", ""),
        (
            ["explain"],
            "`aws-cost-anomalies explain` needs ANOMALY_ID.",
            "`aws-cost-anomalies explain --help` lists what it takes.",
        ),
        (
            ["compare", "--a", "2026-09"],
            "`aws-cost-anomalies compare` needs --b.",
            "`aws-cost-anomalies compare --help` lists what it takes.",
        ),
        (
            ["compare", "--a", "2026-09", "--b", "2026-9"],
            "A period cannot be '2026-9'; allowed: FROM..TO or one day as YYYY-MM-DD, a month as YYYY-MM.",
            "",
        ),
        (
            ["compare", "--a", "2026-09-01..", "--b", "2026-09"],
            "A period cannot be '2026-09-01..'; "
            "allowed: FROM..TO or one day as YYYY-MM-DD, a month as YYYY-MM.",
            "",
        ),
        (
            ["compare", "--a", "2026-09-05..2026-09-01", "--b", "2026-09"],
            "A period cannot be '2026-09-05..2026-09-01'; "
            "allowed: FROM..TO with a first day that is not after the last.",
            "",
        ),
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_two_and_says_what_is_near(
    run: Run, arguments: list[str], sentence: str, hint: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err == f"error: {sentence}\n" + (f"hint: {hint}\n" if hint else "")


@pytest.mark.parametrize(
    ("given", "hoisted_line"),
    [
        (["trends", "--quiet"], ["--quiet", "trends"]),
        (["trends", "--config", "c.yaml", "--days", "3"], ["--config", "c.yaml", "trends", "--days", "3"]),
        (["trends", "--config=c.yaml"], ["--config=c.yaml", "trends"]),
        (
            ["--as-of", "2026-10-01", "trends", "--no-color"],
            ["--as-of", "2026-10-01", "--no-color", "trends"],
        ),
        (["explain", "--", "--quiet"], ["explain", "--", "--quiet"]),
        ([], []),
    ],
)
def test_global_options_may_stand_anywhere(given: list[str], hoisted_line: list[str]) -> None:
    assert hoisted(given) == hoisted_line


def broken() -> None:
    raise ZeroDivisionError("a \x1b[31mtotal of none")


def interrupted() -> None:
    raise KeyboardInterrupt


def test_a_bug_is_told_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(broken, Notices()) == 70
    sentence, hint = capsys.readouterr().err.splitlines()
    assert (
        sentence == r"error: This is a bug in aws-cost-anomalies: ZeroDivisionError: a \x1b[31mtotal of none."
    )
    assert hint.startswith("hint: Please report it at https://")


def test_a_bug_shows_its_traceback_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_COST_DEBUG", "1")
    assert exit_code(broken, Notices()) == 70
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):")


def test_an_interrupt_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(interrupted, Notices()) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error", [error for error in every(CostAnomaliesError) if error.__init__ is plain_init]
)
def test_every_failure_ends_with_the_code_of_its_class(
    error: type[CostAnomaliesError], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error("It failed.", "Try again.")

    assert exit_code(fail, Notices()) == error.exit_code
    assert capsys.readouterr().err == "error: It failed.\nhint: Try again.\n"


def test_a_reader_that_leaves_ends_quietly(tmp_path: Path) -> None:
    program = f"{sys.executable} -c 'from aws_cost_anomalies.cli import main; main()' --help"
    line = f"{program} | head -c 1; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.stderr == ""
    assert ended.stdout in {"U0\n", "U141\n"}


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from aws_cost_anomalies.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'rich', 'pydantic', 'duckdb', 'numpy', 'boto3', 'botocore', 'sqlglot', 'yaml'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert ended.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("name", list(SUMMARIES))
def test_every_option_says_what_it_is_for(name: str) -> None:
    missing = [parameter.opts for parameter in built(name).params if not getattr(parameter, "help", None)]
    assert missing == []


EXAMPLES = [example for name in SUMMARIES for example in import_module(module_of(name)).COMMAND.examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_help_is_understood(example: str) -> None:
    name, *arguments = shlex.split(example)
    with built(name).make_context(name, arguments) as context:
        assert context.args == []
