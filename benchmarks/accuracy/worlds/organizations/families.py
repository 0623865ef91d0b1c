"""Which families of series an organization's bill is made of, and how many of each.

Knows their shares; must not know any detector.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.accuracy.worlds.organizations import (
    shapes_batch,
    shapes_compute,
    shapes_fees,
    shapes_people,
    shapes_stores,
    shapes_traffic,
)
from benchmarks.accuracy.worlds.organizations.scene import Scene
from benchmarks.accuracy.worlds.organizations.series import Series

FAMILIES: tuple[tuple[float, Callable[[Scene], Series]], ...] = (
    (9.0, shapes_compute.ec2_fleet),
    (7.0, shapes_compute.ec2_steady),
    (6.0, shapes_compute.dev_account),
    (3.0, shapes_compute.containers),
    (5.0, shapes_compute.caches),
    (2.5, shapes_compute.spot),
    (2.0, shapes_compute.new_account),
    (7.0, shapes_stores.rds),
    (5.0, shapes_stores.s3_storage),
    (2.0, shapes_stores.s3_lifecycle),
    (2.8, shapes_stores.backup),
    (7.0, shapes_traffic.data_transfer),
    (6.0, shapes_traffic.lambda_api),
    (4.0, shapes_traffic.tables_and_queues),
    (5.0, shapes_traffic.cloudwatch),
    (4.0, shapes_traffic.nat_gateway),
    (2.2, shapes_traffic.shop),
    (3.5, shapes_batch.weekly),
    (2.0, shapes_batch.month_end),
    (0.7, shapes_batch.semimonthly),
    (2.0, shapes_people.training),
    (3.5, shapes_people.sandbox),
    (1.5, shapes_people.queries),
    (9.0, shapes_people.pennies),
    (1.0, shapes_fees.support),
    (1.2, shapes_fees.marketplace),
    (1.3, shapes_fees.route53),
    (1.0, shapes_fees.tax),
    (1.8, shapes_fees.savings_plan),
    (1.2, shapes_fees.free_tier),
    (1.0, shapes_fees.credits_ending),
    (2.8, shapes_fees.unused_region),
)
_WEIGHTS = np.array([weight for weight, _ in FAMILIES])


def any_series(scene: Scene) -> Series:
    """A series of a family drawn by its share."""
    drawn = int(scene.rng.choice(len(FAMILIES), p=_WEIGHTS / _WEIGHTS.sum()))
    _, shape = FAMILIES[drawn]
    return shape(scene)
