"""The frame of every page: head, navigation, what the page rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from aws_cost_anomalies.model.answers import View
from aws_cost_anomalies.model.focus import charges_in_words
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag

NAME = "aws-cost-anomalies"
PAGES = (
    ("Overview", "/"),
    ("Anomalies", "/anomalies"),
    ("Explore", "/explore"),
    ("Tune", "/tune"),
    ("Data", "/data"),
)
ASK = ("Ask", "/ask")
STYLE, SCRIPT = "style.css", "script.js"


def asset(name: str) -> str:
    """One of the files beside this module."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of one server have in common.

    Attributes:
        version: of the assets, so that a new release is not shown in an old dress.
        has_agent: whether questions can be asked.
        has_token: whether somebody is signed in, and may leave.
    """

    version: str
    has_agent: bool = False
    has_token: bool = False

    def page(
        self, title: str, *inside: Child | Iterable[Child], here: str = "", basis: Child = None
    ) -> Markup:
        """A whole page."""
        pages = (*PAGES, *([ASK] if self.has_agent else []))
        links = [
            tag("li", tag("a", name, href=path, aria_current="page" if path == here else None))
            for name, path in pages
        ]
        leave = tag("form", tag("button", "Sign out", class_="plain"), method="post", action="/sign-out")
        header = tag(
            "header",
            tag("a", "Skip to the content", href="#content", class_="skip"),
            tag("a", _mark(), tag("span", NAME), href="/", class_="name", aria_label=f"{NAME}: overview"),
            tag("nav", tag("ul", links), aria_label="Pages"),
            leave if self.has_token else None,
        )
        heading = tag("div", tag("h1", title), basis, class_="title")
        main = tag("main", heading, *inside, id="content", tabindex="-1")
        return document(
            title,
            tag("link", rel="stylesheet", href=f"/assets/{self.version}/{STYLE}"),
            tag("script", src=f"/assets/{self.version}/{SCRIPT}", defer=True),
            tag("link", rel="icon", href=f"/assets/{self.version}/icon.svg", type="image/svg+xml"),
            body=(header, main),
        )


def document(title: str, *head: Markup, body: tuple[Child, ...]) -> Markup:
    """An HTML document."""
    first = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title if title == NAME else f"{title} · {NAME}"),
    )
    whole = tag("html", tag("head", first, head), tag("body", body), lang="en")
    return joined(Markup("<!doctype html>"), whole)


def basis(view: View, *, is_current: bool = True) -> Markup:
    """What a page rests on, in one line: source, metric, currency, charges, through which day."""
    settled = ", settled" if view.settled_through == view.through else ""
    if view.settled_through and not settled:
        settled = f", settled through {view.settled_through}"
    parts = (
        view.data_source.replace("_", "-"),
        view.metric,
        view.currency,
        charges_in_words(view.charge_categories, marketplace=view.marketplace),
        f"through {view.through}{settled}",
    )
    newer = (
        None
        if is_current
        else tag("span", "New charges are being judged", class_="badge info", role="status")
    )
    return tag("p", " · ".join(parts), newer, class_="basis")


def _mark() -> Markup:
    """The product's mark: a line that leaves its band."""
    return Markup(
        '<svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" class="mark">'
        '<rect x="2" y="14" width="28" height="9" rx="2" class="fill-band"/>'
        '<path d="M2 19h9l4-2 4 3 4-13 3 6h4" class="line-actual" fill="none" stroke-width="2.5"/>'
        '<circle cx="23" cy="7" r="3.5" class="fill-odd"/></svg>'
    )
