"""Pages that only read: overview, anomalies, one anomaly, explore."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.findings import Findings
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY
from aws_cost_anomalies.page import anomalies as listing
from aws_cost_anomalies.page import anomaly as single
from aws_cost_anomalies.page import explore as exploring
from aws_cost_anomalies.page import overview as first
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.desk import Desk, entries
from aws_cost_anomalies.page.frame import NAME, basis
from aws_cost_anomalies.page.markup import Markup, joined, tag
from aws_cost_anomalies.web import answers, asked
from aws_cost_anomalies.web.site import Site

DONE = {"one": "Kept. ", "many": "Kept for each of them. "}
"""What the address says was just done."""


class Reading:
    """The pages of one site that change nothing."""

    def __init__(self, site: Site) -> None:
        """Read from here."""
        self._site = site

    def overview(self, request: Request) -> Response:
        """Overview."""
        desk, by = self._site.desk, request.query_params.get("by", "service")
        try:
            seen = desk.overview("" if by == "total" else by)
        except NoData as error:
            return answers.html(self._site.frame.page("Overview", _welcome(error), here="/"))
        choice = _by(by, [d for d in exploring.dimensions(_tags(desk)) if d not in LINE_ITEM_ONLY])
        basis_of = basis(seen.explored.trends.view, is_current=desk.watch.now().is_current)
        page = first.overview(seen, aside=choice)
        return answers.html(self._site.frame.page("Overview", page, here="/", basis=basis_of))

    def anomalies(self, request: Request) -> Response:
        """The list."""
        wanted = asked.anomaly_filter(request.query_params)
        try:
            findings = self._site.desk.watch.now()
        except NoData as error:
            return answers.html(self._site.frame.page("Anomalies", _welcome(error), here="/anomalies"))
        listed = listing.anomalies(
            entries(findings),
            wanted,
            currency=findings.view.currency,
            names=self._site.desk.names(),
            notice=_done(request),
        )
        about = basis(findings.view, is_current=findings.is_current)
        return answers.html(
            self._site.frame.page("Anomalies", _unanswered(findings), listed, here="/anomalies", basis=about)
        )

    def anomaly(self, request: Request) -> Response:
        """One of them; who carries it comes a moment later where that is not known yet."""
        desk = self._site.desk
        known = desk.known(desk.watch.now(), request.path_params["anomaly_id"])
        number = known.anomaly.anomaly_id
        if known.days and not desk.watch.is_explained(number):
            waiting = tag("p", "Looking for who carries it …", class_="waiting", role="status")
            address = f"/anomalies/{number}/detail"
            more = tag("noscript", tag("a", "Who carries it", href=address))
            detail = tag("div", waiting, more, data_fill=address, aria_busy="true")
        else:
            detail = desk.detail(known)
        form = single.say(known, notice=_done(request))
        page = single.anomaly(known, detail=detail, form=form)
        about = basis(desk.watch.now().view)
        return answers.html(self._site.frame.page(known.title, page, here="/anomalies", basis=about))

    def detail(self, request: Request) -> Response:
        """Who carries it: as a part of its page, or as a page of its own."""
        known = self._site.desk.known(self._site.desk.watch.now(), request.path_params["anomaly_id"])
        detail = self._site.desk.detail(known)
        if answers.is_part(request):
            return answers.html(detail)
        back = tag("p", tag("a", "Day by day", href=f"/anomalies/{known.anomaly.anomaly_id}"))
        return answers.html(self._site.frame.page(known.title, back, detail, here="/anomalies"))

    def explore(self, request: Request) -> Response:
        """Cost over time, as asked."""
        wish, desk = asked.wish(request.query_params), self._site.desk
        coverage = desk.coverage()
        form = exploring.form(
            wish,
            tags=_tags(desk),
            sources=[each.data_source for each in coverage],
            currencies=sorted({code for each in coverage for code in each.currencies}),
        )
        try:
            explored = desk.exploring.explored(asked.look(wish))
        except NoData as error:
            page = joined(form, parts.card("Over time", answers.told(error)))
            return answers.html(self._site.frame.page("Explore", page, here="/explore"))
        drawn = exploring.explore(explored, wish, form=form, names=self._site.desk.names())
        about = basis(explored.trends.view)
        return answers.html(self._site.frame.page("Explore", drawn, here="/explore", basis=about))

    def explore_csv(self, request: Request) -> Response:
        """The figures of a look."""
        explored = self._site.desk.exploring.explored(asked.look(asked.wish(request.query_params)))
        text = answers.csv_text(exploring.csv_rows(explored.trends))
        return answers.file(text, kind="text/csv; charset=utf-8", name="costs.csv")

    def explore_png(self, request: Request) -> Response:
        """The picture of a look."""
        wish = asked.wish(request.query_params)
        explored = self._site.desk.exploring.explored(asked.look(wish))
        drawn = exploring.picture(explored, wish, names=self._site.desk.names())
        return answers.file(drawn.png(), kind="image/png", name="costs.png")


def _tags(desk: Desk) -> list[str]:
    return [tag if ":" in tag else f"tag:{tag}" for tag in desk.app.settings.tags]


def _by(chosen: str, offered: list[str]) -> Markup:
    """Which dimension the bill is stacked by."""
    options = [tag("option", name, value=name, selected=name == chosen) for name in offered]
    label = tag("label", tag("span", "by", class_="unseen"), tag("select", options, name="by"))
    return tag("form", label, tag("noscript", tag("button", "Show")), data_at_once=True)


def _done(request: Request) -> Markup | None:
    said = DONE.get(request.query_params.get("done", ""))
    return tag("p", said, class_="notice", role="status") if said else None


def _unanswered(findings: Findings) -> list[Markup]:
    return [
        tag("p", f"Nothing was judged for {monitor}: {why}", class_="notice bad")
        for monitor, why in findings.unanswered.items()
    ]


def _welcome(error: NoData) -> Markup:
    """What to do where nothing is loaded."""
    lines = (f"{NAME} ingest", f"{NAME} demo --dir demo", f"{NAME} serve --config demo/config.yaml")
    return parts.card(
        "Start here",
        tag("p", error.message),
        tag("p", error.hint),
        tag("p", "Load your own bill, or have a look at a sample bill first:"),
        [parts.command(line) for line in lines],
    )
