"""Pages that only read: overview, anomalies, one anomaly, explore."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from aws_cost_anomalies.errors import NoData
from aws_cost_anomalies.looking.findings import Findings
from aws_cost_anomalies.model.scope import LINE_ITEM_ONLY
from aws_cost_anomalies.page import anomalies as listing
from aws_cost_anomalies.page import anomaly as single
from aws_cost_anomalies.page import explore as exploring
from aws_cost_anomalies.page import overview as first
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.desk import Desk
from aws_cost_anomalies.page.frame import NAME, basis
from aws_cost_anomalies.page.markup import Markup, joined, tag
from aws_cost_anomalies.web import answers, asked
from aws_cost_anomalies.web.currency import of_bill
from aws_cost_anomalies.web.site import Laid, Site

DONE = {"one": "Kept. ", "many": "Kept for each of them. "}
"""What the address says was just done."""


class Reading:
    """The pages of one site that change nothing."""

    def __init__(self, site: Site) -> None:
        """Read from here."""
        self._site = site

    def overview(self, request: Request) -> Response:
        """Overview."""
        site, desk = self._site, self._site.desk_of(request)
        if site.is_early(request):
            return site.later(request, "Overview", here="/")
        by = request.query_params.get("by", "service")

        def laid() -> Laid:
            seen = desk.overview(by)
            about = basis(seen.explored.trends.view, is_current=findings.is_current)
            page = first.overview(seen, aside=_by(by, offered(desk)))
            return Laid("Overview", page, about, seen.explored.trends.view.currency)

        try:
            findings = desk.watching.now()
            return site.answer(request, laid, of=(findings,), here="/")
        except NoData as error:
            return answers.html(site.frame.page("Overview", _welcome(error), here="/"))

    def anomalies(self, request: Request) -> Response:
        """The list."""
        site, desk = self._site, self._site.desk_of(request)
        wanted = asked.anomaly_filter(request.query_params)
        if site.is_early(request):
            return site.later(request, "Anomalies", here="/anomalies")
        try:
            findings = desk.watching.now()
        except NoData as error:
            return answers.html(site.frame.page("Anomalies", _welcome(error), here="/anomalies"))

        def laid() -> Laid:
            listed = listing.anomalies(
                desk.listed(findings),
                wanted,
                currency=findings.view.currency,
                names=desk.names(),
                notice=_done(request),
            )
            about = basis(findings.view, is_current=findings.is_current)
            inside = joined(_unanswered(findings), listed)
            return Laid("Anomalies", inside, about, findings.view.currency)

        return site.answer(request, laid, of=(findings,), here="/anomalies")

    def anomaly(self, request: Request) -> Response:
        """One of them; who carries it comes a moment later where that is not known yet."""
        site, desk = self._site, self._site.desk_of(request)
        if site.is_early(request):
            return site.later(request, "One anomaly", here="/anomalies")
        findings = desk.watching.now()
        known = desk.known(findings, request.path_params["anomaly_id"])
        is_whole = not known.days or desk.watching.is_explained(known.anomaly.anomaly_id)

        def laid() -> Laid:
            form = single.say(known, notice=_done(request))
            detail = desk.detail(known) if is_whole else _detail_later(known)
            lead = tag("p", known.title, class_="lead") if answers.is_part(request) else None
            page = single.anomaly(known, detail=detail, form=form)
            return Laid(known.title, joined(lead, page), basis(findings.view))

        return site.answer(request, laid, of=(findings, is_whole), here="/anomalies")

    def detail(self, request: Request) -> Response:
        """Who carries it: as a part of its page, or as a page of its own."""
        desk = self._site.desk_of(request)
        findings = desk.watching.now()
        known = desk.known(findings, request.path_params["anomaly_id"])

        def laid() -> Laid:
            detail = desk.detail(known)
            if answers.is_part(request):
                return Laid(known.title, detail)
            back = tag("p", tag("a", "Day by day", href=f"/anomalies/{known.anomaly.anomaly_id}"))
            return Laid(known.title, joined(back, detail))

        return self._site.answer(request, laid, of=(findings,), here="/anomalies")

    def explore(self, request: Request) -> Response:
        """Cost over time, as asked."""
        site, desk = self._site, self._site.desk_of(request)
        wish = asked.wish(request.query_params)

        def laid() -> Laid:
            form = _explore_form(desk, wish)
            try:
                explored = desk.exploring.explored(asked.look(wish))
            except NoData as error:
                return Laid("Explore", joined(form, parts.card("Over time", answers.told(error))))
            drawn = exploring.explore(explored, wish, form=form, names=desk.names())
            view = explored.trends.view
            return Laid("Explore", drawn, basis(view), view.currency)

        return site.answer(request, laid, of=(desk.version(),), here="/explore")

    def explore_csv(self, request: Request) -> Response:
        """The figures of a look."""
        desk = self._site.desk_of(request)
        explored = desk.exploring.explored(asked.look(asked.wish(request.query_params)))
        text = answers.csv_text(exploring.csv_rows(explored.trends))
        return answers.file(text, kind="text/csv; charset=utf-8", name="costs.csv")

    def explore_png(self, request: Request) -> Response:
        """The picture of a look."""
        desk, wish = self._site.desk_of(request), asked.wish(request.query_params)
        explored = desk.exploring.explored(asked.look(wish))
        drawn = exploring.picture(explored, wish, names=desk.names())
        return answers.file(drawn.png(), kind="image/png", name="costs.png")


def offered(desk: Desk) -> list[str]:
    """What the overview can be stacked by."""
    return [name for name in exploring.dimensions(_tags(desk)) if name not in LINE_ITEM_ONLY]


def _detail_later(known: single.Known) -> Markup:
    """Where the detail of an anomaly comes from once its page stands."""
    waiting = tag("p", "Looking for who carries it …", class_="waiting", role="status")
    address = f"/anomalies/{known.anomaly.anomaly_id}/detail"
    more = tag("noscript", tag("a", "Who carries it", href=address))
    return tag("div", waiting, more, data_fill=address, aria_busy="true")


def _explore_form(desk: Desk, wish: exploring.Wish) -> Markup:
    coverage = desk.coverage()
    return exploring.form(
        wish,
        tags=_tags(desk),
        sources=[each.data_source for each in coverage],
        currencies=of_bill(coverage),
        currency=desk.app.settings.anomaly.currency,
    )


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
