"""Where the demo lives: a folder with its own settings, so that no one else's data is touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir, mkdtemp, mkstemp

from aws_cost_anomalies.cli.session import Session
from aws_cost_anomalies.errors import UsageError

HEADER = "# Written by `aws-cost-anomalies demo`."
TAGS = ["team", "env"]
LEFT_BEHIND = "aws-cost-anomalies-demo.html"
"""The report of a demo whose folder goes away, in the folder for temporary files."""


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """A folder with a bill, a store and the settings that name them."""

    path: Path

    @property
    def bill(self) -> Path:
        """Where the sample bill is written."""
        return self.path / "bill"

    @property
    def config(self) -> Path:
        """Its settings."""
        return self.path / "config.yaml"

    @property
    def report(self) -> Path:
        """Its report."""
        return self.path / "report.html"

    def session(self, session: Session) -> Session:
        """The session that works here, whatever the environment says."""
        places: dict[str, object] = {f"database.{key}": value for key, value in self._places().items()}
        return session.with_flags(config=str(self.config), flags=places)

    def prepare(self) -> None:
        """Make the folder and its settings. Raises: UsageError when it is in use or cannot be written."""
        try:
            if self.config.exists() and not self.config.read_text(encoding="utf-8").startswith(HEADER):
                hint = "Choose another --dir, a new or empty one."
                raise UsageError(f"{self.path} has a config.yaml that is not the demo's.", hint)
            self.path.mkdir(parents=True, exist_ok=True)
            settings = json.dumps({"database": self._places(), "tags": TAGS}, indent=2)
            self.config.write_text(f"{HEADER}\n{settings}\n", encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problem = getattr(error, "strerror", None) or "it is no text"
            raise UsageError(
                f"{self.config} cannot be written: {problem}.", "Choose another --dir."
            ) from None

    def _places(self) -> dict[str, str]:
        folder = self.path.resolve()
        return {"path": str(folder / "costs.duckdb"), "cache_dir": str(folder / "cache")}


@contextmanager
def demo_folder(directory: str | None, *, keep: bool) -> Iterator[DemoFolder]:
    """The folder given, or a temporary one that goes away again unless it is to be kept."""
    if directory is not None:
        yield DemoFolder(Path(directory))
    elif keep:
        yield DemoFolder(Path(mkdtemp(prefix="aws-cost-anomalies-")))
    else:
        with TemporaryDirectory(prefix="aws-cost-anomalies-") as temporary:
            yield DemoFolder(Path(temporary))


def left_behind(write: Callable[[Path], object]) -> Path:
    """The file in the folder for temporary files that `write` wrote, in the place of the last demo's.

    It is written under a name that nobody can foresee; where somebody else has the usual one, it keeps that.
    """
    handle, name = mkstemp(prefix="aws-cost-anomalies-demo-", suffix=".html")
    os.close(handle)
    file = Path(name)
    try:
        write(file)
    except BaseException:
        file.unlink()
        raise
    try:
        return file.replace(Path(gettempdir()) / LEFT_BEHIND)
    except OSError:
        return file
