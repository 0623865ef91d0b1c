"""Take the steps of the container image in a clean environment: `python -m benchmarks.image PYTHON`.

No container engine is needed: each COPY copies into an empty folder, each RUN of `python` runs with the
environment's own, in order. What an image's root does beside (a user, a folder of its own) is named and left
out. Then the entry point says its version, plays the demo, and opens the dashboard until it answers.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "deploy" / "docker" / "Dockerfile"
SECONDS = 120


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction and what it says, its lines joined."""
    text = FILE.read_text(encoding="utf-8").replace("\\\n", " ")
    return ((name, said) for name, said in re.findall(r"^([A-Z]+) (.*)$", text, re.MULTILINE))


def copied(said: str, folder: Path) -> None:
    """Put what a COPY names into the folder."""
    *names, into = shlex.split(said)
    for name in names:
        source, target = ROOT / name, folder / into
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / source.name)


def steps_taken(folder: Path, environment: dict[str, str]) -> list[str]:
    """Take every step; returns what was left out."""
    left_out = []
    for name, said in instructions():
        if name == "COPY":
            copied(said, folder)
        elif name == "RUN":
            for part in (each.strip() for each in said.split("&&")):
                if part.startswith("python "):
                    subprocess.run(["sh", "-ec", part], cwd=folder, env=environment, check=True)
                else:
                    left_out.append(part)
    return left_out


def answers(program: list[str], folder: Path, environment: dict[str, str]) -> bool:
    """Whether the dashboard of the demo answers on loopback."""
    subprocess.run(
        [*program, "demo", "--dir", "demo"],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    command = [*program, "serve", "--config", "demo/config.yaml", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as served:
        assert served.stdout is not None
        try:
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                if found := re.search(r"http://\S+", served.stdout.readline()):
                    with urllib.request.urlopen(found[0].rstrip(".")) as page:  # noqa: S310 - loopback
                        return b"<html" in page.read()
        finally:
            served.terminate()
    return False


def main() -> None:
    """Take the steps with this Python, and say what came of it."""
    with tempfile.TemporaryDirectory() as work:
        folder, data, environment_folder = Path(work) / "app", Path(work) / "data", Path(work) / "environment"
        folder.mkdir()
        data.mkdir()
        subprocess.run([sys.argv[1], "-m", "venv", environment_folder], check=True)
        path = f"{environment_folder / 'bin'}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "HOME": str(data), "PIP_QUIET": "2"}
        left_out = steps_taken(folder, environment)
        (entry,) = (json.loads(said) for name, said in instructions() if name == "ENTRYPOINT")
        program = [str(environment_folder / "bin" / entry[0]), *entry[1:]]
        said = subprocess.run(
            [*program, "--version"], env=environment, check=True, capture_output=True, text=True
        )
        print(f"Steps of the image: {said.stdout.strip()}; left out: {'; '.join(left_out)}")
        print(f"The dashboard answers: {answers(program, data, environment)}")


if __name__ == "__main__":
    main()
