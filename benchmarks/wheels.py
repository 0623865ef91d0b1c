"""Install wheel and sdist wherever they are to run: `python -m benchmarks.wheels PYTHON… [--write PAGE]`.

Each Python gets an empty environment for each line of DuckDB; the dependencies come from the index that
pip is set up with. The demo is played from the wheel, then the sdist is put in its place and has to install
the same files. The result is a table, which `--write` puts into a page.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
DUCKDB = ("duckdb>=1.5,<2", "duckdb>=2,<3")
PLACE = re.compile(r"(<!-- wheels -->\n).*?(<!-- end -->)", re.DOTALL)
VERSIONS = (
    "import duckdb, numpy, platform; print(platform.python_version(), duckdb.__version__, numpy.__version__)"
)
COLUMNS = (
    *("Python", "DuckDB", "NumPy", "packages, MB", "`--version`", "`--help`", "`demo`, CPU s"),
    "sdist: the same files",
)


@dataclass(frozen=True)
class Environment:
    """An environment that was empty, with the program in it."""

    folder: Path

    def run(self, *words: str, cwd: Path | None = None) -> str:
        """What a program of it prints; it has to succeed and to say nothing else."""
        done = subprocess.run(
            [self.folder / "bin" / words[0], *words[1:]],
            cwd=cwd or self.folder, env={**_plain(), "HOME": str(self.folder)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or done.stderr:
            raise SystemExit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def pip(self, *words: str) -> None:
        """Install, with the index and the cache that pip has on this machine."""
        pip = [self.folder / "bin" / "python", "-m", "pip", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *words], check=True)

    def files(self) -> dict[str, str]:
        """Path → checksum of every file of the program, as installed."""
        (package,) = self.folder.glob("lib/python*/site-packages/aws_cost_anomalies")
        every = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
        return {str(p.relative_to(package)): hashlib.sha256(p.read_bytes()).hexdigest() for p in every}

    def size(self) -> str:
        """How many packages were installed, and their megabytes."""
        (site,) = self.folder.glob("lib/python*/site-packages")
        size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
        packages = [each for each in site.glob("*.dist-info") if not each.name.startswith("pip-")]
        return f"{len(packages)}, {size / 1e6:.0f}"


def _plain() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "COLUMNS": "80", "AWS_EC2_METADATA_DISABLED": "true"}


def built(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist of this tree."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def tried(python: str, duckdb: str, *, wheel: Path, sdist: Path) -> str:
    """One row: an environment made, used and thrown away."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "environment"
        subprocess.run([python, "-m", "venv", folder], check=True)
        environment = Environment(folder)
        environment.pip(str(wheel), duckdb)
        said = environment.run("aws-cost-anomalies", "--version").strip()
        listed = environment.run("aws-cost-anomalies", "--help").partition("Commands:")[2]
        commands = re.findall(r"^  [a-z][a-z-]+  ", listed, re.MULTILINE)
        empty = Path(work) / "empty"
        empty.mkdir()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        demo = environment.run("aws-cost-anomalies", "demo", cwd=empty)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if "Try next:" not in demo or list(empty.iterdir()):
            raise SystemExit("The demo did not come to its end, or left something behind.")
        of_wheel = environment.files()
        versions = environment.run("python", "-c", VERSIONS).split()
        size = environment.size()
        environment.pip("--no-deps", "--force-reinstall", str(sdist))
        same = "yes" if environment.files() == of_wheel else "NO"
        cells = [*versions, size, said.split()[-1], f"{len(commands)} commands", f"{seconds:.0f}", same]
    return "| " + " | ".join(cells) + " |\n"


def main() -> None:
    """Try every pair; print the table, and write it where it is kept."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pythons", nargs="+")
    arguments.add_argument("--write", type=Path)
    given = arguments.parse_args()
    table = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n"
    with tempfile.TemporaryDirectory() as work:
        wheel, sdist = built(Path(work))
        for python in given.pythons:
            for duckdb in DUCKDB:
                table += tried(python, duckdb, wheel=wheel, sdist=sdist)
                print(table.splitlines()[-1], flush=True)
        sizes = ", ".join(f"`{each.name}` ({each.stat().st_size / 1e6:.1f} MB)" for each in (wheel, sdist))
    text = f"Last run: {datetime.now(UTC):%d %B %Y}, {sizes}.\n\n{table}"
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        given.write.write_text(PLACE.sub(lambda found: found[1] + text + found[2], page), encoding="utf-8")


if __name__ == "__main__":
    main()
