"""Order statistics against numpy's own."""

import numpy as np
import pytest

from aws_cost_anomalies.analysis.order_statistics import centred_median, median_of_days


@pytest.mark.parametrize("days", [1, 2, 3, 7, 10, 14, 16, 17, 28, 70])
def test_the_median_of_days_is_the_median(days: int) -> None:
    costs = np.random.default_rng(days).random((days, 50)).astype(np.float32)
    np.testing.assert_allclose(median_of_days(costs), np.median(costs, axis=0), rtol=1e-6)


def test_the_centred_median_is_the_median_of_seven_with_its_ends_held() -> None:
    costs = np.random.default_rng(1).random((30, 40)).astype(np.float32)
    found = centred_median(costs)
    for day in range(3, 27):
        np.testing.assert_array_equal(found[day], np.median(costs[day - 3 : day + 4], axis=0))
    np.testing.assert_array_equal(found[:3], np.broadcast_to(found[3], (3, 40)))
    np.testing.assert_array_equal(found[27:], np.broadcast_to(found[26], (3, 40)))
