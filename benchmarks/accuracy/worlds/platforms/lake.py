"""Families of data lakes, warehouses, streams, machine learning, storage and backup.

Knows how shared data is billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import (
    COUNTED,
    IDLE,
    JOBS,
    MODELS,
    PILES,
    PORTS,
    RUNS,
    SPORADIC,
    STREAMS,
    TRAFFIC,
)
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import CALM, LOUD, SOME, Beat, Bursts, Job, Pile
from benchmarks.accuracy.worlds.platforms.tariffs import (
    few_machines,
    machines,
    stock,
    tiered,
    with_fee,
)

CLOSE = (("close", (0.15, 0.8)), ("quarter_close", (0.1, 0.6)))
SUNDAYS = (("sundays", (0.3, 2.0)),)
BY_DAY = (0.5, 0.9)

LAKE = (
    Family("redshift_cluster", Beat(sigma=CALM), (80, 3000), f"{COUNTED} wrong_size", few_machines),
    Family("redshift_serverless", Beat((0.2, 0.6), habits=CLOSE, sigma=LOUD), (50, 1500), JOBS),
    Family("redshift_bursts", Job("close", (0.05, 0.2), (0.1, 0.3)), (40, 500), RUNS),
    Family("snowflake", Beat((0.4, 0.8), habits=CLOSE, sigma=SOME), (100, 4000), JOBS),
    Family("databricks", Beat((0.5, 0.9), habits=SUNDAYS, sigma=LOUD), (80, 3000), JOBS, machines),
    Family("emr_nightly", Job("nightly", sigma=(0.05, 0.18)), (40, 1800), JOBS),
    Family("emr_month_close", Job("close", (0.0, 0.05), (0.05, 0.2)), (100, 1500), RUNS),
    Family("glue_catalog_crawls", Job("twice_a_week", (0.05, 0.3)), (30, 250), RUNS),
    Family("athena_scans", Beat((0.1, 0.4), noise="skewed", sigma=(0.15, 0.3)), (20, 400), JOBS),
    Family("lake_storage", Pile(), (60, 4000), PILES, stock),
    Family("lake_requests", Beat((0.6, 1.0), sigma=LOUD, busy=1.6), (30, 700), STREAMS, tiered),
    Family("archive", Pile((0.0002, 0.0012), sigma=CALM), (30, 900), PILES, stock),
    Family("kinesis", Beat((0.8, 1.0), sigma=CALM), (30, 600), STREAMS, machines),
    Family("quicksight", Beat((0.3, 0.6), habits=CLOSE, summer=(0.0, 0.25)), (30, 400), STREAMS, with_fee),
    Family("backup_vault", Pile((0.0, 0.0015), (0.02, 0.15)), (60, 2500), PILES, stock),
    Family("dr_copies", Beat(habits=SUNDAYS, sigma=LOUD), (30, 700), STREAMS),
    Family("dr_drill", Job("quarter_drill", (0.1, 0.3)), (100, 900), "forgotten wrong_size"),
    Family("snapshots", Pile((0.0003, 0.002), (0.0, 0.08)), (30, 900), f"{PILES} orphans", stock),
    Family("ebs_volumes", Pile((0.0, 0.001)), (50, 2000), f"{PILES} orphans orphans", stock),
    Family("macie_scans", Job("first_workday", (0.02, 0.1)), (120, 900), RUNS),
    Family("training_sporadic", Bursts((6, 20), (2, 7), (0.4, 0.9)), (100, 2500), SPORADIC),
    Family("training_weekly", Job("wednesdays", (0.02, 0.2)), (80, 1500), RUNS),
    Family("inference_endpoints", Beat(sigma=CALM), (60, 3000), f"{COUNTED} wrong_size", few_machines),
    Family("inference_scaled", Beat(BY_DAY, sigma=SOME), (50, 1500), f"{TRAFFIC} doubled_fleet", machines),
    Family("tokens", Beat((0.2, 0.6), growth=(0.0005, 0.004), sigma=LOUD), (30, 2000), MODELS),
    Family("token_batches", Bursts((2, 6), (1, 2), (0.2, 0.6)), (30, 500), SPORADIC),
    Family("provisioned_model", Beat(sigma=CALM, busy=0.2), (400, 3000), PORTS, few_machines),
    Family("pilot_service", Beat(noise="skewed", sigma=(0.1, 0.3)), (0.3, 8.0), IDLE),
)
