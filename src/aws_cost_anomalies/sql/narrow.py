"""Money in half the digits, which DuckDB casts and sums in half the time.

As long as every amount fits, a statement in narrow decimals gives the same digits; what does not fit is an
error, never another sum. Knows types; knows no column by name.
"""

from __future__ import annotations

from sqlglot import exp

from aws_cost_anomalies.sql.tables import TRINO, FileColumn

WIDE = exp.DataType.build("DECIMAL(38, 12)", dialect=TRINO)
"""Money, as mappings write it."""
NARROW = exp.DataType.build("DECIMAL(18, 12)", dialect=TRINO)
"""The same places after the point, six digits before it."""
FITS_BELOW = 1_000_000


def narrow(mapping: exp.Select) -> None:
    """Change a mapping in place: whatever it casts to money becomes narrow."""
    for place in list(mapping.find_all(exp.DataType)):
        if place == WIDE:
            place.replace(NARROW.copy())


def narrowest(target: exp.DataType, there: FileColumn | None) -> exp.DataType:
    """The type that a column is read as: narrow where the files say that it fits, or have no such column."""
    if target == WIDE and (there is None or (there.largest is not None and there.largest < FITS_BELOW)):
        return NARROW
    return target
