"""Detectors as settings and monitors ask for them."""

import pytest

from aws_cost_anomalies import Settings, kinds
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.monitor import Monitor


@pytest.mark.parametrize("wanted", [True, False])
def test_the_second_look_is_left_out_where_the_settings_say_so(*, wanted: bool) -> None:
    settings = Settings.model_validate({"anomaly": {"second_look": wanted}})
    monitor = Monitor("all", "service", "medium", 5.0)
    built = kinds.detector(settings, None, monitor)
    assert isinstance(built, Forecast)
    assert built.second_look is wanted
