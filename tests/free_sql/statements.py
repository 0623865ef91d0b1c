"""The statements of the suites beside this file: what analysts ask, what attackers try, what never ends."""

from __future__ import annotations

from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent
DIMENSIONS = ("ServiceName", "SubAccountId", "RegionId", "x_UsageType", "ChargeCategory", "Tags['team']")
FILLINGS = {
    "{m}": ("BilledCost", "EffectiveCost", "ListCost", "x_AmortizedCost"),
    "{x}": DIMENSIONS,
    "{y}": ("ServiceName", "SubAccountId", "BillingCurrency"),
    "{t}": ("daily_cost_summary",),
    "{w}": ("data_source = 'sample' AND BillingCurrency = 'USD'",),
    "{d}": ("ChargePeriodStart",),
}


def families(name: str) -> dict[str, list[str]]:
    """Heading → statements of a file, one a line, placeholders filled in every way."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines():
        if line.startswith("-- "):
            family = found.setdefault(line.removeprefix("-- "), [])
        elif line:
            family.extend(_filled(line))
    return found


def _filled(line: str) -> list[str]:
    """A line with its placeholders filled in; a literal `\\n` begins a new line."""
    wanted = [key for key in FILLINGS if key in line]
    texts = []
    for values in product(*(FILLINGS[key] for key in wanted)):
        text = line.replace("\\n", "\n")
        for key, value in zip(wanted, values, strict=True):
            text = text.replace(key, value)
        texts.append(text)
    return texts
