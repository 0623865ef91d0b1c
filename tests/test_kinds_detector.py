"""Detectors as settings and monitors ask for them."""

import math

import pytest

from aws_cost_anomalies import Settings, kinds
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.errors import InvalidArgument
from aws_cost_anomalies.model.monitor import Monitor


@pytest.mark.parametrize("wanted", [True, False])
def test_the_second_look_is_left_out_where_the_settings_say_so(*, wanted: bool) -> None:
    settings = Settings.model_validate({"anomaly": {"second_look": wanted}})
    monitor = Monitor("all", "service", "medium", 5.0)
    built = kinds.detector(settings, None, monitor)
    assert isinstance(built, Forecast)
    assert built.second_look is wanted


@pytest.mark.parametrize("score", [0.0, -1.0, 0.09, 1000.1, 1e300, math.inf, math.nan])
def test_a_score_that_means_nothing_is_refused(score: float) -> None:
    with pytest.raises(InvalidArgument, match="allowed: low, medium, high or a score from 0.1 to 1000"):
        kinds.detector(Settings(), None, Monitor("all", "service", str(score), 5.0))
