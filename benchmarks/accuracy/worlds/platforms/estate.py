"""Families of clusters, machines, licensed databases, SAP, networks, security tooling and logs.

Knows how shared compute and networks are billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import (
    CLUSTERS,
    COUNTED,
    DATABASES,
    IDLE,
    LOGS,
    MACHINES,
    OFFICE,
    TRAFFIC,
)
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import CALM, LOUD, SOME, Beat, Job
from benchmarks.accuracy.worlds.platforms.tariffs import (
    dearer_tier,
    few_machines,
    machines,
    tiered,
    with_fee,
)

PATCHES = (("patch_tuesday", (0.05, 0.35)),)
CLOSE = (("close", (0.1, 0.5)), ("quarter_close", (0.05, 0.4)))
REST = (("year_end", (-0.35, -0.05)),)
SCANS = (("wednesdays", (0.1, 0.9)),)
BY_DAY = (0.5, 0.85)
"""Weekends of platforms that people use by day and machines by night."""

ESTATE = (
    Family("eks_nodes", Beat(BY_DAY, noise="wander", sigma=SOME, busy=1.4), (60, 3000), MACHINES, machines),
    Family("eks_spot", Beat(BY_DAY, noise="wander", sigma=LOUD), (40, 1500), MACHINES),
    Family("eks_control_planes", Beat(sigma=CALM, busy=0.5), (12, 150), CLUSTERS, few_machines),
    Family("fargate_tenants", Beat(BY_DAY, growth=(0.0, 0.0025)), (30, 900), f"{MACHINES} customer_lost"),
    Family("karpenter", Beat(BY_DAY, noise="heavy", sigma=LOUD), (50, 2500), MACHINES, machines),
    Family("ec2_fleet", Beat((0.8, 1.0), habits=PATCHES), (80, 5000), f"{MACHINES} switched_off", machines),
    Family("ci_runners", Beat((0.05, 0.25), habits=REST, sigma=LOUD, busy=1.5), (30, 700), OFFICE),
    Family("sap_hana", Beat(sigma=CALM, busy=0.5), (150, 3500), f"{COUNTED} wrong_size"),
    Family("oracle_rds", Beat(sigma=CALM, busy=0.6), (80, 2500), f"{DATABASES} price_rise"),
    Family("aurora_io", Beat((0.4, 0.8), habits=CLOSE, sigma=LOUD), (30, 900), f"{TRAFFIC} backfill"),
    Family("dynamodb", Beat((0.7, 1.1), sigma=SOME), (30, 1500), f"{TRAFFIC} runaway_loop"),
    Family("opensearch", Beat(habits=(("second_tuesdays", (0.05, 0.4)),), sigma=CALM), (60, 1500), COUNTED),
    Family("workspaces", Beat((0.25, 0.5), habits=REST, summer=(0.0, 0.3)), (40, 900), OFFICE, with_fee),
    Family("dev_accounts", Beat((0.2, 0.6), habits=REST, sigma=(0.06, 0.2), busy=2.0), (15, 250), OFFICE),
    Family("mainframe_batch", Job("worknights"), (80, 900), "backfill creep blocked pulled halved"),
    Family("tgw_traffic", Beat(BY_DAY, sigma=SOME), (40, 1500), TRAFFIC),
    Family("nat_bytes", Beat(BY_DAY, sigma=SOME, busy=1.5), (40, 1800), f"{TRAFFIC} flood"),
    Family("egress_tiered", Beat((0.7, 1.2), sigma=SOME), (60, 2500), f"{TRAFFIC} flood", tiered),
    Family("egress_contract", Beat(BY_DAY, sigma=SOME), (60, 1500), f"{TRAFFIC} flood", dearer_tier),
    Family("guardduty", Beat((0.7, 0.95), sigma=SOME), (40, 1200), LOGS, tiered),
    Family("inspector", Beat(habits=SCANS, sigma=SOME), (20, 300), f"{COUNTED} silent"),
    Family("config_items", Beat((0.3, 0.7), noise="heavy", sigma=(0.1, 0.25)), (20, 350), LOGS),
    Family("cloudtrail_data", Beat((0.6, 0.95), sigma=LOUD), (30, 900), LOGS),
    Family("logs_ingested", Beat((0.5, 0.9), sigma=LOUD, busy=1.5), (40, 2500), LOGS),
    Family("logs_by_people", Beat((0.2, 0.5), noise="heavy", sigma=LOUD), (30, 600), LOGS, tiered),
    Family("second_region", Beat(noise="counts", sigma=(0.1, 0.3)), (0.5, 12.0), IDLE),
)
