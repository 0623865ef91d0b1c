"""How long the usage in raw bills lasts: a mapping that counts lines where costs would stand.

So every engine can be asked, and reads two columns and a half for it. Knows no source.
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cost_anomalies import sql
from aws_cost_anomalies.model.bill import FocusMapping, RawColumn, Totals

CURRENCY = "lines"
LEAST_LINES = 20
"""Fewer lines of usage may all be fees of a month, as of hosted zones: such a bill is no monthly export."""


def lasting(*, start: str, end: str, kind: str, usage: Sequence[str]) -> FocusMapping:
    """The mapping that counts lines of usage, and those of them that last a month.

    Args:
        start: the column of when a charge begins.
        end: of when it ends; files without it have no usage that lasts a month.
        kind: of what tells usage from the rest.
        usage: its values that are usage.
    """
    text = sql.read(__package__, "lasting", start=start, end=end, kind=kind, usage=sql.literals(usage))
    columns = (
        RawColumn(start, "TIMESTAMP", required=True),
        RawColumn(end, "TIMESTAMP"),
        RawColumn(kind),
    )
    return FocusMapping(name="lasting", sql=text, columns=columns)


def is_monthly(totals: Totals) -> bool:
    """Whether all usage lasts a month, by the totals of that mapping, and there is enough of it to say so."""
    counts = totals.get(CURRENCY, {})
    usage, months = counts.get("BilledCost", 0), counts.get("EffectiveCost", 0)
    return usage >= LEAST_LINES and months == usage
