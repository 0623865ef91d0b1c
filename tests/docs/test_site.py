"""The site is built, whole, and none of its links leads nowhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from aws_cost_anomalies import __version__

ROOT = Path(__file__).parents[2]
LOCAL = re.compile(r'(?:href|src)="(?!https?:|mailto:)([^"#]*)(?:#([^"]*))?"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    subprocess.run([sys.executable, str(ROOT / "docs/build_site.py"), str(folder)], check=True)
    return folder


def test_every_document_has_a_page_that_says_its_version(site: Path) -> None:
    documents = [path for path in (ROOT / "docs").rglob("*.md") if "performance" not in path.parts]
    for document in documents:
        page = site / document.relative_to(ROOT).with_suffix(".html")
        assert f"For version {__version__} of" in page.read_text(), document
    assert (site / "index.html").exists()


def test_the_index_names_every_page_and_the_version() -> None:
    spec = importlib.util.spec_from_file_location("build_site", ROOT / "docs/build_site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    page = ROOT / module.INDEX
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(module.index(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == module.index()


def test_no_link_leads_nowhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        for target, anchor in LOCAL.findall(page.read_text()):
            file = (page.parent / target).resolve() if target else page
            assert file.exists(), (page, target)
            if anchor:
                assert f'id="{anchor}"' in file.read_text(), (page, target, anchor)


def test_a_link_beyond_the_site_is_a_file_of_the_repository(site: Path) -> None:
    for page in site.rglob("*.html"):
        for inside in re.findall(r'href="https://github\.com/[^"]+/blob/main/([^"#]+)', page.read_text()):
            assert (ROOT / inside).exists(), (page, inside)


def test_nothing_is_loaded_from_outside(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r'<(?:script|iframe|img|link)[^>]+(?:src|href)="https?:', text), page


def test_a_file_that_a_document_names_is_there() -> None:
    named = re.compile(r"`((?:src|tests|benchmarks|deploy|docs)/[\w./-]*\w)`")
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for name in named.findall(document.read_text(encoding="utf-8")):
            assert (ROOT / name).exists(), (document, name)
