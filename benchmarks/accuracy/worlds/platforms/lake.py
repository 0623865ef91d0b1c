"""Families of data lakes, warehouses, streams, storage and backup.

Knows how shared data is billed; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.platforms.mishaps import COUNTED, JOBS, PILES, RUNS, SPORADIC, STREAMS
from benchmarks.accuracy.worlds.platforms.scene import Family
from benchmarks.accuracy.worlds.platforms.shapes import Beat, Bursts, Job, Pile
from benchmarks.accuracy.worlds.platforms.tariffs import (
    few_machines,
    free_first,
    machines,
    stock,
    tiered,
    with_fee,
)

NIGHT = (0.02, 0.1)
CLOSE = (("close", (0.15, 0.8)), ("quarter_close", (0.1, 0.6)))
FULL = (("sundays", (0.5, 3.0)),)
SMALL = (0.0005, 0.004)

LAKE = (
    Family(
        "redshift_cluster", Beat(sigma=SMALL), (80, 3000), (*COUNTED, "wrong_size", "halved"), few_machines
    ),
    Family("redshift_serverless", Beat((0.2, 0.6), habits=CLOSE, sigma=(0.05, 0.15)), (50, 1500), JOBS),
    Family("redshift_bursts", Job("close", (0.05, 0.2), (0.1, 0.3)), (40, 500), RUNS),
    Family("snowflake", Beat((0.4, 0.8), habits=CLOSE, sigma=(0.03, 0.1)), (100, 4000), JOBS),
    Family(
        "databricks",
        Beat((0.5, 0.9), habits=(("sundays", (0.3, 1.2)),), sigma=NIGHT),
        (80, 3000),
        JOBS,
        machines,
    ),
    Family("emr_nightly", Job("nightly", sigma=(0.05, 0.18)), (40, 1800), JOBS),
    Family("emr_worknights", Job("worknights", (0.02, 0.1)), (40, 1200), JOBS),
    Family("emr_month_close", Job("close", (0.0, 0.05), (0.05, 0.2)), (100, 1500), RUNS),
    Family("emr_weekly", Job("saturdays", (0.0, 0.1), late=0.06), (80, 900), RUNS),
    Family("emr_second_tuesdays", Job("second_tuesdays", (0.1, 0.4)), (80, 900), RUNS),
    Family("glue_etl", Beat((0.7, 1.0), noise="heavy", sigma=(0.04, 0.1), busy=1.5), (30, 800), JOBS),
    Family("glue_catalog_crawls", Job("twice_a_week", (0.05, 0.3)), (30, 250), RUNS),
    Family(
        "athena_scans",
        Beat((0.1, 0.4), noise="skewed", sigma=(0.15, 0.3)),
        (20, 400),
        ("runaway_loop", *JOBS),
    ),
    Family("athena_analysts", Beat((0.05, 0.2), noise="restless", sigma=(0.2, 0.4)), (20, 250), JOBS),
    Family("lake_storage", Pile(), (60, 4000), PILES, stock),
    Family("lake_storage_tiered", Pile((0.0002, 0.002)), (80, 3000), PILES),
    Family("lake_requests", Beat((0.6, 1.0), sigma=(0.04, 0.12), busy=1.6), (30, 700), STREAMS, tiered),
    Family("lake_versions", Pile((0.0, 0.001), (0.05, 0.3)), (30, 600), PILES, stock),
    Family("archive", Pile((0.0002, 0.0012), sigma=(0.0005, 0.002)), (30, 900), PILES, stock),
    Family("archive_retrievals", Bursts((8, 25), (1, 2)), (30, 300), SPORADIC),
    Family("kinesis", Beat((0.8, 1.0), sigma=(0.005, 0.02)), (30, 600), STREAMS, machines),
    Family("firehose", Beat((0.5, 0.9), growth=(0.0, 0.002)), (30, 700), STREAMS, tiered),
    Family("msk_brokers", Beat(sigma=SMALL), (60, 900), COUNTED, few_machines),
    Family("msk_storage", Pile((0.0, 0.001), (0.0, 0.1)), (30, 400), PILES, stock),
    Family(
        "dms_replication",
        Beat(sigma=(0.01, 0.05), busy=1.6),
        (30, 350),
        ("forgotten", "pulled", *STREAMS),
        machines,
    ),
    Family(
        "quicksight",
        Beat((0.3, 0.6), habits=CLOSE, summer=(0.0, 0.25)),
        (30, 400),
        ("wrong_size", *STREAMS),
        with_fee,
    ),
    Family("backup_vault", Pile((0.0, 0.0015), (0.02, 0.15)), (60, 2500), PILES, stock),
    Family("backup_vault_monthly", Pile((0.0, 0.001), (0.05, 0.35), "first"), (40, 900), PILES),
    Family("dr_copies", Beat(habits=FULL, sigma=(0.05, 0.15)), (30, 700), STREAMS),
    Family("dr_replication", Beat(sigma=SMALL), (30, 500), (*COUNTED, "pulled"), few_machines),
    Family("dr_drill", Job("quarter_drill", (0.1, 0.3)), (100, 900), ("forgotten", "wrong_size")),
    Family("snapshots", Pile((0.0003, 0.002), (0.0, 0.08)), (30, 900), (*PILES, "orphans"), stock),
    Family("ebs_volumes", Pile((0.0, 0.001)), (50, 2000), (*PILES, "orphans", "orphans"), stock),
    Family("fsx", Pile((0.0, 0.0012), sigma=(0.0002, 0.002)), (30, 700), PILES, stock),
    Family("efs", Pile((0.0, 0.002), (0.0, 0.2)), (30, 400), PILES),
    Family("macie_scans", Job("first_workday", (0.02, 0.1)), (120, 900), RUNS),
    Family(
        "data_shares", Beat((0.5, 0.9), noise="counts", sigma=(0.05, 0.12)), (20, 300), STREAMS, free_first
    ),
)
