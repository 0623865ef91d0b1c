"""Which incidents there are.

Knows their names; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.accuracy.worlds.businesses import events_falls as falls
from benchmarks.accuracy.worlds.businesses import events_rises as rises
from benchmarks.accuracy.worlds.businesses import events_slow as slow
from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.moment import Moment

_KINDS: tuple[Callable[[Moment], Incident | None], ...] = (
    *(rises.retry, rises.surge, rises.recursion, rises.scan, rises.flood, rises.forgot, rises.misroute),
    *(rises.dup, rises.minraise, rises.backfill, rises.cust_up, rises.ri_expire, rises.price_up),
    *(rises.weekend_on, rises.born),
    *(slow.drift_comp, slow.drift_lin, slow.drift_stair),
    *(falls.cust_down, falls.rightsize, falls.backup_off, falls.sp_buy, falls.outage, falls.partial),
    *(falls.stop, falls.missing, falls.gone),
)
KINDS = {kind.__name__: kind for kind in _KINDS}
