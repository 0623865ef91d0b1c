"""False alarms of the default detector on thousands of series in which nothing happens.

    python -m benchmarks.accuracy.chance [--series 5000]

New incidents a day over the last thirty of 120 days, with a threshold that does not know how many series are
looked at, and with the one that rises with the panel.
"""

from __future__ import annotations

import argparse
from datetime import date

import numpy as np

from aws_cost_anomalies.analysis.replay import Bill, replay
from aws_cost_anomalies.analysis.verdict import Limits
from aws_cost_anomalies.detectors.forecast import Forecast
from aws_cost_anomalies.model.panel import Panel
from aws_cost_anomalies.model.period import ONE_DAY, Period
from aws_cost_anomalies.model.scope import Scope
from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.scoring import incidents
from benchmarks.accuracy.tables import table

DAYS, LAST = 120, 30
FIRST_DAY = date(2025, 3, 1)
NOISES = {
    "normal, 10 %": (0.10, 0),
    "normal, 35 %": (0.35, 0),
    "t, 4 degrees of freedom, 10 %": (0.10, 4),
    "t, 4 degrees of freedom, 20 %": (0.20, 4),
}
"""Name → standard deviation of the logarithm, degrees of freedom (0: normal)."""


def noise(spread: float, freedom: int, *, series: int) -> Floats:
    """Levels that differ e-fold, and independent days around them."""
    rng = np.random.default_rng(4)
    level = np.exp(rng.normal(4, 1, (series, 1)))
    shape = (series, DAYS)
    days = rng.standard_t(freedom, shape) / np.sqrt(2) if freedom else rng.standard_normal(shape)
    costs: Floats = level * np.exp(spread * days)
    return costs


def alerts(costs: Floats) -> tuple[float, float]:
    """New incidents a day without and with the panel's threshold."""
    period = Period(FIRST_DAY, FIRST_DAY + DAYS * ONE_DAY)
    scopes = tuple(Scope((("ServiceName", f"service {n}"),)) for n in range(len(costs)))
    panel = Panel(scopes, period, costs, np.ones(costs.shape, dtype=bool), "EffectiveCost", "USD", "noise")
    plain = np.array([v.mark for v in replay(Bill(costs, None, FIRST_DAY), range(DAYS), Limits())]).T
    raised = Forecast().detect(panel).mark
    without, risen = (float(incidents(marks)[:, -LAST:].sum()) / LAST for marks in (plain, raised))
    return without, risen


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--series", type=int, default=5000)
    asked = parser.parse_args()
    rows = [
        (name, *(f"{found:.1f}" for found in alerts(noise(*how, series=asked.series))))
        for name, how in NOISES.items()
    ]
    print(table(("noise", "without", "with"), rows))


if __name__ == "__main__":
    main()
