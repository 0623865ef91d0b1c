"""Which families of series bills are made of, how many of each, and what may happen to them.

Knows their shares; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.worlds.accounts.strokes import Rng
from benchmarks.accuracy.worlds.years import (
    shapes_changes,
    shapes_commitments,
    shapes_compute,
    shapes_containers,
    shapes_databases,
    shapes_invoices,
    shapes_jobs,
    shapes_management,
    shapes_network,
    shapes_stores,
    shapes_trades,
)
from benchmarks.accuracy.worlds.years.scene import Scene
from benchmarks.accuracy.worlds.years.series import Series

EVERYTHING = ("spike", "burst", "step", "drop", "zero", "ramp", "dip")


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of series.

    Attributes:
        weight: how often it is drawn.
        kinds: what may be planted, of `planting.KINDS`, each as often as it is named.
        odds: share of its series in which something is planted.
        regular: billed every day without bursts.
    """

    shape: Callable[[Scene], Series]
    weight: int
    kinds: tuple[str, ...] = ()
    odds: float = 0.5
    regular: bool = False

    @property
    def name(self) -> str:
        """What its series are called."""
        return self.shape.__name__


FAMILIES = (
    Family(shapes_compute.ec2_production, 14, EVERYTHING, regular=True),
    Family(
        shapes_compute.ec2_flat_fleet, 10, ("spike", "burst", "step", "drop", "zero", "ramp"), regular=True
    ),
    Family(shapes_compute.ec2_autoscaled, 10, EVERYTHING, regular=True),
    Family(
        shapes_compute.ec2_dev_weekend_off,
        13,
        ("weekend_on", "weekend_on", "weekend_on", "step", "burst", "ramp"),
        odds=0.6,
    ),
    Family(shapes_compute.ec2_spot_wander, 8, ("burst", "step", "drop", "zero", "ramp"), regular=True),
    Family(shapes_compute.ec2_spot_batch, 7, ("spike", "burst", "step", "zero")),
    Family(shapes_commitments.ec2_over_commit, 8, ("burst", "step"), odds=0.45),
    Family(shapes_commitments.sp_commitment, 8, ("step", "drop", "zero"), odds=0.45, regular=True),
    Family(shapes_commitments.ri_monthly_fee, 8, ("charge",)),
    Family(shapes_commitments.ri_sp_expiry, 8, regular=True),
    Family(shapes_compute.ec2_test_env, 9, ("burst", "left_on"), odds=0.4),
    Family(shapes_compute.ec2_loadtest, 7, ("step", "burst", "spike", "zero")),
    Family(shapes_compute.gpu_training, 7, ("burst", "step"), odds=0.45),
    Family(shapes_containers.eks_control_plane, 6, regular=True),
    Family(shapes_containers.fargate_traffic, 9, EVERYTHING, regular=True),
    Family(shapes_containers.fargate_slow_rollout, 7, ("spike", "burst"), odds=0.3, regular=True),
    Family(shapes_containers.blue_green_deploys, 7, EVERYTHING, regular=True),
    Family(shapes_stores.s3_slow_growth, 10, ("step", "drop", "ramp", "spike", "burst"), regular=True),
    Family(shapes_stores.s3_lifecycle_sawtooth, 8, regular=True),
    Family(shapes_stores.s3_requests, 7, ("spike", "burst", "step", "zero"), regular=True),
    Family(shapes_stores.ebs_volumes, 8, ("step", "drop", "ramp", "zero", "burst"), regular=True),
    Family(shapes_stores.snapshots_weekly_saw, 7, ("step", "drop", "ramp", "burst"), regular=True),
    Family(shapes_stores.glacier_transition_monthly, 6, ("step", "spike"), odds=0.4),
    Family(shapes_stores.backup_weekly_full, 7, ("spike", "step", "zero", "ramp")),
    Family(shapes_stores.retention_job_month, 5, ("run_failed",), odds=0.45),
    Family(shapes_databases.rds_flat, 10, ("spike", "burst", "step", "drop", "zero", "ramp"), regular=True),
    Family(shapes_databases.prorated_monthly, 8, ("step", "drop", "zero", "burst"), regular=True),
    Family(shapes_databases.aurora_io, 9, EVERYTHING, regular=True),
    Family(shapes_databases.dynamodb_ondemand, 9, EVERYTHING, regular=True),
    Family(shapes_databases.elasticache_nodes, 6, ("spike", "burst", "step", "zero", "drop"), regular=True),
    Family(shapes_databases.redshift_pause, 7, ("weekend_on", "weekend_on", "step", "zero"), odds=0.55),
    Family(shapes_databases.redshift_serverless, 7, ("burst", "step", "spike", "zero")),
    Family(shapes_databases.opensearch_nodes, 6, ("step", "drop", "zero", "burst"), regular=True),
    Family(shapes_jobs.emr_heavy_tail, 9, ("burst", "spike", "step", "zero"), odds=0.45),
    Family(shapes_jobs.glue_daily, 8, ("spike", "burst", "step", "zero", "ramp"), regular=True),
    Family(shapes_jobs.batch_weekly_only, 7, ("charge", "run_again"), odds=0.45),
    Family(shapes_jobs.athena_adhoc, 7, ("spike", "burst", "step"), odds=0.45),
    Family(shapes_jobs.sagemaker_training, 7, ("spike", "burst"), odds=0.4),
    Family(shapes_jobs.sagemaker_endpoints, 7, ("step", "drop", "zero", "burst", "spike"), regular=True),
    Family(shapes_jobs.bedrock_tokens, 8, ("spike", "burst", "step", "ramp", "zero"), regular=True),
    Family(shapes_jobs.month_end_closing, 7, ("step", "spike", "zero")),
    Family(shapes_jobs.payroll_biweekly, 6, ("step", "zero", "spike"), odds=0.45),
    Family(shapes_network.nat_traffic, 10, EVERYTHING, regular=True),
    Family(shapes_network.transfer_out, 8, EVERYTHING, regular=True),
    Family(shapes_network.cloudfront_media, 7, ("step", "spike", "burst", "zero", "ramp"), regular=True),
    Family(shapes_network.direct_connect_port, 6, ("zero", "step"), odds=0.35, regular=True),
    Family(
        shapes_network.gateways_and_balancers, 6, ("step", "burst", "spike", "zero", "drop"), regular=True
    ),
    Family(shapes_network.route53_zones, 6, ("charge_raised",), odds=0.35),
    Family(
        shapes_management.cloudwatch_logs,
        10,
        ("spike", "burst", "burst", "step", "ramp", "zero"),
        regular=True,
    ),
    Family(shapes_management.tiered_month_decay, 6, ("step", "burst"), odds=0.35),
    Family(shapes_commitments.free_tier_reset, 6, ("burst",), odds=0.3),
    Family(shapes_management.config_rules, 7, ("spike", "burst", "step"), odds=0.4),
    Family(
        shapes_management.pennies_kms,
        9,
        ("spike_in_dollars", "burst_in_dollars", "step_in_dollars"),
        odds=0.4,
    ),
    Family(
        shapes_management.pennies_lambda,
        9,
        ("spike_in_dollars", "burst_in_dollars", "step_in_dollars", "ramp_in_dollars"),
        odds=0.45,
    ),
    Family(shapes_management.lambda_traffic, 8, EVERYTHING, regular=True),
    Family(shapes_invoices.support_monthly, 7, ("charge",), odds=0.4),
    Family(shapes_invoices.marketplace_monthly, 8, ("charge",)),
    Family(shapes_invoices.marketplace_hourly, 6, ("zero", "step", "drop"), odds=0.4, regular=True),
    Family(shapes_invoices.quarterly_renewal, 5),
    Family(shapes_invoices.annual_renewal, 4),
    Family(shapes_invoices.tax_invoice, 5, ("charge",), odds=0.35),
    Family(shapes_invoices.vendor_first_business_day, 5, ("charge",), odds=0.4),
    Family(shapes_invoices.discount_credit, 5),
    Family(shapes_commitments.credits_used_up, 7),
    Family(shapes_invoices.workspaces_fees, 6, ("step", "burst"), odds=0.4),
    Family(shapes_trades.callcenter_connect, 7, ("step", "burst", "spike", "zero"), regular=True),
    Family(shapes_trades.ses_newsletter, 6, ("spike_in_dollars", "step"), odds=0.35),
    Family(shapes_trades.ecommerce_season, 8, ("step", "burst", "zero", "ramp"), regular=True),
    Family(shapes_trades.education_terms, 6, ("step", "burst", "zero"), regular=True),
    Family(shapes_trades.travel_season, 6, ("step", "burst", "zero", "spike"), regular=True),
    Family(shapes_trades.fintech_paydays, 6, ("step", "spike", "zero"), regular=True),
    Family(shapes_trades.game_after_launch, 5, ("step", "burst", "zero"), regular=True),
    Family(shapes_trades.factory_shutdown, 6, ("step", "step", "zero"), odds=0.4, regular=True),
    Family(shapes_trades.iot_growth, 5, ("step", "burst", "ramp", "zero"), regular=True),
    Family(shapes_changes.first_spend, 9),
    Family(shapes_changes.quiet_account_wakes, 7),
    Family(shapes_changes.slow_adoption, 6),
    Family(shapes_changes.started_in_history, 6, ("spike", "burst", "step", "zero")),
    Family(shapes_changes.migrate_fast_down, 5, regular=True),
    Family(shapes_changes.migrate_fast_up, 5, regular=True),
    Family(shapes_changes.migrate_slow, 6, ("spike",), odds=0.25, regular=True),
    Family(shapes_changes.price_change, 6, ("step", "burst", "zero", "drop"), regular=True),
    Family(shapes_changes.slow_decommission, 5, regular=True),
    Family(shapes_changes.rightsizing_stairs, 5, ("step", "burst", "zero"), regular=True),
    Family(shapes_commitments.upfront_purchase, 4),
    Family(shapes_changes.disaster_tests, 5, ("spike", "step"), odds=0.3),
)
_WEIGHTS = np.array([family.weight for family in FAMILIES])
_SHARES = _WEIGHTS / _WEIGHTS.sum()


def any_family(rng: Rng) -> Family:
    """A family drawn by its share."""
    return FAMILIES[rng.choice(len(FAMILIES), p=_SHARES)]
