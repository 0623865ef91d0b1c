"""The documentation as a site of plain pages: Markdown in, HTML out, nothing loaded from anywhere.

    python docs/build_site.py build/site

Every page has the same way around and says which version of the program it is for.
"""

from __future__ import annotations

import html
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from aws_cost_anomalies import __version__

ROOT = Path(__file__).parents[1]
NAME = "aws-cost-anomalies"
INDEX = "docs/README.md"
SECTIONS: dict[str, tuple[str, ...]] = {
    "Start": (
        "README.md",
        "docs/TUTORIAL.md",
        "docs/DEPLOY.md",
        "docs/DOCTOR.md",
        "CHANGELOG.md",
        "docs/RELEASE.md",
        INDEX,
    ),
    "How to": tuple(f"docs/howto/{path.name}" for path in sorted((ROOT / "docs/howto").glob("*.md"))),
    "Use": ("docs/ALERTS.md", "docs/ASK.md", "docs/DASHBOARD.md", "docs/SCALE.md"),
    "Reference": (
        "docs/commands.md",
        "docs/configuration.md",
        "docs/json.md",
        "docs/permissions.md",
        "docs/glossary.md",
    ),
    "Explanation": (
        "docs/ANOMALIES.md",
        "docs/EXPLANATIONS.md",
        "docs/EFFECTIVE_COST.md",
        "docs/ACCURACY.md",
        "docs/PERFORMANCE.md",
        "docs/SOAK.md",
        "docs/MUTANTS.md",
        "docs/SAMPLE_BILL.md",
        "docs/REAL_BILLS.md",
        "docs/SYSTEM_DESIGN.md",
        *(f"docs/adr/{path.name}" for path in sorted((ROOT / "docs/adr").glob("*.md"))),
        "CONTRIBUTING.md",
    ),
}
"""What a visitor finds, in this order; a page that is not written yet is left out."""
_HEADING = re.compile(r"<h([1-4])>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r'(href|src)="(?!https?:|mailto:|#)([^"#]+)(#[^"]*)?"')


@dataclass(frozen=True)
class Page:
    """One file, and where its page goes."""

    source: Path

    @property
    def place(self) -> Path:
        """Below the site."""
        inside = self.source.relative_to(ROOT)
        if inside == Path("README.md"):
            return Path("index.html")
        return inside.with_suffix(".html")

    @property
    def title(self) -> str:
        """Its first heading, without marks."""
        first = next(
            line for line in self.source.read_text(encoding="utf-8").splitlines() if line.startswith("# ")
        )
        return re.sub(r"[`*]", "", first.removeprefix("# ")).split(":")[0]


def index() -> str:
    """The text of `docs/README.md`: every page of the site, for readers of the plain files."""
    parts = [f"# Every page\n\nFor version {__version__}. As a site: `make docs`.\n"]
    for section, names in SECTIONS.items():
        written = (name for name in names if name != INDEX and (ROOT / name).exists())
        entries = (f"- [{Page(ROOT / name).title}]({_from_docs(name)})" for name in written)
        parts.append(f"## {section}\n\n" + "\n".join(entries) + "\n")
    return "\n".join(parts)


def _from_docs(name: str) -> str:
    return name.removeprefix("docs/") if name.startswith("docs/") else f"../{name}"


def build(folder: Path) -> list[Path]:
    """Write every page and picture; returns where they are."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = {
        section: [Page(ROOT / name) for name in names if (ROOT / name).exists()]
        for section, names in SECTIONS.items()
    }
    known = {page.source: page.place for each in pages.values() for page in each}
    written = []
    for page in (page for each in pages.values() for page in each):
        target = folder / page.place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_page(page, pages, known), encoding="utf-8")
        written.append(target)
    shutil.copytree(ROOT / "docs/pictures", folder / "docs/pictures")
    shutil.copy(ROOT / "docs/site.css", folder / "site.css")
    return written


def _page(page: Page, pages: dict[str, list[Page]], known: dict[Path, Path]) -> str:
    up = "../" * (len(page.place.parts) - 1)
    body = (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .render(page.source.read_text(encoding="utf-8"))
    )
    body = _LINK.sub(lambda found: _linked(found, page, known), _HEADING.sub(_anchored, body))
    ways = "".join(_section(name, each, page, up=up) for name, each in pages.items())
    title = html.escape(page.title)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} – {NAME}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{up}site.css"></head><body>'
        f'<a class="skip" href="#content">To the text</a><nav aria-label="Pages">'
        f'<p class="name"><a href="{up}index.html">{NAME}</a></p>{ways}</nav>'
        f'<main id="content">{body}<footer>For version {__version__} of {NAME}.</footer></main>'
        "</body></html>\n"
    )


def _section(name: str, pages: list[Page], here: Page, *, up: str) -> str:
    entries = ""
    for page in pages:
        address, title = f"{up}{page.place.as_posix()}", html.escape(page.title)
        entries += f'<li><a href="{address}"{_current(page, here)}>{title}</a></li>'
    return f"<h2>{name}</h2><ul>{entries}</ul>" if entries else ""


def _current(page: Page, here: Page) -> str:
    return ' aria-current="page"' if page == here else ""


def _anchored(found: re.Match[str]) -> str:
    """A heading with the anchor that links to it use."""
    text = html.unescape(re.sub(r"<[^>]+>", "", found[2]))
    anchor = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
    return f'<h{found[1]} id="{anchor}">{found[2]}</h{found[1]}>'


def _linked(found: re.Match[str], page: Page, known: dict[Path, Path]) -> str:
    """A link to another file's page; to a file that has none, its place in the repository."""
    target = (page.source.parent / found[2]).resolve()
    if target.is_relative_to(ROOT / "docs/pictures"):
        place = target.relative_to(ROOT)
    elif target in known:
        place = known[target]
    else:
        there = f"https://github.com/{NAME}/{NAME}/blob/main/{target.relative_to(ROOT).as_posix()}"
        return f'{found[1]}="{there}"'
    up = "../" * (len(page.place.parts) - 1)
    return f'{found[1]}="{up}{place.as_posix()}{found[3] or ""}"'


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    sys.stdout.write(f"{len(made)} pages below {sys.argv[1]}\n")
