"""Families of functions, tokens, builds, pipelines and watching.

Knows what small software companies run; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.tenants.dated import (
    job_each_week,
    job_on,
    month_days,
    nth_job,
    only_on,
    quarter_ends,
    release_train,
)
from benchmarks.accuracy.worlds.tenants.family import Family
from benchmarks.accuracy.worlds.tenants.noise import even, grainy, heavy, restless, skewed, sticky
from benchmarks.accuracy.worlds.tenants.scene import times
from benchmarks.accuracy.worlds.tenants.sporadic import (
    bumpy,
    experiments,
    handful,
    projects,
    some_days,
    visits,
)
from benchmarks.accuracy.worlds.tenants.steady import (
    audience,
    capacity,
    flat,
    growing,
    office,
    staircase,
    walk,
)
from benchmarks.accuracy.worlds.tenants.tariffs import per_month, tiers, with_base, with_fee

FREE_FIRST = tiers((0, 0), (0.35, 1.5))
"""A free part of each month, used up after a third of it."""
WORKDAYS, ALL_DAYS = (0, 1, 2, 3, 4), tuple(range(7))
SOFTWARE = (
    Family("functions_small", (1, 30), office(0.3, 0.9), "functions", grainy(4, 40), young=0.3),
    Family("functions_free", (3, 60), office(0.4, 1), "functions", even(0.05, 0.2), FREE_FIRST),
    Family("functions_api", (5, 300), audience(-0.4, 0.15), "functions", restless(0.04, 0.15)),
    Family("workflows", (3, 80), job_on(*ALL_DAYS), "jobs", grainy(10, 60)),
    Family("queues", (2, 50), times(office(0.4, 0.9), bumpy(15, 0.5, 2)), "functions", heavy(0.05, 0.2)),
    Family("events", (2, 40), walk(0.1, 0.3), "functions", restless(0.05, 0.25), young=0.2),
    Family(
        "api_gateway", (3, 160), office(0.4, 1), "traffic", sticky(0.05, 0.15), tiers((0, 1.05), (0.7, 0.9))
    ),
    Family("stream_shards", (5, 160), capacity(4, 12), "standing", even(0.004, 0.03), regular=True),
    Family("sign_ins", (3, 60), audience(-0.5, 0.1), "traffic", even(0.04, 0.12), FREE_FIRST),
    Family("text_messages", (3, 120), some_days(0.5, 0.95, spread=0.6), "functions", grainy(5, 30)),
    Family("newsletters", (4, 90), nth_job(1, 3), "rare_jobs", even(0.05, 0.2), lively=0.4),
    Family(
        "tokens_product",
        (5, 700),
        times(office(0.3, 0.8), growing(-0.001, 0.006)),
        "tokens",
        heavy(0.06, 0.2),
    ),
    Family("tokens_audience", (5, 400), audience(0.3, 0.1), "tokens", sticky(0.08, 0.3), young=0.3),
    Family("tokens_dev", (3, 120), experiments(0.8, 6), "tokens", young=0.35),
    Family("tokens_batch", (5, 200), job_each_week, "jobs", skewed(0.1, 0.3), young=0.2),
    Family("tokens_nightly", (4, 150), job_on(*WORKDAYS), "jobs", skewed(0.08, 0.3), young=0.2),
    Family("tokens_customers", (10, 500), handful(3, 8), "tokens", heavy(0.08, 0.2), young=0.2),
    Family("embeddings", (4, 150), visits(9), "trying", skewed(0.3, 0.8), lively=0, young=0.3),
    Family("coding_agents", (10, 500), times(office(0.03, 0.3), walk(0.08, 0.25)), "tokens", heavy(0.1, 0.3)),
    Family("provisioned_model", (20, 500), capacity(5, 12), "standing", even(0.001, 0.01), young=0.3),
    Family(
        "notebooks", (3, 90), times(office(0, 0.2), projects(10, 4, idle=0.1)), "timetable", even(0.05, 0.2)
    ),
    Family("training", (10, 400), projects(3, 7), "trying", skewed(0.2, 0.5), lively=0.3, young=0.25),
    Family("inference", (8, 250), times(capacity(5, 10), audience(-0.2, 0.05)), "compute", young=0.25),
    Family("labelling", (5, 90), projects(12, 20), "trying", grainy(4, 15), young=0.4),
    Family("builds", (5, 300), times(office(0.05, 0.3), release_train), "jobs", skewed(0.1, 0.3)),
    Family("build_runners", (5, 250), office(0.1, 0.4), "compute", heavy(0.1, 0.3), young=0.2),
    Family("device_farm", (4, 90), some_days(0.2, 0.5), "trying", grainy(2, 8), young=0.2),
    Family("load_tests", (10, 300), visits(14, longest=2), "trying", skewed(0.2, 0.5), lively=0),
    Family("previews", (3, 80), office(0.2, 0.6), "timetable", grainy(3, 15), young=0.2),
    Family("nightly_load", (5, 200), job_on(*ALL_DAYS), "jobs", even(0.03, 0.12)),
    Family("weekly_report", (5, 200), job_each_week, "rare_jobs", even(0.04, 0.15), lively=0.5),
    Family("patch_tuesday", (8, 150), nth_job(2), "rare_jobs", even(0.05, 0.15), lively=0.3, young=0),
    Family("crawlers", (2, 60), job_on(*WORKDAYS, 5), "jobs", grainy(5, 30)),
    Family("ad_hoc_queries", (3, 150), experiments(1.5, 12), "jobs"),
    Family("warehouse", (10, 400), times(office(0.1, 0.5), month_days(1, 2, 0)), "jobs", skewed(0.08, 0.25)),
    Family("month_close", (10, 300), only_on(0, 1, 2), "rare_jobs", even(0.05, 0.2), lively=0.3, young=0),
    Family("pay_run", (5, 150), month_days(15, 0), "compute", even(0.03, 0.1)),
    Family("quarter_reports", (4, 120), times(office(0.5, 0.8), quarter_ends), "compute", heavy(0.04, 0.12)),
    Family("ingest", (10, 300), audience(-0.4, 0.1), "functions", sticky(0.04, 0.12), regular=True),
    Family("spark_jobs", (6, 250), times(office(0.3, 0.9), bumpy(8, 0.4, 1.5)), "jobs", skewed(0.1, 0.35)),
    Family("file_syncs", (2, 50), visits(5), "jobs", grainy(3, 10), lively=0.4),
    Family("logs", (5, 250), office(0.5, 0.9), "watch", sticky(0.04, 0.15)),
    Family("logs_chatty", (3, 90), bumpy(10, 0.4, 2), "watch", restless(0.06, 0.25)),
    Family("metrics", (3, 120), staircase(0.02, 0.1), "watch", even(0.005, 0.03), per_month, regular=True),
    Family("traces", (2, 60), office(0.3, 0.8), "watch", grainy(6, 40), young=0.2),
    Family("scans", (4, 90), times(flat, job_each_week), "rare_jobs", even(0.03, 0.1), with_base(0.2, 0.5)),
    Family("rules_checked", (2, 50), experiments(3, 20), "watch", price=with_base(0.1, 0.4)),
    Family("threat_watch", (3, 90), office(0.7, 1), "watch", even(0.02, 0.08), tiers((0, 1.2), (0.5, 0.7))),
    Family("trail", (2, 40), office(0.5, 0.9), "watch", heavy(0.05, 0.2), with_fee(0.5, 6), 0.8),
)
