"""The report: one file that holds everything, for a mail, a wiki or a drawer."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from aws_cost_anomalies import pictures
from aws_cost_anomalies.page import anomaly as single
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.frame import SCRIPT, STYLE, asset, basis, document
from aws_cost_anomalies.page.markup import Markup, tag
from aws_cost_anomalies.page.overview import Overview, overview
from aws_cost_anomalies.pictures import Picture

TITLE = "AWS cost report"


class Report:
    """How things stand, and the largest anomalies in full."""

    def __init__(self, desk: Desk, *, top: int) -> None:
        """Ask for it.

        Args:
            desk: whom to ask.
            top: how many anomalies are told in full.

        Raises:
            NoData: nothing is loaded.
        """
        findings = desk.watching.now()
        self._desk = desk
        self._overview: Overview = desk.overview()
        self._view = self._overview.explored.trends.view
        self._known = [desk.known(findings, a.anomaly_id) for a in findings.anomalies[:top]]

    def page(self) -> Markup:
        """All of it as HTML that needs nothing else, and in which nothing but its own script can run."""
        style, script = asset(STYLE), asset(SCRIPT).replace("</", "<\\/")
        policy = (
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        heading = tag("div", tag("h1", f"{TITLE}, {self._desk.app.as_of}"), basis(self._view), class_="title")
        main = tag("main", heading, overview(self._overview, has_links=False), map(self._one, self._known))
        # A script at the end of the body finds the finished page.
        last = tag("script", Markup(script))
        return document(
            TITLE,
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("style", Markup(style)),
            body=(main, last),
        )

    def pictures(self) -> Iterator[tuple[str, Picture]]:
        """Name and chart of everything drawn in it."""
        seen = self._overview
        yield "daily-cost", pictures.of_trends(seen.explored.trends, seen.names, anomalies=seen.anomalies)
        for known in self._known:
            title = f"{known.title}, {known.currency} a day"
            drawn = pictures.of_days(title, known.days, currency=known.currency, through=known.through)
            yield f"anomaly-{known.anomaly.anomaly_id}", drawn

    def _one(self, known: single.Known) -> Markup:
        heading = tag("h1", known.title)
        body = single.anomaly(known, detail=self._desk.detail(known))
        return tag("article", tag("div", heading, class_="title"), body, id=f"a-{known.anomaly.anomaly_id}")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
