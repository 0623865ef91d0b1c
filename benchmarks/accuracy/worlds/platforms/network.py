"""Families of networks, security tooling and observability.

Knows how what every account shares is billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import COUNTED, FEES, IDLE, RUNS, STREAMS, TRAFFIC
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import Beat, Job
from benchmarks.accuracy.worlds.platforms.tariffs import (
    dearer_tier,
    few_machines,
    free_first,
    in_cents,
    tiered,
    with_fee,
)

FLAT = (0.0001, 0.002)
BY_DAY = (0.35, 0.75)
NIGHTLY_COPY = (("sundays", (0.2, 1.0)), ("month_end", (0.1, 0.5)))
LOGS = ("debug_left_on", "debug_left_on", *STREAMS)

NETWORK = (
    Family("tgw_attachments", Beat(sigma=FLAT, growth=(0.0, 0.001)), (30, 500), COUNTED, few_machines),
    Family("tgw_traffic", Beat(BY_DAY, sigma=(0.03, 0.08)), (40, 1500), TRAFFIC),
    Family(
        "dx_ports",
        Beat(sigma=FLAT, busy=0.3),
        (30, 400),
        ("pulled", "halved", "doubled_fleet", "price_rise"),
        few_machines,
    ),
    Family("dx_egress", Beat((0.6, 1.0), habits=NIGHTLY_COPY, sigma=(0.04, 0.1)), (30, 900), TRAFFIC),
    Family("nat_bytes", Beat(BY_DAY, sigma=(0.03, 0.1), busy=1.5), (40, 1800), ("flood", *TRAFFIC)),
    Family("nat_hours", Beat(sigma=FLAT), (15, 200), COUNTED, few_machines),
    Family("inter_zone", Beat((0.6, 0.9), sigma=(0.02, 0.07), growth=(0.0, 0.0015)), (40, 1800), TRAFFIC),
    Family("inter_region", Beat((0.7, 1.0), habits=NIGHTLY_COPY, sigma=(0.04, 0.1)), (30, 700), STREAMS),
    Family("egress_tiered", Beat((0.7, 1.2), sigma=(0.03, 0.1)), (60, 2500), ("flood", *TRAFFIC), tiered),
    Family(
        "egress_contract",
        Beat((0.7, 1.1), sigma=(0.03, 0.08)),
        (60, 1500),
        ("flood", "flood", *TRAFFIC),
        dearer_tier,
    ),
    Family("cdn", Beat((0.8, 1.4), noise="wander", sigma=(0.04, 0.12)), (40, 1500), TRAFFIC, tiered),
    Family("cdn_free_first", Beat((0.8, 1.3), sigma=(0.04, 0.12)), (30, 500), TRAFFIC, free_first),
    Family("load_balancers", Beat((0.85, 1.0), sigma=(0.005, 0.02)), (30, 600), (*COUNTED, "ddos"), with_fee),
    Family("vpc_endpoints", Beat(sigma=FLAT, growth=(0.0, 0.001)), (30, 500), COUNTED, few_machines),
    Family("public_addresses", Beat(sigma=FLAT), (15, 250), COUNTED, few_machines),
    Family("network_firewall", Beat((0.7, 0.9), sigma=(0.01, 0.04)), (40, 700), TRAFFIC, with_fee),
    Family("global_accelerator", Beat((0.7, 1.1), sigma=(0.03, 0.09)), (20, 300), TRAFFIC, with_fee),
    Family(
        "resolver_queries",
        Beat(BY_DAY, noise="counts", sigma=(0.03, 0.08)),
        (20, 200),
        ("runaway_loop", *TRAFFIC),
        tiered,
    ),
    Family("guardduty", Beat((0.7, 0.95), sigma=(0.02, 0.06)), (40, 1200), LOGS, tiered),
    Family(
        "security_checks",
        Beat(sigma=(0.004, 0.02), growth=(0.0, 0.0015)),
        (30, 400),
        (*COUNTED, "silent"),
        tiered,
    ),
    Family(
        "inspector",
        Beat(habits=(("wednesdays", (0.1, 0.9)),), sigma=(0.01, 0.06)),
        (20, 300),
        (*COUNTED, "silent"),
    ),
    Family(
        "config_items",
        Beat((0.3, 0.7), noise="heavy", sigma=(0.1, 0.25), busy=2.0),
        (20, 350),
        ("runaway_loop", *LOGS),
    ),
    Family("cloudtrail_data", Beat((0.6, 0.95), sigma=(0.04, 0.12)), (30, 900), LOGS),
    Family(
        "waf", Beat((0.7, 1.1), noise="heavy", sigma=(0.03, 0.1)), (20, 250), ("ddos", *TRAFFIC), with_fee
    ),
    Family(
        "shield_fee", Job("first", sigma=FLAT, late=0.0, again=0.0, growth=(0.0, 0.0)), (1000, 3000), FEES
    ),
    Family(
        "kms_requests",
        Beat((0.6, 0.95), sigma=(0.02, 0.07)),
        (15, 250),
        ("runaway_loop", *STREAMS),
        free_first,
    ),
    Family("secrets", Beat(sigma=FLAT, growth=(0.0, 0.0012)), (10, 90), (*COUNTED, "runaway_loop")),
    Family("logs_ingested", Beat((0.5, 0.9), sigma=(0.04, 0.12), busy=1.5), (40, 2500), LOGS),
    Family("logs_by_people", Beat((0.2, 0.5), noise="heavy", sigma=(0.06, 0.14)), (30, 600), LOGS, tiered),
    Family("metrics", Beat(sigma=(0.005, 0.02), growth=(0.0, 0.0015)), (30, 900), (*LOGS, "orphans"), tiered),
    Family("traces", Beat(BY_DAY, noise="counts", sigma=(0.04, 0.1)), (15, 300), LOGS, free_first),
    Family("siem_feed", Beat((0.6, 0.95), growth=(0.0, 0.0025)), (60, 1800), LOGS),
    Family("pen_tests", Job("tenth_workday", (0.0, 0.1), (0.1, 0.4)), (60, 400), RUNS),
    Family("second_region", Beat(noise="counts", sigma=(0.1, 0.3)), (0.5, 8.0), IDLE, in_cents),
    Family("third_region", Beat(noise="even", sigma=(0.02, 0.1)), (0.1, 3.0), IDLE, in_cents),
)
