"""Families of machines, databases, storage and traffic.

Knows what stands and runs in small accounts; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.tenants.dated import fills_months, match_nights, month_days, sawtooth
from benchmarks.accuracy.worlds.tenants.family import Family
from benchmarks.accuracy.worlds.tenants.noise import even, grainy, heavy, restless, skewed, sticky
from benchmarks.accuracy.worlds.tenants.scene import times
from benchmarks.accuracy.worlds.tenants.sporadic import bumpy, handful, projects, some_days, visits
from benchmarks.accuracy.worlds.tenants.steady import (
    audience,
    capacity,
    flat,
    growing,
    office,
    staircase,
    switching,
    timetabled,
    walk,
)
from benchmarks.accuracy.worlds.tenants.tariffs import committed, in_units, per_month, tiers, with_base

STILL = even(0.001, 0.012)
MACHINES = (
    Family("web_fleet", (40, 1200), times(office(0.6, 0.9), capacity(6, 16)), "compute", regular=True),
    Family("spot_workers", (8, 250), times(office(0.5, 1), walk(0.08, 0.25)), "compute", heavy(0.08, 0.3)),
    Family("dev_box", (3, 60), office(0.05, 0.4), "timetable", heavy(0.03, 0.15), young=0.25),
    Family("staging_hours", (5, 120), timetabled(0.06), "timetable", even(0.02, 0.1)),
    Family("staging_loose", (5, 90), timetabled(0.3), "timetable", skewed(0.1, 0.4), young=0.2),
    Family("containers", (10, 400), times(office(0.7, 1), capacity(4, 14)), "compute", regular=True),
    Family("cluster_nodes", (30, 800), times(capacity(8, 25), switching(0.04, 0.2)), "compute", regular=True),
    Family("scaled_service", (8, 200), switching(0.2, 0.6), "compute", even(0.03, 0.1)),
    Family("committed_fleet", (50, 1500), office(0.5, 0.9), "committed", price=committed(0.5, 0.85), young=0),
    Family("reserved_nodes", (15, 400), flat, "committed", STILL, lively=0.3, young=0, regular=True),
    Family("gpu_box", (10, 300), projects(6, 5), "trying", skewed(0.1, 0.4), lively=0.5, young=0.3),
    Family("licensed_hours", (6, 120), office(0.2, 0.7), "timetable", price=in_units(6, 24)),
    Family("little_machines", (1, 15), flat, "standing", STILL, lively=0.6, regular=True),
    Family("balancers", (3, 60), staircase(0.03, 0.1), "standing", even(0.005, 0.04), regular=True),
    Family("small_database", (3, 90), flat, "standing", STILL, lively=0.5, young=0.2, regular=True),
    Family("tenant_databases", (20, 600), staircase(0.02, 0.08), "standing", STILL, regular=True),
    Family(
        "elastic_database",
        (5, 220),
        times(audience(-0.5, 0.2), walk(0.05, 0.15)),
        "compute",
        sticky(0.05, 0.2),
    ),
    Family("on_demand_tables", (3, 150), times(office(0.4, 0.9), growing(-0.001, 0.003)), "functions"),
    Family("cache_nodes", (5, 120), flat, "standing", STILL, price=in_units(3, 9), lively=0.4, regular=True),
    Family("search_nodes", (10, 250), capacity(6, 14), "standing", STILL, regular=True),
    Family("vector_store", (4, 120), growing(0, 0.004), "stock", sticky(0.03, 0.12), young=0.4),
    Family(
        "database_reads",
        (3, 130),
        times(office(0.4, 0.9), month_days(0, 1, wide=2)),
        "functions",
        heavy(0.05, 0.2),
    ),
    Family("backups", (3, 90), sawtooth, "stock", even(0.005, 0.03), per_month, regular=True),
    Family("snapshot_month", (3, 70), fills_months, "stock", even(0.01, 0.04), regular=True),
    Family("bucket", (3, 250), growing(0, 0.004), "stock", even(0.002, 0.015), per_month, regular=True),
    Family("bucket_requests", (2, 60), bumpy(12, 0.5, 3), "traffic", restless(0.08, 0.3)),
    Family("volumes", (5, 180), staircase(0.02, 0.1), "stock", STILL, per_month, regular=True),
    Family("image_registry", (2, 40), staircase(0.03, 0.1), "stock", even(0.002, 0.02), young=0.3),
    Family("archive_restores", (5, 120), visits(16), "trying", skewed(0.2, 0.6), lively=0, young=0.2),
    Family("shared_files", (4, 90), times(growing(0, 0.003), bumpy(20, 0.2, 0.8)), "stock", even(0.01, 0.06)),
    Family(
        "egress",
        (5, 400),
        audience(0.4, 0.2),
        "traffic",
        sticky(0.05, 0.2),
        tiers((0, 0), (0.1, 1), (1.4, 0.85)),
    ),
    Family("address_gateway", (5, 180), office(0.4, 0.9), "traffic", heavy(0.04, 0.18), with_base(0.1, 0.6)),
    Family(
        "content_network", (5, 300), match_nights, "traffic", restless(0.06, 0.2), tiers((0, 1.1), (0.6, 0.8))
    ),
    Family("between_zones", (3, 100), times(office(0.5, 1), walk(0.06, 0.2)), "traffic", restless(0.04, 0.2)),
    Family("private_links", (3, 40), flat, "standing", STILL, with_base(0.6, 0.95), lively=0.5),
    Family("transfer_jobs", (4, 90), some_days(0.15, 0.6), "trying", grainy(2, 9), lively=0.5, young=0.2),
    Family("shared_cluster", (20, 600), handful(3, 9), "tenant", even(0.02, 0.08)),
)
