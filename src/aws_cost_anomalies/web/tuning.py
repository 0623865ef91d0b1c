"""Tune and Data: what other settings would have told, the form that writes them, and what is held."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from aws_cost_anomalies.errors import InvalidArgument, NoData
from aws_cost_anomalies.looking.tuning import WORDS, Replay, Setting
from aws_cost_anomalies.page import parts, stock
from aws_cost_anomalies.page import tune as tuned
from aws_cost_anomalies.page.frame import basis
from aws_cost_anomalies.page.markup import Markup, joined, tag
from aws_cost_anomalies.settings import editing
from aws_cost_anomalies.web import answers
from aws_cost_anomalies.web.saying import form_of
from aws_cost_anomalies.web.site import Laid, Site

WAITING = "Replaying every day at every setting …"


class Tuned:
    """The pages of one site about its settings and its stock."""

    def __init__(self, site: Site) -> None:
        """Read from here, and write the settings file of this site."""
        self._site = site

    def tune(self, request: Request) -> Response:
        """Alerts a week against sensitivity; the replay comes a moment later where it is not done yet."""
        site, desk = self._site, self._site.desk_of(request)
        is_asked = answers.is_part(request) or "now" in request.query_params
        if not is_asked and not desk.tuning.is_there():
            return site.later(request, "Tune", here="/tune", why=WAITING)
        try:
            replays = desk.tuning.replays()
        except NoData as error:
            nothing = parts.card("Alerts a week", answers.told(error))
            is_part = answers.is_part(request)
            return answers.html(nothing if is_part else site.frame.page("Tune", nothing, here="/tune"))
        chosen = _chosen(replays, request)
        change = self._change(chosen.setting) if chosen else None

        def laid() -> Laid:
            page = tuned.tune(replays, chosen=chosen, change=change, names=desk.names())
            view = replays[0].backtest.view
            return Laid("Tune", joined(_done(request), page), basis(view), view.currency)

        return site.answer(request, laid, of=(desk.version(), change), here="/tune")

    async def write(self, request: Request) -> Response:
        """The setting is written to the configuration, and in force from now on."""
        form = await form_of(request)
        setting = _setting({name: values[0] for name, values in form.items()})
        if setting is None:
            raise InvalidArgument("The setting", "nothing", "a sensitivity and a least impact")
        seen = next(iter(form.get("seen", ())), "")
        await run_in_threadpool(self._write, setting, seen)
        return RedirectResponse("/tune?done=written", 303)

    def data(self, request: Request) -> Response:
        """What is loaded, and what is configured."""
        desk = self._site.desk_of(request)
        return self._site.answer(
            request, lambda: Laid("Data", stock.stock(desk.stock())), of=(desk.version(),), here="/data"
        )

    def _change(self, setting: Setting) -> tuned.Change:
        before = editing.text_of(self._site.config)
        name = self._site.config.name
        after = editing.edited(before, "anomaly", _values(setting))
        return tuned.Change(name, editing.difference(before, after, name=name), editing.stamp(before))

    def _write(self, setting: Setting, seen: str) -> None:
        text = editing.edited(editing.text_of(self._site.config), "anomaly", _values(setting))
        editing.write(self._site.config, text, seen=seen)
        self._site.reopen()


def _values(setting: Setting) -> dict[str, str | float]:
    return {"sensitivity": setting.sensitivity, "min_impact": setting.minimum_impact}


def _setting(given: dict[str, str]) -> Setting | None:
    """The setting that an address or a form names; None when it names none. Raises: InvalidArgument."""
    if "sensitivity" not in given:
        return None
    word, money = given["sensitivity"], given.get("min_impact", "")
    if word not in WORDS:
        raise InvalidArgument("The sensitivity", word, ", ".join(WORDS))
    try:
        least = float(money)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1e12:
        raise InvalidArgument("The least impact", money, "an amount from 0 on")
    return Setting(word, least)


def _chosen(replays: tuple[Replay, ...], request: Request) -> Replay | None:
    wanted = _setting(dict(request.query_params))
    return next((replay for replay in replays if replay.setting == wanted), None)


def _done(request: Request) -> Markup | None:
    if request.query_params.get("done") != "written":
        return None
    return tag("p", "Written, and in force from now on.", class_="notice", role="status")
