"""Wheel and sdist: built from this tree, whole, nothing more, and the wheel works where only it is installed.

Nothing is downloaded. Every supported Python and DuckDB, from an index, is `make wheels`.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from aws_cost_anomalies import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
NAME = f"aws_cost_anomalies-{__version__}"
BESIDE = {"docs", "deploy"}
FILES = {
    "README.md", "CHANGELOG.md", "LICENSE", "config.example.yaml", ".env.example", "pyproject.toml",
    "requirements-app.lock", "requirements-base.lock", "PKG-INFO", ".gitignore",
}  # fmt: skip


def built(kind: str, *, of: Path, into: Path) -> Path:
    """The file that the build back end makes of a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(command, cwd=of, check=True, capture_output=True)
    (made,) = into.iterdir()
    return made


def package_files() -> set[str]:
    """Every file of the package as it lies here."""
    every = (path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(SOURCE).as_posix() for path in every}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of this tree."""
    return built("sdist", of=ROOT, into=tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist, as an index's user without a wheel builds it."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 has none
        archive.extractall(unpacked)
    return built("wheel", of=unpacked / NAME, into=tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs of an environment lie that has this wheel and, for the rest, what the tests have."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True)
    lacking = subprocess.run([python, "-c", "import duckdb"], capture_output=True, check=False)
    assert lacking.returncode == 1, "the environment was to be empty"
    # Without their own .pth files: the checkout that the tests run on is not to be found.
    places = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *packages_beside()))
    site = next((folder / "lib").glob("python*/site-packages"))
    (site / "tests.pth").write_text("\n".join(places) + "\n")
    return folder / "bin"


def packages_beside() -> list[str]:
    """Folders of installed packages that this Python was given beside its own."""
    return [path for path in sys.path if path.endswith("site-packages")]


def run(program: Path, *words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """One command line in an environment of its own, where no network answers."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"}
    return subprocess.run(
        [program, *words], cwd=folder, env={**environment, **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_sdist_is_the_package_and_its_documents_and_no_test(sdist: Path) -> None:
    assert sdist.name == f"{NAME}.tar.gz"
    with tarfile.open(sdist) as archive:
        names = {name.removeprefix(f"{NAME}/") for name in archive.getnames()}
    package = {name.removeprefix("src/") for name in names if name.startswith("src/")}
    others = {name.partition("/")[0] for name in names if not name.startswith("src/")}
    assert package == package_files()
    assert others == FILES | BESIDE


def test_the_wheel_is_the_package_alone(wheel: Path) -> None:
    assert wheel.name == f"{NAME}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = {name for name in names if name.startswith("aws_cost_anomalies/")}
    assert package == package_files()
    assert {name.partition("/")[0] for name in names - package} == {f"{NAME}.dist-info"}


def test_the_wheel_of_the_tree_is_that_of_the_sdist_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    assert built("wheel", of=ROOT, into=tmp_path).read_bytes() == wheel.read_bytes()


def test_what_is_installed_runs_and_says_its_version(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "aws-cost-anomalies", "--version", folder=tmp_path)
    assert (said.returncode, said.stdout) == (0, f"aws-cost-anomalies {__version__}\n"), said.stderr
    place = run(
        installed / "python", "-c", "import aws_cost_anomalies as a; print(a.__file__)", folder=tmp_path
    )
    assert place.stdout.startswith(str(installed.parent))


def test_its_demo_leaves_a_report_alone_and_touches_nobody_elses_store(
    installed: Path, tmp_path: Path
) -> None:
    temporary, elsewhere = tmp_path / "temporary", tmp_path / "elsewhere.duckdb"
    temporary.mkdir()
    done = run(
        installed / "aws-cost-anomalies", "demo",
        folder=tmp_path, TMPDIR=str(temporary), AWS_COST_DB_PATH=str(elsewhere),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("aws-cost-anomalies ingest --source cost-explorer --days 60\n")
    (report,) = temporary.iterdir()
    assert report.as_uri() in done.stdout
    assert (report.name, stat.S_IMODE(report.stat().st_mode)) == ("aws-cost-anomalies-demo.html", 0o600)
    page = report.read_text(encoding="utf-8")
    assert "Amazon SageMaker" in page
    assert "--config demo/config.yaml" in page
    assert list(tmp_path.iterdir()) == [temporary]
