"""What makes a bill rise: rushes, retries, loops, great queries, what is forgotten, dearer prices.

Knows how large such things are and how long they last; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.moment import BRIEF, Moment


def retry(moment: Moment) -> Incident:
    """Clients that try again, for a day to four."""
    length = moment.one_of((1, 1, 1, 2, 2, 3, 4))
    on = moment.for_days(length, fading=moment.one_of((0, 0.3)))
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.33, 0.95, 5) * on)


def surge(moment: Moment) -> Incident:
    """A rush of customers that ebbs away."""
    length = moment.one_of((1, 1, 2, 2, 3, 4, 6))
    on = moment.for_days(length, fading=moment.one_of((0, 0.3, 0.5)))
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.33, 0.95, 7) * on)


def recursion(moment: Moment) -> Incident:
    """Something that calls itself, for a day to three."""
    length = moment.one_of((1, 1, 2, 3))
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), added=moment.magnitude(1.5, 60) * on)


def scan(moment: Moment) -> Incident:
    """Somebody asks for everything there is."""
    length = moment.one_of((1, 1, 1, 2))
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), added=moment.magnitude(1, 25) * on)


def flood(moment: Moment) -> Incident:
    """What is written down in too much detail, for up to 25 days."""
    length = int(moment.magnitude(1, 25))
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.35, 1.1, 8) * on)


def forgot(moment: Moment) -> Incident:
    """Something more that nobody switches off: whole machines where there are any."""
    length = moment.until_noticed() if moment.chance(0.7) else moment.whole(2, 7)
    on, unit = moment.for_days(length), moment.series.unit
    if unit:
        machines = moment.one_of((1, 1, 2, 2, 3, 4, 8))
        return Incident(*moment.rise(length, on), added=unit * machines * on, in_units=True)
    return Incident(*moment.rise(length, on), added=moment.size(0.3, 1.2, 6) * on)


def misroute(moment: Moment) -> Incident:
    """Traffic that takes the dear way, and takes long to be noticed."""
    length = 2 * moment.until_noticed()
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.3, 0.9, 4) * on)


def dup(moment: Moment) -> Incident:
    """What is done twice, or by a third or a half too often."""
    length = moment.until_noticed()
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), times=1 + moment.one_of((0.5, 1, 1, 1, 0.33)) * on)


def minraise(moment: Moment) -> Incident:
    """A minimum that is raised, for most of them for good."""
    length = moment.n_days if moment.chance(0.6) else moment.until_noticed() + 10
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.28, 0.8, 2.5) * on)


def backfill(moment: Moment) -> Incident:
    """A week at most of work that was left undone."""
    length = moment.whole(1, 7)
    on = moment.for_days(length)
    return Incident(*moment.rise(length, on), times=1 + moment.size(0.6, 2, 6) * on)


def cust_up(moment: Moment) -> Incident:
    """A customer who comes to stay, at once or within a week."""
    on = moment.for_days(moment.n_days, mounting=moment.one_of((1, 1, 2, 4, 7)))
    share = moment.size(0.28, 0.8, 2.5, common=0.75)
    return Incident(*moment.span("step_up", on), times=1 + share * on)


def ri_expire(moment: Moment) -> Incident:
    """Reservations that end."""
    return _dearer(moment, moment.uniform(0.22, 0.75))


def price_up(moment: Moment) -> Incident:
    """A price that is raised."""
    return _dearer(moment, moment.uniform(0.2, 0.8))


def _dearer(moment: Moment, share: float) -> Incident:
    on = moment.from_now_on()
    return Incident(*moment.span("step_up", on), times=1 + share * on, on_bill=True)


def weekend_on(moment: Moment) -> Incident | None:
    """What is not switched off; None where nothing ever is."""
    everywhen = moment.series.never_off
    if everywhen is None:
        return None
    length = moment.until_noticed()
    end = min(moment.n_days, moment.start + length)
    on = (moment.since >= 0) & (moment.since < end - moment.start)
    kind = "burst" if length <= BRIEF else "step_up"
    return Incident(kind, moment.start, end - 1, at_least=np.where(on, everywhen, -np.inf))


def born(moment: Moment) -> Incident:
    """What did not exist before, at once or within a week."""
    there = moment.mounting(moment.one_of((1, 1, 2, 3, 7)))
    return Incident(*moment.span("new", there), existing=there, on_bill=True)
