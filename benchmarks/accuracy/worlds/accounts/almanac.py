"""The days of a bill as arrays: weekdays, months, holidays by country.

Knows calendars; must not know what anything costs, nor any detector.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.labelled import Floats
from benchmarks.accuracy.worlds.accounts.holidays import ONE_DAY, black_friday, holidays

Numbers = NDArray[np.int64]
Days = NDArray[np.bool_]

COUNTRIES = (
    *(["US"] * 7 + ["DE"] * 4 + ["GB"] * 3 + ["FR"] * 2 + ["NL"] * 2),
    *("SE", "IN", "IN", "JP", "BR", "IL"),
)
"""Where accounts are, as often as each is named."""


@dataclass(frozen=True, slots=True, eq=False)
class Almanac:
    """What is to be known of each day of a bill, as arrays.

    Attributes:
        weekday: 0 = Monday.
        holidays: how much of a holiday each day is, by country, weekends or not.
        black_fridays: those of the bill's years, as indices of days, within the bill or not.
    """

    weekday: Numbers
    day_of_month: Numbers
    month: Numbers
    day_of_year: Numbers
    days_in_month: Floats
    holidays: dict[str, Floats]
    black_fridays: list[int]

    @classmethod
    def of(cls, first_day: date, n_days: int) -> Almanac:
        """The almanac of `n_days` days from `first_day`."""
        days = [first_day + i * ONE_DAY for i in range(n_days)]
        years = range(days[0].year, days[-1].year + 1)
        # Where two years claim a day, as around New Year, the later one knows better.
        feasts = {
            country: {day: share for year in years for day, share in holidays(country, year).items()}
            for country in set(COUNTRIES)
        }
        return cls(
            weekday=np.array([day.weekday() for day in days]),
            day_of_month=np.array([day.day for day in days]),
            month=np.array([day.month for day in days]),
            day_of_year=np.array([day.timetuple().tm_yday for day in days]),
            days_in_month=np.array([calendar.monthrange(d.year, d.month)[1] for d in days], dtype=np.float64),
            holidays={
                country: np.array([shares.get(day, 0.0) for day in days])
                for country, shares in feasts.items()
            },
            black_fridays=[(black_friday(year) - first_day).days for year in years],
        )

    def __len__(self) -> int:
        """How many days there are."""
        return len(self.weekday)
