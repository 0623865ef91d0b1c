"""Tune: how loud each setting would have been, what it would have said, and how to take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from urllib.parse import urlencode

from aws_cost_anomalies import pictures
from aws_cost_anomalies.looking.tuning import Replay, Setting
from aws_cost_anomalies.model import naming
from aws_cost_anomalies.model.anomaly import Anomaly
from aws_cost_anomalies.page import parts
from aws_cost_anomalies.page.markup import Child, Markup, joined, tag

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the settings file, as it is shown before it is made.

    Attributes:
        difference: unified diff; empty when the file says so already.
        seen: stamp of the file the change was made from.
    """

    file: str
    difference: str
    seen: str


def called(setting: Setting) -> str:
    """`low, from 25`."""
    return f"{setting.sensitivity}, from {setting.minimum_impact:g}"


def address(setting: Setting) -> str:
    """The page with one setting looked at."""
    asked = {"sensitivity": setting.sensitivity, "min_impact": f"{setting.minimum_impact:g}"}
    return f"/tune?{urlencode(asked)}#chosen"


def tune(
    replays: Sequence[Replay], *, chosen: Replay | None, change: Change | None, names: Mapping[str, str]
) -> Markup:
    """The picture, its figures, and one setting in full.

    Args:
        replays: the most talkative first.
        chosen: the one looked at.
        change: what taking it would write.
        names: account id → name.
    """
    view = replays[0].backtest.view
    now = next((replay for replay in replays if replay.is_in_force), None)
    points = [
        (f"{r.setting.sensitivity}\n≥ {r.setting.minimum_impact:g}", r.backtest.alerts_per_week)
        for r in replays
    ]
    picture = pictures.of_replays(points, chosen=None if now is None else replays.index(now))
    table = parts.Table(
        ["setting", "alerts a week", "anomalies", f"impact, {view.currency}", "fewer than now", ""],
        [_row(replay, now) for replay in replays],
        numbers=(1, 2, 3, 4),
        caption="What each setting would have told",
        marked={i: "now" for i, replay in enumerate(replays) if replay.is_in_force},
    )
    days = f"{view.period.start} to {view.period.last_day}, day by day, as a daily run would have seen it"
    return joined(
        parts.card(
            "Alerts a week",
            tag("p", f"History replayed: {days}.", class_="small"),
            parts.figure(picture, table, is_open=True),
        ),
        _chosen(chosen, change=change, names=names) if chosen else None,
    )


def _row(replay: Replay, now: Replay | None) -> list[Child]:
    found = replay.backtest.anomalies
    impact = fsum(abs(anomaly.impact.total_impact) for anomaly in found)
    fewer = "" if now is None else f"{len(now.backtest.anomalies) - len(found):,}"
    name = called(replay.setting)
    mark = (
        "in force"
        if replay.is_in_force
        else tag("a", "what it would have said", href=address(replay.setting))
    )
    return [
        name,
        f"{replay.backtest.alerts_per_week:.1f}",
        f"{len(found):,}",
        parts.amount(impact),
        fewer,
        mark,
    ]


def _chosen(chosen: Replay, *, change: Change | None, names: Mapping[str, str]) -> Markup:
    """What a setting would have said, what it keeps silent about, and the button that takes it."""
    told, silent = chosen.backtest.anomalies, chosen.silent
    currency = chosen.backtest.view.currency
    kept: Child = parts.nothing("It keeps silent about nothing that is told now.")
    if silent:
        kept = joined(
            tag("p", "It would keep silent about:"), _list(silent, currency, names, caption="Kept silent")
        )
    said: Child = parts.nothing("It would have told nothing.")
    if told:
        said = _list(told, currency, names, caption="Told")
    return tag(
        "section",
        tag("div", tag("h2", f"At {called(chosen.setting)}"), class_="head"),
        write(chosen.setting, change) if change else None,
        kept,
        tag("details", tag("summary", f"The {len(told):,} it would have told"), said),
        class_="card",
        id="chosen",
    )


def write(setting: Setting, change: Change) -> Markup:
    """The change of the settings file, and the button that makes it."""
    if not change.difference:
        return tag("p", f"{change.file} says so already.", class_="small")
    hidden = {
        "sensitivity": setting.sensitivity,
        "min_impact": f"{setting.minimum_impact:g}",
        "seen": change.seen,
    }
    fields = [tag("input", type="hidden", name=name, value=value) for name, value in hidden.items()]
    button = tag("button", f"Write it to {change.file}", class_="main")
    shown = tag("pre", change.difference, tabindex="0", aria_label="The change")
    return tag(
        "form", tag("p", "This would change:"), shown, fields, tag("p", button), method="post", action="/tune"
    )


def _list(found: Sequence[Anomaly], currency: str, names: Mapping[str, str], *, caption: str) -> Markup:
    ranked = sorted(found, key=lambda anomaly: -abs(anomaly.impact.total_impact))
    rows: list[list[Child]] = [
        [
            naming.place(anomaly, names),
            parts.badge(anomaly.severity),
            parts.HAPPENED[anomaly.kind],
            str(anomaly.detected_on),
            parts.amount(anomaly.impact.total_impact, is_change=True),
        ]
        for anomaly in ranked[:MOST_LISTED]
    ]
    if len(ranked) > MOST_LISTED:
        rows.append([f"and {len(ranked) - MOST_LISTED:,} more", "", "", "", ""])
    columns = ["what", "severity", "kind", "told on", f"impact, {currency}"]
    return parts.Table(columns, rows, numbers=(4,), caption=caption).drawn()
