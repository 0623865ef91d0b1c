"""Which families of series accounts are made of, and how many of each.

Knows their shares and sizes; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.worlds.accounts import (
    shapes_beginnings,
    shapes_compute,
    shapes_fees,
    shapes_jobs,
    shapes_people,
    shapes_stores,
    shapes_traffic,
)
from benchmarks.accuracy.worlds.accounts.scene import Scene
from benchmarks.accuracy.worlds.accounts.series import Series
from benchmarks.accuracy.worlds.accounts.strokes import Rng


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of series.

    Attributes:
        weight: how often it is drawn.
        scale: how much of it there is in an account, relative to others.
        regular: billed every day without bursts; by itself it reaches twice what is usual on its weekday once
            a year, if ever.
    """

    shape: Callable[[Scene], Series]
    weight: float
    scale: float
    regular: bool = False

    @property
    def name(self) -> str:
        """What its series are called."""
        return self.shape.__name__


FAMILIES = (
    Family(shapes_compute.ec2_autoscaled_fleet, 6.0, scale=3.0, regular=True),
    Family(shapes_compute.ec2_steady, 5.0, scale=1.5, regular=True),
    Family(shapes_compute.ec2_on_demand_above_savings_plan, 4.0, scale=1.5),
    Family(shapes_compute.savings_plan_fee, 2.0, scale=4.0, regular=True),
    Family(shapes_compute.ec2_dev_weekdays, 4.0, scale=0.6),
    Family(shapes_compute.ec2_staging_off_at_night, 3.0, scale=0.6, regular=True),
    Family(shapes_jobs.ec2_spot_batch, 2.0, scale=1.2),
    Family(shapes_stores.ebs_volumes, 3.0, scale=0.6, regular=True),
    Family(shapes_stores.rds_instance, 4.0, scale=1.0, regular=True),
    Family(shapes_stores.aurora_serverless, 3.0, scale=1.0, regular=True),
    Family(shapes_stores.redshift_pause_resume, 2.0, scale=1.5),
    Family(shapes_stores.redshift_concurrency, 2.0, scale=3.0, regular=True),
    Family(shapes_jobs.emr_weekly, 3.0, scale=1.0),
    Family(shapes_jobs.emr_monthly, 2.0, scale=1.0),
    Family(shapes_jobs.emr_quarterly, 1.0, scale=1.5),
    Family(shapes_people.athena_adhoc, 3.0, scale=0.4),
    Family(shapes_jobs.glue_daily_jobs, 3.0, scale=0.7, regular=True),
    Family(shapes_people.sagemaker_notebooks, 2.0, scale=0.5),
    Family(shapes_jobs.sagemaker_training_bursts, 2.0, scale=2.0),
    Family(shapes_people.bedrock_tokens, 3.0, scale=0.8),
    Family(shapes_traffic.lambda_requests, 4.0, scale=0.5, regular=True),
    Family(shapes_fees.lambda_free_tier, 2.0, scale=0.1),
    Family(shapes_traffic.api_gateway, 3.0, scale=0.4, regular=True),
    Family(shapes_traffic.cloudfront, 3.0, scale=1.2),
    Family(shapes_traffic.data_transfer_out, 3.0, scale=0.8, regular=True),
    Family(shapes_traffic.nat_gateway, 3.0, scale=0.6, regular=True),
    Family(shapes_traffic.load_balancers, 2.0, scale=0.4, regular=True),
    Family(shapes_stores.s3_storage_lifecycle, 5.0, scale=1.0, regular=True),
    Family(shapes_traffic.s3_requests, 3.0, scale=0.3, regular=True),
    Family(shapes_jobs.glacier_restores, 1.5, scale=0.5),
    Family(shapes_traffic.dynamodb_on_demand, 3.0, scale=0.7, regular=True),
    Family(shapes_stores.dynamodb_provisioned, 2.0, scale=0.7, regular=True),
    Family(shapes_compute.kinesis_shards, 2.0, scale=0.6, regular=True),
    Family(shapes_compute.msk_brokers, 2.0, scale=1.2, regular=True),
    Family(shapes_compute.opensearch, 3.0, scale=1.0, regular=True),
    Family(shapes_traffic.cloudwatch_logs, 4.0, scale=0.6, regular=True),
    Family(shapes_traffic.cloudwatch_metrics, 2.0, scale=0.4, regular=True),
    Family(shapes_traffic.small_requests_kms_xray_sqs, 3.0, scale=0.08),
    Family(shapes_fees.route53, 2.0, scale=0.15),
    Family(shapes_fees.support, 2.0, scale=20.0),
    Family(shapes_fees.tax, 2.0, scale=10.0),
    Family(shapes_fees.marketplace_monthly, 3.0, scale=8.0),
    Family(shapes_fees.marketplace_hourly, 1.0, scale=1.0, regular=True),
    Family(shapes_fees.marketplace_annual, 1.0, scale=60.0),
    Family(shapes_stores.backup_retention, 3.0, scale=0.5, regular=True),
    Family(shapes_people.aws_config, 2.0, scale=0.3),
    Family(shapes_traffic.guardduty, 2.0, scale=0.5, regular=True),
    Family(shapes_people.workspaces, 2.0, scale=0.5),
    Family(shapes_people.connect_contact_centre, 2.0, scale=0.8, regular=True),
    Family(shapes_traffic.iot_devices, 2.0, scale=0.4, regular=True),
    Family(shapes_jobs.mediaconvert_jobs, 2.0, scale=0.5),
    Family(shapes_fees.credits_used_up_mid_month, 1.5, scale=1.0),
    Family(shapes_beginnings.migration, 2.0, scale=1.0, regular=True),
    Family(shapes_beginnings.first_seen_service, 4.0, scale=0.6),
    Family(shapes_jobs.sandbox_account, 3.0, scale=0.15),
    Family(shapes_beginnings.idle_region, 2.5, scale=0.02),
    Family(shapes_compute.ecs_fargate, 4.0, scale=1.0, regular=True),
    Family(shapes_compute.eks_control_plane, 2.0, scale=0.3, regular=True),
    Family(shapes_compute.elasticache, 2.0, scale=0.8, regular=True),
    Family(shapes_people.codebuild, 2.0, scale=0.4),
    Family(shapes_traffic.direct_connect, 1.5, scale=0.6, regular=True),
    Family(shapes_stores.efs, 2.0, scale=0.5, regular=True),
    Family(shapes_traffic.gaming_weekend, 1.5, scale=1.2),
    Family(shapes_jobs.hpc_campaigns, 1.5, scale=3.0),
    Family(shapes_people.quicksight_users, 1.5, scale=0.3, regular=True),
)
_WEIGHTS = np.array([family.weight for family in FAMILIES])
_SHARES = _WEIGHTS / _WEIGHTS.sum()


def any_family(rng: Rng) -> Family:
    """A family drawn by its share."""
    return FAMILIES[rng.choice(len(FAMILIES), p=_SHARES)]
