"""Families of customers' accounts, sandboxes and dues.

Knows who uses small accounts, and what is paid by contract; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.tenants.dated import (
    anniversary,
    job_each_week,
    match_nights,
    month_days,
    only_on,
)
from benchmarks.accuracy.worlds.tenants.family import Family
from benchmarks.accuracy.worlds.tenants.noise import even, grainy, heavy, restless, skewed, sticky
from benchmarks.accuracy.worlds.tenants.scene import times
from benchmarks.accuracy.worlds.tenants.sporadic import experiments, handful, projects, some_days, visits
from benchmarks.accuracy.worlds.tenants.steady import (
    audience,
    flat,
    growing,
    office,
    sales,
    staircase,
    terms,
    walk,
)
from benchmarks.accuracy.worlds.tenants.tariffs import in_units, per_month, with_base

EXACT = even(1e-7, 1e-6)
"""Not a cent more or less."""
NEARLY = even(0.001, 0.03)
CUSTOMERS = (
    Family("customer_office", (3, 120), times(office(0.2, 0.8), walk(0.04, 0.15)), "tenant", young=0.3),
    Family(
        "customer_new",
        (3, 150),
        times(office(0.3, 0.9), growing(0, 0.008)),
        "tenant",
        heavy(0.05, 0.2),
        young=0.75,
    ),
    Family("customer_trial", (1, 25), projects(8, 15), "trying", skewed(0.2, 0.5), young=0.6),
    Family("customer_shop", (8, 300), sales, "tenant", sticky(0.04, 0.12)),
    Family("customer_school", (4, 120), terms, "tenant", even(0.04, 0.12)),
    Family(
        "customer_game", (5, 350), times(audience(0.6, 0.1), walk(0.06, 0.2)), "tenant", restless(0.05, 0.15)
    ),
    Family("customer_matches", (5, 200), match_nights, "tenant", skewed(0.05, 0.2)),
    Family(
        "customer_pay", (4, 120), times(office(0.3, 0.7), month_days(15, 0, -1)), "tenant", even(0.04, 0.12)
    ),
    Family("customer_tiny", (0.5, 8), office(0.3, 1), "tenant", grainy(3, 20), young=0.3),
    Family("customer_dedicated", (10, 300), staircase(0.02, 0.08), "standing", even(0.005, 0.03), young=0.25),
    Family("customer_uploads", (3, 100), experiments(2, 15), "tenant", young=0.2),
    Family("customers_shared", (20, 900), handful(5, 12), "tenant", sticky(0.03, 0.1)),
    Family("sandbox", (2, 60), some_days(0.15, 0.6, spread=0.7), "trying", lively=0.3, young=0.4),
    Family("workshops", (10, 200), visits(24, longest=2), "trying", skewed(0.2, 0.5), lively=0, young=0.3),
    Family(
        "prototype", (2, 80), times(projects(15, 10), growing(0, 0.006)), "trying", heavy(0.1, 0.3), young=0.5
    ),
    Family("demo_accounts", (2, 40), experiments(0.4, 2), "trying", young=0.3),
    Family(
        "test_machines",
        (3, 90),
        times(office(0, 0.15), projects(9, 5)),
        "timetable",
        grainy(3, 12),
        young=0.25,
    ),
    Family("support_fee", (30, 900), only_on(1), "dues", NEARLY, lively=0, young=0.1),
    Family("market_month", (20, 600), anniversary, "dues", EXACT, lively=0, young=0.1),
    Family("data_feed", (15, 300), only_on(1, 15), "dues", NEARLY, lively=0, young=0.1),
    Family("seats_week", (15, 250), job_each_week, "dues", EXACT, in_units(3, 30), 0, 0.1),
    Family("tax", (20, 500), only_on(0), "dues", even(0.03, 0.1), lively=0, young=0),
    Family("licence_days", (4, 120), flat, "seats", EXACT, per_month, 0, 0.25),
    Family("desktops", (5, 150), staircase(0.02, 0.08), "seats", EXACT, in_units(10, 40), 0, regular=True),
    Family("line", (5, 120), flat, "seats", NEARLY, with_base(0.7, 1.0), 0, regular=True),
    Family("commitment_fee", (10, 400), flat, "seats", EXACT, lively=0, young=0.15, regular=True),
)
