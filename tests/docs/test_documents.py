"""Every command in the documents is run, and prints what the document says it prints.

A fenced block marked `console` holds commands (`$ aws-cost-anomalies …`) and their output on both streams.
A block marked `yaml` that begins with `# config.yaml` or the like is written to that file.
The blocks of one document run one after another in one empty folder. Several documents begin with the same
commands: what was done to an empty folder once is copied for the next. `UPDATE_DOCS=1 pytest tests/docs`
writes what the commands print into the documents; read the difference before committing it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cost_explorer_double import CostExplorerDouble, read_charges

from tests.docs.scripted_model import says
from tests.model_double import ModelDouble

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EVERY_BLOCK = re.compile(
    r"^```console\n(?P<console>.*?)^```$|^```yaml\n# (?P<file>\w+\.yaml)\n(?P<yaml>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PROGRAM = "aws-cost-anomalies"
PREPARING = re.compile("sample-data|ingest --source sample")
"""What several documents begin with."""


@dataclass(frozen=True)
class Step:
    """A command and what it prints."""

    command: str
    output: str


def steps(block: str) -> Iterator[Step]:
    """The commands of a block, each with the lines below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Step(command, output.rstrip())


@pytest.fixture(scope="module")
def cost_explorer() -> Iterator[str]:
    """A Cost Explorer that serves the real daily figures, where they are present."""
    figures = ROOT.parent / "shared" / "data" / "cost_explorer_daily_by_service.csv"
    with CostExplorerDouble(read_charges(figures) if figures.exists() else []) as double:
        yield double.url


@pytest.fixture(scope="module")
def language_model() -> Iterator[str]:
    """A model on Amazon Bedrock that says what it was told to say."""
    with ModelDouble(says) as double:
        yield double.url


@pytest.fixture
def account(cost_explorer: str, language_model: str, moto_url: str) -> dict[str, str]:
    """The environment of a command that may ask AWS: its Cost Explorer and everything else on loopback."""
    return {
        "AWS_ENDPOINT_URL": moto_url, "AWS_ENDPOINT_URL_COST_EXPLORER": cost_explorer,
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": language_model,
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip


def run(command: str, folder: Path, *, shared_data: Path, account: dict[str, str]) -> str:
    """What a command prints, colourless, 80 columns wide; trailing blanks left out."""
    words = shlex.split(command.replace("../shared/data", str(shared_data)))
    assert words[0] == PROGRAM, f"only {PROGRAM} is run from a document, not {words[0]}"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "COLUMNS": "80", "LANG": "C.UTF-8", "NO_COLOR": "1",
        **account,
    }  # fmt: skip
    program = [sys.executable, "-c", "from aws_cost_anomalies.cli import main; main()"]
    done = subprocess.run(
        program + words[1:], cwd=folder, env=environment, text=True, check=False, timeout=120,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    printed = done.stdout.replace(str(shared_data), "../shared/data").replace(str(folder), ".")
    return "\n".join(line.rstrip() for line in printed.splitlines()).rstrip()


def shared_data_or_skip(text: str) -> Path:
    """The folder of real data; a document that needs it is skipped where it is absent, but never in CI."""
    folder = ROOT.parent / "shared" / "data"
    if "../shared/data" in text and not folder.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared/data is needed in CI")
        pytest.skip("the real bills of ../shared/data are not on this machine")
    return folder


class Folder:
    """Where the documents of this process run, one after another, each from an empty folder.

    Always the same path, since a store remembers where its bills lie.
    """

    def __init__(self, path: Path) -> None:
        self.path = path / "document"
        self._copies = path / "copies"
        self._done: tuple[str, ...] = ()
        self._kept: dict[tuple[str, ...], str] = {}

    def empty(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir()
        self._done = ()

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text)
        self._done += (f"{name}\n{text}",)

    def ran(self, command: str, runs: Callable[[], str]) -> str:
        """What a command prints; of what begins each document, only the first run is a run."""
        self._done += (command,)
        if not all(PREPARING.search(step) for step in self._done):
            return runs()
        copy = self._copies / str(hash(self._done))
        if self._done in self._kept:
            shutil.rmtree(self.path)
            shutil.copytree(copy, self.path)
        else:
            self._kept[self._done] = runs()
            shutil.copytree(self.path, copy)
        return self._kept[self._done]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return Folder(tmp_path_factory.mktemp("documents"))


@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if BLOCK.search(d.read_text())], ids=lambda d: d.stem
)
def test_commands_print_what_the_document_says(
    document: Path, place: Folder, account: dict[str, str]
) -> None:
    text = document.read_text()
    shared_data = shared_data_or_skip(text)
    place.empty()

    def output(command: str) -> str:
        return place.ran(command, lambda: run(command, place.path, shared_data=shared_data, account=account))

    def renewed(block: re.Match[str]) -> str:
        if block["file"]:
            place.write(block["file"], block["yaml"])
            return block[0]
        ran = (f"$ {s.command}\n{output(s.command)}".rstrip() for s in steps(block["console"]))
        return "```console\n" + "\n".join(ran) + "\n```"

    actual = EVERY_BLOCK.sub(renewed, text)
    if os.environ.get("UPDATE_DOCS"):
        document.write_text(actual)
    assert actual == text
