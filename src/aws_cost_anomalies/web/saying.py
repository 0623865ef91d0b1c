"""Forms: what people say of anomalies, and who may come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.anomaly import Feedback
from aws_cost_anomalies.page.markup import joined, tag
from aws_cost_anomalies.web import answers
from aws_cost_anomalies.web.guard import COOKIE, LARGEST, Rules
from aws_cost_anomalies.web.site import Site

LONGEST_NOTE = 500
MOST_AT_ONCE = 200
Form = Mapping[str, Sequence[str]]


class Saying:
    """The forms of one site."""

    def __init__(self, site: Site, rules: Rules) -> None:
        """Write here."""
        self._site = site
        self._rules = rules

    async def of_one(self, request: Request) -> Response:
        """What was said of one anomaly is kept; back to its page."""
        form, number = await form_of(request), request.path_params["anomaly_id"]
        await run_in_threadpool(self._keep, request, [number], form)
        return RedirectResponse(f"/anomalies/{number}?done=one#say", 303)

    async def of_many(self, request: Request) -> Response:
        """What was said of all that were marked is kept; back to the list as it was."""
        form = await form_of(request)
        numbers = form.get("id", ())
        if not 1 <= len(numbers) <= MOST_AT_ONCE:
            raise InvalidArgument("The marks", len(numbers), f"1 to {MOST_AT_ONCE} anomalies at once")
        await run_in_threadpool(self._keep, request, numbers, form)
        query = urlsplit(_first(form, "back")).query
        return RedirectResponse(f"/anomalies?{query}{'&' if query else ''}done=many", 303)

    async def sign_in(self, request: Request) -> Response:
        """A cookie for who knows the token."""
        token = _first(await form_of(request), "token")
        if not await run_in_threadpool(self._rules.is_right, token):
            return sign_in_page(self._site, is_wrong=True)
        answer = RedirectResponse("/", 303)
        is_secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, self._rules.pass_key, httponly=True, samesite="strict", secure=is_secure)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """The cookie is gone."""
        await form_of(request)
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    def _keep(self, request: Request, numbers: Sequence[str], form: Form) -> None:
        word = _first(form, "word")
        if word not in Feedback.__members__.values():
            raise InvalidArgument("The feedback", word, ", ".join(Feedback))
        note = _first(form, "note")[:LONGEST_NOTE]
        watching = self._site.desk_of(request).watching
        watching.say(numbers, Feedback(word), note=note, now=self._site.fresh_app().now)


def sign_in_page(site: Site, *, is_wrong: bool = False) -> Response:
    """The page that asks for the token."""
    wrong = tag("p", "That is not the token.", class_="notice bad", role="alert") if is_wrong else None
    field = tag("input", type="password", name="token", autocomplete="current-password", required=True)
    label = tag("label", tag("span", "Token of this dashboard"), field)
    go = tag("div", tag("button", "Sign in"), class_="go")
    form = tag("form", joined(label, go), method="post", action="/sign-in", class_="filters")
    page = tag("section", wrong, form, class_="card")
    return answers.html(site.frame.page("Sign in", page), 401 if is_wrong else 200)


async def form_of(request: Request) -> Form:
    """The fields of a form, as far as one may be long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise InvalidArgument("The form", len(body), f"at most {LARGEST} bytes")
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        raise InvalidArgument("The form", "…", "fields as a browser writes them") from None


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
