"""The family of detectors: each says how odd every day of a Panel is. One file, one kind."""

KINDS = {
    "forecast": "aws_cost_anomalies.detectors.forecast:Forecast",
    "mad": "aws_cost_anomalies.detectors.mad:Mad",
    "theil-sen": "aws_cost_anomalies.detectors.theil_sen:TheilSen",
    "zscore": "aws_cost_anomalies.detectors.zscore:ZScore",
}

DEFAULT = "forecast"
"""The best one measured: docs/ACCURACY.md."""
