"""Families of what runs and serves: machines, containers, databases, networks.

Knows what may happen to each and where it is; must not know any detector.
"""

from __future__ import annotations

from benchmarks.accuracy.worlds.businesses import (
    shapes_compute,
    shapes_containers,
    shapes_databases,
    shapes_network,
)
from benchmarks.accuracy.worlds.businesses.family import OF_JOBS, OF_MACHINES, OF_REQUESTS, Family

COMPUTE = (
    Family(
        shapes_compute.ec2_asg_web,
        {
            **{"retry": 1, "surge": 2, "minraise": 2, "cust_up": 1.5, "cust_down": 1},
            **{"rightsize": 1.2, "outage": 1, "partial": 1, "drift_comp": 0.8, "sp_buy": 1},
            **{"forgot": 1},
        },
        serves=True,
        regular=True,
    ),
    Family(shapes_compute.ec2_static_fleet, OF_MACHINES, regular=True, accounts=("prod1", "shared", "data")),
    Family(
        shapes_compute.ec2_savings_plan_overflow,
        {
            **{"surge": 2, "retry": 1.5, "cust_up": 2, "minraise": 1.5, "ri_expire": 1.5},
            **{"drift_comp": 1, "forgot": 1, "missing": 0.3, "sp_buy": 0.7},
        },
        regular=True,
    ),
    Family(shapes_compute.ec2_spot_batch, OF_JOBS, regular=True, accounts=("data",)),
    Family(
        shapes_compute.ec2_reserved_fleet,
        {
            **{"ri_expire": 4, "forgot": 2, "sp_buy": 1, "drift_stair": 1, "gone": 0.4},
            **{"minraise": 1.5},
        },
        regular=True,
    ),
    Family(
        shapes_compute.elastic_licensed_windows,
        {**OF_MACHINES, "weekend_on": 2},
        regular=True,
        accounts=("corp",),
    ),
    Family(
        shapes_compute.dev_sandbox_schedule,
        {"weekend_on": 5, "forgot": 2, "gone": 0.6, "minraise": 1, "rightsize": 0.8},
        accounts=("dev",),
    ),
    Family(
        shapes_compute.commitment_fee_flat,
        {"cust_up": 2, "gone": 2, "born": 1.5, "missing": 0.5, "rightsize": 1},
        regular=True,
        discounted=False,
        accounts=("payer",),
        share=0.8,
    ),
)
CONTAINERS = (
    Family(
        shapes_containers.fargate_services,
        {
            **{"minraise": 2, "cust_up": 1.5, "rightsize": 1.5, "dup": 1, "retry": 1},
            **{"outage": 1, "drift_stair": 1, "gone": 0.5, "born": 1},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_containers.eks_cluster_nodes,
        {
            **{"minraise": 2.5, "cust_up": 1.5, "rightsize": 2, "dup": 1.2, "drift_stair": 1},
            **{"sp_buy": 1, "forgot": 1, "retry": 0.5},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_containers.lambda_free_tier,
        {
            **{"recursion": 3, "retry": 3, "surge": 1, "cust_up": 1, "outage": 1, "dup": 1},
            **{"drift_comp": 0.5},
        },
        serves=True,
    ),
    Family(
        shapes_containers.ml_inference_endpoint,
        {
            **{"minraise": 2, "forgot": 3, "surge": 1, "rightsize": 1.5, "gone": 1},
            **{"born": 1.5, "cust_up": 1, "dup": 1},
        },
        serves=True,
        regular=True,
        accounts=("ml",),
    ),
    Family(
        shapes_containers.vector_search_collection,
        {
            **{"forgot": 1.5, "born": 2, "gone": 1.5, "minraise": 2.5, "dup": 1.5},
            **{"rightsize": 0.5, "drift_stair": 1},
        },
        serves=True,
        regular=True,
        trades=("ai", "saas", "retail", "edu"),
    ),
    Family(
        shapes_containers.staging_load_tests,
        {"forgot": 4, "dup": 1.5, "gone": 0.8, "minraise": 2, "rightsize": 1.5},
        accounts=("staging",),
    ),
    Family(
        shapes_containers.ci_runners,
        {
            **{"forgot": 2, "dup": 2, "retry": 2, "minraise": 2, "stop": 0.7, "cust_up": 1.5},
            **{"rightsize": 1.3, "drift_comp": 0.5},
        },
        accounts=("dev",),
    ),
    Family(
        shapes_containers.kinesis_msk_streams,
        {**OF_REQUESTS, "minraise": 2, "rightsize": 1},
        serves=True,
        regular=True,
    ),
)
DATABASES = (
    Family(
        shapes_databases.rds_instances,
        {
            **{"minraise": 3, "rightsize": 2, "ri_expire": 1.5, "sp_buy": 1.5, "forgot": 2},
            **{"gone": 0.8, "born": 0.8, "dup": 1.5},
        },
        regular=True,
    ),
    Family(
        shapes_databases.aurora_serverless,
        {**OF_REQUESTS, "minraise": 2, "scan": 1},
        serves=True,
        regular=True,
    ),
    Family(
        shapes_databases.dynamodb_ondemand,
        {**OF_REQUESTS, "scan": 1.5, "recursion": 0.7, "backfill": 1},
        serves=True,
        regular=True,
    ),
    Family(
        shapes_databases.dynamodb_provisioned_autoscale,
        {
            **{"minraise": 3, "surge": 1.5, "cust_up": 1.5, "rightsize": 1.5, "retry": 1.5},
            **{"sp_buy": 0.7, "drift_comp": 0.5},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_databases.redshift_concurrency,
        {
            **{"minraise": 2.5, "scan": 2.5, "rightsize": 1.5, "ri_expire": 1.5, "sp_buy": 1},
            **{"gone": 0.6, "weekend_on": 1.5, "dup": 1},
        },
        accounts=("data",),
    ),
    Family(
        shapes_databases.opensearch_blue_green,
        {
            **{"minraise": 2.5, "dup": 2.5, "rightsize": 2, "ri_expire": 1, "sp_buy": 0.7},
            **{"gone": 0.7, "born": 0.7, "drift_stair": 1},
        },
    ),
    Family(shapes_databases.elasticache_nodes, OF_MACHINES, regular=True),
)
NETWORK = (
    Family(
        shapes_network.cloudfront_tiers_releases,
        {
            **{"surge": 4, "misroute": 1.5, "cust_up": 1, "cust_down": 1, "outage": 1.5},
            **{"partial": 1, "price_up": 0.4, "gone": 0.5, "sp_buy": 0.4},
        },
        serves=True,
    ),
    Family(
        shapes_network.data_transfer_out,
        {**OF_REQUESTS, "misroute": 3, "scan": 1.5, "backfill": 1},
        serves=True,
        regular=True,
    ),
    Family(
        shapes_network.nat_gateway,
        {
            **{"misroute": 5, "flood": 1, "backfill": 1, "surge": 1, "rightsize": 1.5},
            **{"outage": 0.6, "scan": 1},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_network.interaz_transfer,
        {
            **{"misroute": 3, "cust_up": 1, "retry": 1, "rightsize": 1.5, "outage": 1},
            **{"dup": 1, "drift_comp": 0.7},
        },
        serves=True,
        regular=True,
    ),
    Family(
        shapes_network.public_ipv4_endpoints,
        {"forgot": 2, "dup": 1.5, "drift_stair": 2, "rightsize": 1.5, "gone": 0.5},
        regular=True,
        accounts=("prod1", "shared"),
    ),
    Family(
        shapes_network.direct_connect_ports,
        {"backfill": 2, "misroute": 2, "stop": 1, "surge": 1},
        regular=True,
        accounts=("shared",),
        share=0.8,
    ),
    Family(
        shapes_network.waf_bot_waves,
        {"surge": 5, "cust_up": 1, "outage": 1, "rightsize": 0.7},
        serves=True,
    ),
    Family(
        shapes_network.route53_zones_first_of_month,
        {"surge": 2, "retry": 2, "recursion": 1},
        serves=True,
        accounts=("shared",),
    ),
    Family(
        shapes_network.alb_lcu,
        {
            **{"surge": 2.5, "retry": 1, "cust_up": 1.5, "outage": 1.5, "partial": 1},
            **{"cust_down": 1, "dup": 1},
        },
        serves=True,
        regular=True,
    ),
)
