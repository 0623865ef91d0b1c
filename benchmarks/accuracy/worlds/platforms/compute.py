"""Families of clusters, machines, licensed databases and SAP.

Knows how shared compute is billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import COUNTED, DATABASES, MACHINES, OFFICE, TRAFFIC
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import Beat, Bursts, Job
from benchmarks.accuracy.worlds.platforms.tariffs import few_machines, in_cents, machines, with_fee

CALM = (0.0005, 0.004)
PATCHES = (("patch_tuesday", (0.05, 0.35)),)
CLOSE = (("close", (0.1, 0.5)), ("quarter_close", (0.05, 0.4)))
REST = (("year_end", (-0.35, -0.05)),)
BY_DAY = (0.5, 0.85)
"""Weekends of platforms that people use by day and machines by night."""

COMPUTE = (
    Family(
        "eks_nodes",
        Beat(BY_DAY, noise="wander", sigma=(0.02, 0.06), busy=1.4),
        (60, 3000),
        MACHINES,
        machines,
    ),
    Family("eks_system_nodes", Beat(sigma=CALM), (30, 400), (*COUNTED, "wrong_size"), few_machines),
    Family("eks_spot", Beat(BY_DAY, noise="wander", sigma=(0.06, 0.16)), (40, 1500), MACHINES),
    Family(
        "eks_control_planes",
        Beat(sigma=(0.0001, 0.001), busy=0.5),
        (12, 150),
        ("extended_support", "extended_support", "doubled_fleet", "forgotten", "switched_off"),
        few_machines,
    ),
    Family(
        "fargate_tenants", Beat((0.6, 0.95), growth=(0.0, 0.0025)), (30, 900), (*MACHINES, "customer_lost")
    ),
    Family(
        "karpenter", Beat(BY_DAY, noise="heavy", sigma=(0.05, 0.12), busy=2.0), (50, 2500), MACHINES, machines
    ),
    Family("ec2_fleet", Beat((0.8, 1.0), habits=PATCHES), (80, 5000), (*MACHINES, "switched_off"), machines),
    Family(
        "ec2_windows", Beat((0.85, 1.0), habits=PATCHES, sigma=(0.003, 0.02)), (40, 1200), MACHINES, machines
    ),
    Family("ci_runners", Beat((0.05, 0.25), habits=REST, sigma=(0.05, 0.15), busy=1.5), (30, 700), OFFICE),
    Family(
        "build_farm", Beat((0.1, 0.4), habits=REST, noise="skewed", sigma=(0.08, 0.15)), (30, 500), OFFICE
    ),
    Family("sap_hana", Beat(sigma=CALM, busy=0.5), (150, 3500), (*COUNTED, "wrong_size")),
    Family(
        "sap_app_servers",
        Beat((0.6, 0.95), habits=CLOSE, sigma=CALM),
        (60, 900),
        (*OFFICE, "outage"),
        machines,
    ),
    Family("sap_sandbox", Beat((0.02, 0.15), sigma=(0.01, 0.04)), (30, 500), OFFICE, machines),
    Family("sap_interfaces", Beat((0.3, 0.7), habits=CLOSE, sigma=(0.03, 0.08)), (20, 300), TRAFFIC),
    Family("oracle_rds", Beat(sigma=CALM, busy=0.6), (80, 2500), (*DATABASES, "price_rise")),
    Family("sqlserver_licences", Beat(sigma=CALM), (50, 1800), COUNTED, machines),
    Family("rds_fleet", Beat(sigma=(0.004, 0.02), growth=(0.0, 0.0015)), (40, 2200), DATABASES),
    Family(
        "aurora_io",
        Beat((0.4, 0.8), habits=CLOSE, sigma=(0.04, 0.1), busy=1.5),
        (30, 900),
        (*TRAFFIC, "backfill"),
    ),
    Family(
        "aurora_serverless", Beat(BY_DAY, noise="wander", sigma=(0.04, 0.12)), (30, 700), (*TRAFFIC, "halved")
    ),
    Family("dynamodb", Beat((0.7, 1.1), sigma=(0.03, 0.09)), (30, 1500), (*TRAFFIC, "runaway_loop")),
    Family("elasticache", Beat(sigma=CALM), (40, 900), COUNTED, few_machines),
    Family("opensearch", Beat(habits=(("second_tuesdays", (0.05, 0.4)),), sigma=CALM), (60, 1500), COUNTED),
    Family("neptune_graph", Beat((0.9, 1.0), sigma=(0.005, 0.03)), (30, 500), DATABASES, with_fee),
    Family("workspaces", Beat((0.25, 0.5), habits=REST, summer=(0.0, 0.3)), (40, 900), OFFICE, with_fee),
    Family("dev_accounts", Beat((0.2, 0.6), habits=REST, sigma=(0.06, 0.2), busy=2.0), (15, 250), OFFICE),
    Family("load_tests", Bursts((5, 14), (1, 3)), (40, 400), ("new_peak", "forgotten")),
    Family(
        "sandbox_accounts",
        Bursts((3, 9), (1, 5), share=(0.1, 0.4)),
        (15, 150),
        ("new_peak", "forgotten"),
        in_cents,
    ),
    Family(
        "tiny_services",
        Beat(noise="counts", sigma=(0.1, 0.4)),
        (0.2, 3.0),
        ("new_use", "leaked_key"),
        in_cents,
    ),
    Family(
        "mainframe_batch",
        Job("worknights", sigma=(0.03, 0.12)),
        (80, 900),
        ("backfill", "creep", "blocked", "pulled", "halved"),
    ),
)
