"""Settings: `config.yaml`, the environment and flags become checked values; nobody else reads them."""

from aws_cost_anomalies.settings.rules import MonitorRules as MonitorRules
from aws_cost_anomalies.settings.settings import ENVIRONMENT as ENVIRONMENT
from aws_cost_anomalies.settings.settings import Settings as Settings
