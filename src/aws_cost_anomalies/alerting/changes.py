"""Who changed what around an anomaly, as a message says it: evidence, never a verdict.

What stands in CloudTrail is anybody's to write: it is put on one line and not at length.
"""

from __future__ import annotations

from collections.abc import Iterator

from aws_cost_anomalies.model.activity import Activity, Deed
from aws_cost_anomalies.model.characters import cut, visible
from aws_cost_anomalies.model.explanation import Explanation
from aws_cost_anomalies.model.message import Paragraph

MOST_DEEDS = 5
LONGEST = 200
TITLE = "Changes in CloudTrail around its first day (evidence, not a verdict)"


def paragraphs(told: Explanation | None) -> Iterator[Paragraph]:
    """A line for each of the most telling changes; nothing where none is known."""
    activity = told.activity if told else None
    if activity is not None and activity.deeds:
        shown = activity.deeds[:MOST_DEEDS]
        more = activity.is_cut or len(activity.deeds) > MOST_DEEDS
        yield Paragraph("\n".join([*map(_line, shown), *(["and more"] if more else [])]), title=TITLE)


def first(told: Explanation | None) -> str:
    """The most telling change in one sentence, empty where none is known."""
    deeds = told.activity.deeds if told and told.activity else ()
    return f" In CloudTrail: {_line(deeds[0])}." if deeds else ""


def basis(told: Explanation | None) -> Iterator[str]:
    """For the small print: why no changes are told although they were asked for."""
    activity = told.activity if told else None
    if activity is not None and not activity.deeds:
        yield _why_none(activity)


def _line(deed: Deed) -> str:
    about = f" ({', '.join(deed.resources)})" if deed.resources else ""
    return cut(f"{deed}{about}", LONGEST)


def _why_none(activity: Activity) -> str:
    if activity.problem:
        return f"CloudTrail not asked: {visible(activity.problem)}"
    return "no change in CloudTrail around its first day"
