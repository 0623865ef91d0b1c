"""The server: which address is answered by what, on which port."""

from __future__ import annotations

import socket
from hashlib import sha256
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from aws_cost_anomalies.errors import CostAnomaliesError, MixedCurrencies, NoData, UnknownAnomaly, UsageError
from aws_cost_anomalies.page.frame import PAGES, SCRIPT, STYLE, asset
from aws_cost_anomalies.page.markup import joined
from aws_cost_anomalies.web import answers
from aws_cost_anomalies.web.asking import Asking
from aws_cost_anomalies.web.currency import Remembering, of_bill, others
from aws_cost_anomalies.web.guard import LOOPBACK, Guard, Rules
from aws_cost_anomalies.web.reading import Reading
from aws_cost_anomalies.web.saying import Saying, sign_in_page
from aws_cost_anomalies.web.site import Site
from aws_cost_anomalies.web.tuning import Tuned
from aws_cost_anomalies.web.warming import keep_warm

KINDS = {STYLE: "text/css", SCRIPT: "text/javascript", "icon.svg": "image/svg+xml"}
FOR_GOOD = "public, max-age=31536000, immutable"
SHORTEST_TOKEN = 16
PATHS = frozenset(path for _, path in PAGES)
ONE = "/anomalies/"
"""Before the id of an anomaly."""


def version_of_assets() -> str:
    """What changes when a file that browsers keep does."""
    return sha256("".join(map(asset, sorted(KINDS))).encode()).hexdigest()[:12]


def application(site: Site, rules: Rules) -> ASGIApp:
    """The dashboard as a server runs it."""
    reading, saying, tuned = Reading(site), Saying(site, rules), Tuned(site)

    def failed(request: Request, error: Exception) -> Response:
        if not isinstance(error, CostAnomaliesError):
            raise error
        choices, path = None, quote(request.url.path)
        if isinstance(error, MixedCurrencies):
            choices = others(error.currencies, path if path in PATHS or path.startswith(ONE) else "/")
        elif isinstance(error, UnknownAnomaly) and path.startswith(ONE):
            # The link of an alert knows no currency, and the last page may have been in another.
            desk = site.desk_of(request)
            choices = others(of_bill(desk.coverage()), path, seen=desk.app.settings.anomaly.currency)
        if answers.is_part(request):
            return answers.html(joined(answers.told(error), choices))
        return answers.failure(site.frame, error, choices)

    def missing(request: Request, error: Exception) -> Response:
        return answers.failure(site.frame, NoData(f"at {request.url.path}", "The pages are named above."))

    routes = [
        Route("/", reading.overview),
        Route("/anomalies", reading.anomalies),
        Route("/anomalies", saying.of_many, methods=["POST"]),
        Route("/anomalies/{anomaly_id:str}", reading.anomaly),
        Route("/anomalies/{anomaly_id:str}", saying.of_one, methods=["POST"]),
        Route("/anomalies/{anomaly_id:str}/detail", reading.detail),
        Route("/explore", reading.explore),
        Route("/explore.csv", reading.explore_csv),
        Route("/explore.png", reading.explore_png),
        Route("/tune", tuned.tune),
        Route("/tune", tuned.write, methods=["POST"]),
        Route("/data", tuned.data),
        Route("/sign-in", lambda _: sign_in_page(site)),
        Route("/sign-in", saying.sign_in, methods=["POST"]),
        Route("/sign-out", saying.sign_out, methods=["POST"]),
        Route("/assets/{version:str}/{name:str}", _asset),
    ]
    if site.frame.has_agent:
        asking = Asking(site)
        routes += [Route("/ask", asking.page), Route("/ask", asking.ask, methods=["POST"])]
    pages = Starlette(routes=routes, exception_handlers={CostAnomaliesError: failed, 404: missing})
    return Guard(Remembering(pages), rules)


def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in KINDS:
        return PlainTextResponse("There is no such file.", 404)
    return Response(asset(name), media_type=KINDS[name], headers={"Cache-Control": FOR_GOOD})


def listening(host: str, port: int, token: str) -> socket.socket:
    """A socket that waits for browsers.

    Raises:
        UsageError: another program has the port, nobody may have it, or the host is open to others and there
            is no token.
    """
    if host not in LOOPBACK and len(token) < SHORTEST_TOKEN:
        raise UsageError(
            f"{host} can be reached from elsewhere, and there is no token of {SHORTEST_TOKEN} characters.",
            "Make one with `openssl rand -hex 32` and set `web.token` (env:NAME, file:PATH, ssm:/name …), or"
            " serve on 127.0.0.1.",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        hint = "Choose another with `--port`; 0 takes a free one."
        why = (error.strerror or str(error)).partition(" (")[0].lower()
        raise UsageError(f"Port {port} of {host} cannot be used: {why}.", hint) from None


def run(site: Site, rules: Rules, listener: socket.socket) -> None:
    """Answer until somebody ends it."""
    keep_warm(site)
    config = uvicorn.Config(
        application(site, rules), log_level="warning", access_log=False, server_header=False, lifespan="off"
    )
    uvicorn.Server(config).run(sockets=[listener])
