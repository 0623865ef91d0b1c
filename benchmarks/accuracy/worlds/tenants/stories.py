"""What befalls an account: incidents with their course, their size and what they act on.

Knows causes of trouble; must not know any series, what is worth a label, or any detector.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.accuracy.worlds.tenants.profiles import (
    Course,
    burst,
    compounding,
    dwindling,
    fading,
    in_fits,
    lasting,
    once,
    piling,
    settling,
    swelling,
)

UP = frozenset({"spike", "step_up", "drift_up", "new"})


@dataclass(frozen=True, slots=True)
class Story:
    """An incident.

    Attributes:
        size: range of its size at full, as a share of the usual use; of the use itself for `follows`.
        acts: `follows` the use as a factor, `adds` round the clock, `fills` the days off like working days,
            or is on the `bill`, as a factor.
        healed: share of the cases in which a lasting one is put right within three to six weeks.
        relapse: share of the cases in which what was not done is made up for on the day after.
    """

    name: str
    kind: str
    course: Course
    size: tuple[float, float]
    acts: str = "follows"
    healed: float = 0.0
    relapse: float = 0.0


_ALL = (
    Story("leaked_key", "spike", burst(1, 5), (1.5, 12), "adds"),
    Story("runaway_loop", "spike", burst(1, 3), (0.5, 7)),
    Story("retry_storm", "spike", burst(1, 5), (0.3, 2.5)),
    Story("crawler", "spike", burst(2, 6), (0.4, 3), "adds"),
    Story("flood", "spike", fading, (0.8, 8), "adds"),
    Story("backfill", "spike", swelling, (0.5, 4), "adds"),
    Story("run_thrice", "spike", once, (0.8, 4)),
    Story("charged_twice", "spike", once, (0.9, 1.0), "bill"),
    Story("wrong_invoice", "spike", once, (0.3, 3), "bill"),
    Story("left_on_once", "spike", burst(2, 4), (1.0, 1.2), "fills"),
    Story("debug_logging", "step_up", settling, (0.35, 4), healed=0.4),
    Story("forgotten_machine", "step_up", lasting, (0.3, 3), "adds", healed=0.35),
    Story("wrong_size", "step_up", lasting, (0.3, 1.6), healed=0.25),
    Story("doubled_fleet", "step_up", lasting, (0.8, 1.1), healed=0.4),
    Story("commitment_lapsed", "step_up", lasting, (0.28, 0.6), "bill", healed=0.3),
    Story("credits_out", "step_up", lasting, (0.6, 9), "bill"),
    Story("dearer_model", "step_up", settling, (0.3, 4), healed=0.25),
    Story("crash_loop", "step_up", in_fits, (0.6, 4), "adds", healed=0.6),
    Story("chatty_release", "step_up", settling, (0.25, 1.5), healed=0.3),
    Story("no_timetable", "step_up", lasting, (0.9, 1.1), "fills", healed=0.4),
    Story("more_seats", "step_up", lasting, (0.25, 1.2), "bill"),
    Story("slow_leak", "drift_up", compounding(0.005, 0.04), (1, 1), healed=0.5),
    Story("orphans_pile_up", "drift_up", piling, (0.3, 3), "adds", healed=0.35),
    Story("no_lifecycle", "drift_up", piling, (0.3, 1.6)),
    Story("prompts_grow", "drift_up", compounding(0.008, 0.04), (1, 1), healed=0.3),
    Story("outage", "drop", burst(1, 4), (0.5, 1.0), relapse=0.25),
    Story("credentials_expired", "drop", burst(2, 8), (0.85, 1.0), relapse=0.4),
    Story("partner_down", "drop", burst(2, 9), (0.3, 0.8)),
    Story("capacity_halved", "step_down", lasting, (0.4, 0.6), healed=0.3),
    Story("too_small", "step_down", lasting, (0.25, 0.7), healed=0.3),
    Story("customer_lost", "step_down", settling, (0.25, 0.8)),
    Story("fewer_seats", "step_down", lasting, (0.25, 0.6), "bill"),
    Story("sends_nothing", "step_down", settling, (0.6, 0.95), healed=0.4),
    Story("customers_leave", "drift_down", dwindling(0.007, 0.04), (1, 1)),
    Story("moves_away", "drift_down", piling, (0.45, 0.95)),
    Story("switched_off", "gone", lasting, (0.97, 1.0)),
    Story("run_missing", "missing", once, (0.97, 1.0)),
    Story("charge_missing", "missing", once, (1.0, 1.0), "bill"),
)
STORIES = {story.name: story for story in _ALL}
SETS = {
    "compute": "leaked_key runaway_loop forgotten_machine wrong_size doubled_fleet slow_leak "
    "crash_loop outage partner_down capacity_halved too_small switched_off "
    "customers_leave moves_away",
    "committed": "commitment_lapsed commitment_lapsed doubled_fleet leaked_key forgotten_machine "
    "wrong_size slow_leak",
    "timetable": "no_timetable no_timetable left_on_once forgotten_machine wrong_size "
    "credentials_expired switched_off too_small moves_away",
    "standing": "forgotten_machine wrong_size doubled_fleet commitment_lapsed leaked_key "
    "orphans_pile_up too_small capacity_halved switched_off moves_away outage",
    "stock": "orphans_pile_up no_lifecycle no_lifecycle backfill forgotten_machine dearer_model "
    "switched_off customer_lost moves_away customers_leave",
    "traffic": "flood crawler retry_storm chatty_release chatty_release slow_leak partner_down "
    "customer_lost sends_nothing outage customers_leave",
    "functions": "runaway_loop runaway_loop retry_storm crawler crash_loop chatty_release slow_leak "
    "outage sends_nothing customer_lost switched_off customers_leave",
    "tokens": "runaway_loop leaked_key dearer_model dearer_model prompts_grow prompts_grow "
    "credits_out outage credentials_expired customer_lost switched_off customers_leave",
    "jobs": "run_thrice run_thrice backfill wrong_size dearer_model slow_leak crash_loop "
    "credentials_expired credentials_expired run_missing switched_off customer_lost",
    "rare_jobs": "run_thrice run_thrice forgotten_machine backfill run_missing run_missing",
    "watch": "debug_logging debug_logging retry_storm slow_leak no_lifecycle credits_out "
    "sends_nothing sends_nothing outage switched_off customers_leave",
    "trying": "leaked_key forgotten_machine runaway_loop crash_loop credits_out switched_off "
    "credentials_expired",
    "tenant": "crawler runaway_loop dearer_model chatty_release orphans_pile_up credits_out "
    "customer_lost customers_leave customers_leave switched_off partner_down outage",
    "dues": "charged_twice wrong_invoice charge_missing charge_missing",
    "seats": "more_seats more_seats charged_twice fewer_seats switched_off",
}
"""Names of the stories that befall what, some of them twice as often."""
