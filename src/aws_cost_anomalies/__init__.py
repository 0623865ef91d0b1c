"""Cost anomalies across an AWS organization: found, explained to the cent, made actionable."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App as App
    from aws_cost_anomalies.settings import Settings as Settings

__version__ = "1.0.0"
__all__ = ["App", "Settings", "__version__"]


def __getattr__(name: str) -> object:
    """Load `App` and `Settings` when first asked for, so that `--help` pays for neither."""
    if name == "App":
        from aws_cost_anomalies.app import App

        return App
    if name == "Settings":
        from aws_cost_anomalies.settings import Settings

        return Settings
    raise AttributeError(name)
