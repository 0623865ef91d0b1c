"""Families of what people and clocks start, of what is stored, and of what watches it.

Knows what may happen to each and where it is; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.businesses import (
    shapes_jobs,
    shapes_management,
    shapes_people,
    shapes_stores,
)
from benchmarks.accuracy.worlds.businesses.family import OF_JOBS, OF_REQUESTS, Family

PEOPLE = (
    Family(
        shapes_people.gpu_training_campaigns,
        {
            **{"scan": 3, "forgot": 2, "backfill": 1.5, "gone": 0.3, "born": 0.5, "stop": 0.5},
            **{"drift_comp": 0.5, "dup": 0.8},
        },
        accounts=("ml",),
        trades=("ai", "adtech", "game", "media", "health"),
    ),
    Family(
        shapes_people.gpu_capacity_block,
        {"forgot": 3, "missing": 0.2, "born": 0.5, "gone": 0.7},
        accounts=("ml",),
        share=0.7,
        trades=("ai", "media", "health", "adtech"),
    ),
    Family(
        shapes_people.sagemaker_notebooks,
        {"forgot": 5, "scan": 1, "gone": 0.5, "drift_stair": 0.4, "cust_up": 0.7},
        accounts=("ml",),
        trades=("ai", "saas", "fintech", "health", "adtech"),
    ),
    Family(
        shapes_people.bedrock_tokens,
        {
            **{"recursion": 1.5, "scan": 2, "surge": 2, "cust_up": 2.5, "drift_comp": 1.5},
            **{"cust_down": 1, "born": 1.5},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_people.hpc_sporadic,
        {"scan": 1, "forgot": 4, "backfill": 1},
        accounts=("research",),
        share=0.6,
        trades=("health", "iot", "ai", "edu", "media", "fintech"),
    ),
    Family(
        shapes_people.athena_scans,
        {"scan": 5, "dup": 1.5, "cust_up": 1.5, "drift_comp": 1, "backfill": 1.5},
        accounts=("data",),
    ),
    Family(
        shapes_people.people_sandbox,
        {"forgot": 5, "scan": 2, "gone": 0.6, "minraise": 1},
        accounts=("sandbox",),
    ),
    Family(
        shapes_people.vod_transcoding,
        {
            **{"backfill": 3, "scan": 1.5, "dup": 1.5, "recursion": 1.5, "cust_up": 1},
            **{"stop": 1},
        },
        serves=True,
        trades=("media", "edu", "agency", "retail"),
    ),
)
JOBS = (
    Family(
        shapes_jobs.cron_fleet,
        {
            **{"recursion": 1.5, "dup": 2, "stop": 2, "retry": 2, "gone": 0.5},
            **{"drift_comp": 0.5, "forgot": 1},
        },
        accounts=("data",),
    ),
    Family(shapes_jobs.emr_weekly_batch, OF_JOBS, accounts=("data",)),
    Family(
        shapes_jobs.midnight_utc_job,
        {"backfill": 2, "dup": 2, "stop": 2, "retry": 2, "drift_comp": 1, "forgot": 2},
        accounts=("data",),
    ),
    Family(shapes_jobs.glue_etl_nightly, OF_JOBS, serves=True, accounts=("data",)),
    Family(
        shapes_jobs.data_pipeline_backfills,
        {
            **{"stop": 2.5, "dup": 2.5, "drift_comp": 1, "rightsize": 1.5, "cust_up": 1.5},
            **{"missing": 1, "backfill": 1},
        },
        accounts=("data",),
    ),
    Family(
        shapes_jobs.payroll_batch,
        {"forgot": 4, "dup": 2, "backfill": 2, "recursion": 1},
        trades=("fintech", "saas", "agency"),
    ),
    Family(
        shapes_jobs.crawler_scraping_jobs,
        {"stop": 2.5, "dup": 2, "retry": 2, "surge": 1.5, "forgot": 2, "drift_comp": 1},
        accounts=("data",),
        trades=("ai", "adtech", "travel", "retail"),
    ),
)
STORES = (
    Family(
        shapes_stores.s3_storage_lifecycle,
        {
            **{"drift_lin": 2.5, "drift_comp": 1.5, "dup": 1, "rightsize": 1.3, "gone": 0.5},
            **{"born": 0.6, "backfill": 0.3, "missing": 0.3, "minraise": 0.6},
        },
        regular=True,
        accounts=("data", "prod1", "backup"),
    ),
    Family(
        shapes_stores.s3_requests,
        {**OF_REQUESTS, "scan": 1.5, "recursion": 1},
        serves=True,
        regular=True,
    ),
    Family(
        shapes_stores.ebs_volumes,
        {
            **{"drift_stair": 3, "minraise": 2, "forgot": 2, "rightsize": 2, "gone": 0.6},
            **{"born": 0.8, "drift_lin": 1.5, "price_up": 0.3},
        },
        regular=True,
        accounts=("prod1", "dev", "shared"),
    ),
    Family(
        shapes_stores.ebs_snapshots_retention,
        {
            **{"drift_comp": 4, "drift_lin": 2, "backup_off": 2.5, "rightsize": 1.2},
            **{"dup": 0.8, "gone": 0.4},
        },
        regular=True,
        accounts=("backup",),
    ),
    Family(
        shapes_stores.backup_vault_staircase,
        {
            **{"backup_off": 4, "drift_lin": 2, "drift_stair": 1.5, "dup": 1.5, "gone": 0.6},
            **{"rightsize": 1, "missing": 0.5},
        },
        regular=True,
        accounts=("backup",),
    ),
    Family(
        shapes_stores.glacier_archive,
        {"scan": 3, "drift_lin": 1.5, "gone": 0.5, "backfill": 1, "dup": 0.7},
        accounts=("backup",),
    ),
    Family(
        shapes_stores.efs_home_dirs,
        {
            **{"drift_comp": 2.5, "drift_lin": 2, "scan": 1, "minraise": 1.5, "rightsize": 1},
            **{"gone": 0.4},
        },
        regular=True,
        accounts=("research",),
    ),
    Family(
        shapes_stores.ecr_images,
        {"drift_comp": 2, "drift_lin": 2, "rightsize": 1},
        regular=True,
        accounts=("dev",),
    ),
    Family(
        shapes_stores.dr_standby_drills,
        {
            **{"forgot": 4, "minraise": 2, "rightsize": 1.5, "gone": 1, "dup": 1},
            **{"drift_lin": 1},
        },
        accounts=("dr",),
    ),
)
MANAGEMENT = (
    Family(
        shapes_management.cloudwatch_logs_ingest,
        {
            **{"flood": 6, "retry": 1, "cust_up": 1, "rightsize": 1.5, "outage": 1},
            **{"partial": 0.6, "drift_comp": 1},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_management.cloudwatch_metrics,
        {
            **{"drift_comp": 3, "drift_stair": 2, "dup": 2, "minraise": 2, "rightsize": 1.5},
            **{"gone": 0.3},
        },
        regular=True,
    ),
    Family(
        shapes_management.xray_trail_events,
        {"flood": 4, "recursion": 1.5, "dup": 2, "outage": 1, "rightsize": 1},
        serves=True,
        regular=True,
    ),
    Family(
        shapes_management.kms_secrets_counts,
        {"drift_stair": 1, "dup": 1.5, "recursion": 2, "drift_comp": 1},
        regular=True,
        accounts=("security",),
    ),
    Family(
        shapes_management.security_config_events,
        {
            **{"flood": 3, "dup": 1.5, "cust_up": 1.5, "rightsize": 1.5, "recursion": 1.5},
            **{"born": 1.2, "drift_stair": 1},
        },
        accounts=("security",),
    ),
    Family(
        shapes_management.sns_sms_email,
        {
            **{"surge": 4, "recursion": 1.5, "retry": 2, "outage": 1, "cust_up": 1, "stop": 1},
            **{"price_up": 0.7},
        },
        serves=True,
    ),
    Family(shapes_management.unused_region, {}, accounts=("prod1", "dev", "sandbox")),
    Family(
        shapes_management.tiny_residual,
        {"dup": 1, "surge": 1, "gone": 1, "drift_comp": 1, "recursion": 1.5},
        share=0.5,
    ),
)
