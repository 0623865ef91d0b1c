"""What makes a bill fall: customers who leave, savings, outages, jobs that stop, bills that do not come.

Knows how large such things are and how long they last; must not know any detector.
"""

from __future__ import annotations

import numpy as np

from benchmarks.accuracy.worlds.businesses.incident import Incident
from benchmarks.accuracy.worlds.businesses.moment import Moment


def cust_down(moment: Moment) -> Incident:
    """A customer who leaves, at once or within days."""
    return _smaller(moment)


def rightsize(moment: Moment) -> Incident:
    """Machines that are made as small as they need be."""
    return _smaller(moment)


def _smaller(moment: Moment) -> Incident:
    on = moment.for_days(moment.n_days, mounting=moment.one_of((1, 1, 2, 3, 5)))
    return Incident(*moment.span("step_down", on), times=1 - moment.uniform(0.27, 0.8) * on)


def backup_off(moment: Moment) -> Incident:
    """Copies that are no longer made, and vanish as they grow old."""
    on = moment.mounting(moment.one_of((1, 7, 14, 30)))
    return Incident(*moment.span("step_down", on), times=1 - moment.uniform(0.5, 0.97) * on)


def sp_buy(moment: Moment) -> Incident:
    """A commitment that makes it cheaper."""
    on = moment.from_now_on()
    return Incident(*moment.span("step_down", on), times=1 - moment.uniform(0.2, 0.55) * on, on_bill=True)


def outage(moment: Moment) -> Incident:
    """A day or two of little or nothing, at times with more on the day after."""
    length, lost = moment.one_of((1, 1, 1, 2)), np.zeros(moment.n_days)
    end = min(moment.n_days, moment.start + length)
    lost[moment.start : end] = moment.rng.uniform(0.28, 1, end - moment.start)
    times = 1 - lost
    if moment.chance(0.4):
        times[end : end + 1] *= moment.uniform(1.02, 1.15)
    return Incident(*moment.span("drop", lost), times=times)


def shared_outage(moment: Moment, length: int, severity: float) -> Incident:
    """The same for all that hangs on what is out."""
    on = moment.from_now_on() - (moment.since >= length)
    return Incident(*moment.span("drop", on), times=1 - severity * on)


def partial(moment: Moment) -> Incident:
    """Two to eleven days of less."""
    on = moment.for_days(moment.whole(2, 11))
    return Incident(*moment.span("drop", on), times=1 - moment.uniform(0.28, 0.8) * on)


def stop(moment: Moment) -> Incident:
    """A job that stands still for two to fourteen days."""
    on = moment.for_days(moment.whole(2, 14))
    return Incident(*moment.span("drop", on), times=1 - moment.uniform(0.75, 1) * on)


def missing(moment: Moment) -> Incident:
    """Nothing on the bill for one to five days."""
    return unbilled(moment, moment.one_of((1, 1, 2, 3, 5)))


def unbilled(moment: Moment, length: int) -> Incident:
    """Nothing on the bill for so many days."""
    on = moment.from_now_on() - (moment.since >= length)
    return Incident(*moment.span("missing", on), times=1 - on, on_bill=True)


def gone(moment: Moment) -> Incident:
    """What is turned off for good, but for a part of its first day, and for some of next to nothing."""
    on = moment.from_now_on()
    on[moment.start] = moment.uniform(0.3, 1)
    times = 1 - on * moment.one_of((1, 1, 0.99, 0.97))
    return Incident(*moment.span("gone", on), times=times, on_bill=True)
