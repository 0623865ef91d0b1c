"""Amounts, changes and percentages as people read them."""

from __future__ import annotations

import math

UNKNOWN = "–"
WIDE_PERCENTAGE = 1000.0


def amount(value: float | None) -> str:
    """An amount to the cent, thousands separated; a dash when it is unknown."""
    if value is None or math.isnan(value):
        return UNKNOWN
    without_minus_zero = round(value, 2) + 0.0
    return f"{without_minus_zero:,.2f}"


def signed(value: float | None) -> str:
    """A change to the cent, always with its sign."""
    if value is None or math.isnan(value):
        return UNKNOWN
    rounded = round(value, 2)
    return f"{rounded:+,.2f}" if rounded else "0.00"


def percentage(value: float | None) -> str:
    """A change in percent, always with its sign; no decimals from 1,000 % on."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if abs(value) >= WIDE_PERCENTAGE:
        return f"{value:+,.0f}%"
    rounded = round(value, 1)
    return f"{rounded:+.1f}%" if rounded else "0.0%"


def share(part: float, total: float) -> str:
    """A part of a total in whole percent; a dash of a total that is shown as nothing."""
    if not round(total, 2):
        return UNKNOWN
    without_minus_zero = round(100 * part / total) + 0
    return f"{without_minus_zero}%"


def cents_that_add_up(parts: list[float], total: float) -> list[float]:
    """The parts rounded to cents so that what is shown adds up to the total that is shown.

    The cents that rounding loses go to the parts that lost most of one. Parts that do not add up to the total
    in the first place are rounded one by one.
    """
    if not parts or abs(math.fsum(parts) - total) >= 0.005 * len(parts):
        return [round(part, 2) for part in parts]
    exact = [part * 100 for part in parts]
    cents = [math.floor(value) for value in exact]
    missing = round(round(total, 2) * 100) - sum(cents)
    order = sorted(range(len(parts)), key=lambda i: exact[i] - cents[i], reverse=True)
    for position in range(abs(missing)):
        cents[order[position % len(order)]] += 1 if missing > 0 else -1
    return [value / 100 for value in cents]
