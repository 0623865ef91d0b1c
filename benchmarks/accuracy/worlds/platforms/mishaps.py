"""What goes wrong on platforms, and what each does to usage.

Knows mishaps as a table; must not know any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.worlds.platforms import courses
from benchmarks.accuracy.worlds.platforms.courses import Course
from benchmarks.accuracy.worlds.platforms.scene import Span


@dataclass(frozen=True, slots=True)
class Mishap:
    """One thing that can go wrong.

    `how` is `times` (usage by a factor), `adds` (as much each day), `less` (a share is lost), `days_off`
    (used as at work), `lapse` (the price changes), `skip` (a run does not come), `stop` (none comes more) or
    `twice` (one is charged twice). `size` is of what was usual, `stays` the share that nobody ends.
    """

    kind: str
    how: str
    size: Span
    days: tuple[int, int]
    course: Course = courses.block
    stays: float = 0.0


SHORT, FEW, WEEKS, SLOW = (1, 3), (2, 6), (9, 45), (20, 60)
MISHAPS = {
    "leaked_key": Mishap("spike", "adds", (0.6, 9.0), (1, 5), courses.fade),
    "runaway_loop": Mishap("spike", "adds", (0.4, 6.0), SHORT),
    "retry_storm": Mishap("spike", "times", (0.35, 3.0), (1, 5), courses.fade),
    "flood": Mishap("spike", "times", (0.35, 5.0), (1, 6), courses.peak),
    "ddos": Mishap("spike", "times", (0.8, 9.0), (1, 2)),
    "crawler": Mishap("spike", "adds", (0.35, 1.6), (3, 6), courses.patchy),
    "backfill": Mishap("spike", "times", (0.4, 2.5), FEW),
    "charged_twice": Mishap("spike", "twice", (1.0, 1.0), (1, 1)),
    "debug_left_on": Mishap("step_up", "times", (0.3, 4.0), WEEKS, stays=0.5),
    "forgotten": Mishap("step_up", "adds", (0.25, 2.0), WEEKS, stays=0.3),
    "doubled_fleet": Mishap("step_up", "times", (0.8, 1.1), WEEKS, courses.ramp, stays=0.5),
    "wrong_size": Mishap("step_up", "times", (0.3, 3.0), WEEKS, stays=0.6),
    "price_rise": Mishap("step_up", "times", (0.22, 0.8), (200, 300), stays=1.0),
    "extended_support": Mishap("step_up", "times", (0.4, 5.0), WEEKS, courses.ramp, stays=0.8),
    "left_on": Mishap("step_up", "days_off", (1.0, 1.0), WEEKS, stays=0.5),
    "lapse": Mishap("step_up", "lapse", (1.0, 1.0), (7, 40), stays=0.6),
    "ended": Mishap("gone", "lapse", (1.0, 1.0), (7, 40), stays=0.8),
    "new_use": Mishap("step_up", "adds", (8.0, 120.0), (7, 60), courses.ramp, stays=0.7),
    "new_peak": Mishap("spike", "adds", (8.0, 120.0), (1, 6), courses.fade),
    "flapping": Mishap("step_up", "times", (0.5, 2.0), (10, 30), courses.patchy, stays=0.2),
    "no_lifecycle": Mishap("drift_up", "adds", (0.3, 1.6), SLOW, courses.linear, stays=0.6),
    "orphans": Mishap("drift_up", "adds", (0.3, 1.2), SLOW, courses.stairs, stays=0.5),
    "leak": Mishap("drift_up", "times", (0.3, 2.0), (12, 50), courses.bending, stays=0.4),
    "creep": Mishap("drift_up", "times", (0.3, 1.2), SLOW, courses.saturating, stays=0.6),
    "outage": Mishap("drop", "less", (0.4, 1.0), SHORT),
    "upstream_broken": Mishap("drop", "less", (0.35, 0.98), FEW),
    "blocked": Mishap("drop", "less", (0.5, 1.0), (3, 12)),
    "halved": Mishap("step_down", "less", (0.42, 0.58), WEEKS, stays=0.7),
    "lost_capacity": Mishap("step_down", "less", (0.25, 0.8), WEEKS, courses.ramp, stays=0.6),
    "customer_lost": Mishap("step_down", "less", (0.25, 0.6), WEEKS, courses.ramp, stays=0.9),
    "silent": Mishap("step_down", "less", (0.4, 1.0), (7, 40), stays=0.5),
    "switched_off": Mishap("gone", "less", (0.98, 1.0), (8, 40), courses.ramp, stays=0.8),
    "pulled": Mishap("gone", "less", (0.985, 1.0), (8, 40), stays=0.7),
    "customers_leave": Mishap("drift_down", "less", (0.3, 0.85), SLOW, courses.linear, stays=0.9),
    "migrating": Mishap("drift_down", "less", (0.4, 0.97), SLOW, courses.saturating, stays=0.9),
    "decay": Mishap("drift_down", "less", (0.3, 0.9), (14, 50), courses.bending, stays=0.6),
    "expiring": Mishap("drift_down", "less", (0.3, 0.95), (14, 45), courses.stairs, stays=0.7),
    "not_run": Mishap("missing", "skip", (1.0, 1.0), (1, 1)),
    "stopped": Mishap("missing", "stop", (1.0, 1.0), (14, 40), stays=0.6),
}
"""By what an engineer would call them."""

MACHINES = "leaked_key forgotten doubled_fleet wrong_size leak halved migrating outage"
DATABASES = "wrong_size forgotten extended_support creep halved switched_off customers_leave"
CLUSTERS = "extended_support extended_support doubled_fleet forgotten switched_off"
TRAFFIC = "flood ddos retry_storm crawler leak creep outage customer_lost customers_leave decay"
STREAMS = "flood retry_storm debug_left_on leak upstream_broken silent decay lost_capacity"
LOGS = "debug_left_on debug_left_on runaway_loop flood leak upstream_broken silent decay"
JOBS = "backfill runaway_loop wrong_size leak creep flapping blocked upstream_broken silent pulled"
RUNS = "not_run not_run stopped charged_twice charged_twice wrong_size leaked_key"
FEES = "not_run stopped charged_twice price_rise"
PILES = "no_lifecycle no_lifecycle orphans backfill forgotten expiring expiring lost_capacity pulled"
OFFICE = "left_on left_on forgotten doubled_fleet leaked_key halved switched_off customers_leave"
COUNTED = "doubled_fleet orphans forgotten wrong_size price_rise halved pulled migrating expiring"
PORTS = "doubled_fleet forgotten halved pulled"
IDLE = "new_use new_use new_peak"
SPORADIC = "leaked_key wrong_size forgotten"
MODELS = "runaway_loop leaked_key debug_left_on leak creep customer_lost decay blocked"
CALLS = "flood crawler wrong_size customer_lost customers_leave outage blocked halved"
EDGES = "lapse lapse doubled_fleet leak forgotten lost_capacity migrating customers_leave"
CONTRACT = "ended ended halved doubled_fleet price_rise"
CREDITS = "lapse lapse leak forgotten halved"
