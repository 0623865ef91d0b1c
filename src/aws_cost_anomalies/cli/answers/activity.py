"""Who did what around an anomaly, printed: evidence, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from aws_cost_anomalies.cli import tables
from aws_cost_anomalies.model.activity import Activity, Deed
from aws_cost_anomalies.model.period import ONE_DAY


def lines(activity: Activity) -> Iterator[Text]:
    """A line per deed, and what was asked."""
    yield tables.title("Changes in CloudTrail around the first day (evidence, no verdict)")
    for deed in activity.deeds:
        yield tables.name(f"  {_told(deed)}")
    if activity.problem:
        yield tables.caption(f"Not asked: {activity.problem}.")
        return
    looked = ", ".join(activity.sources) or "all services"
    days = f"{activity.start:%Y-%m-%d}..{activity.end - ONE_DAY:%Y-%m-%d}"
    nothing = "" if activity.deeds else "No change was found: "
    more = "; there are more" if activity.is_cut else ""
    yield tables.caption(f"{nothing}{looked} in {', '.join(activity.regions)}, {days}{more}")


def _told(deed: Deed) -> str:
    about = f" ({', '.join(deed.resources)})" if deed.resources else ""
    return f"{deed}{about}"
