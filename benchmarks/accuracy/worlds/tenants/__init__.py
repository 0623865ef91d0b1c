"""The world of tenants: small software companies with many little accounts of stages and customers.

Its author had not seen the detector. Series are of 1 to 1,500 dollars a day, mostly of 3 to 300, and many are
restless, intermittent or young. Incidents befall usage and reach the bill through prices; one rule says
which of them are told. Knows how such bills live; must not know any detector.
"""

from benchmarks.accuracy.worlds.tenants.world import tenants

__all__ = ["tenants"]
