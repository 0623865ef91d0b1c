"""Lines of blocks and the chart of the expected band."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aws_cost_anomalies.cli.band_chart import AXIS_WIDTH, HEIGHT, chart
from aws_cost_anomalies.cli.sparkline import sparkline
from aws_cost_anomalies.model.explanation import DayVerdict

NAN = float("nan")


def day(
    number: int, actual: float, *, band: tuple[float, float] = (80.0, 120.0), odd: bool = False
) -> DayVerdict:
    start = date(2026, 10, 1)
    middle = sum(band) / 2
    return DayVerdict(start + timedelta(days=number), actual, middle, *band, odd, is_settled=True)


@pytest.mark.parametrize(
    ("costs", "shown"),
    [
        ([100.0, 100.0, 100.0], "███"),
        ([0.0, 50.0, 100.0], "▁▅█"),
        ([None, 10.0, None], " █ "),
        ([0.0, 0.0], "▁▁"),
        ([None, None], "  "),
        ([-10.0, 0.0], "▁█"),
        ([], ""),
    ],
)
def test_sparkline_starts_at_zero(costs: list[float | None], shown: str) -> None:
    assert sparkline(costs, width=14) == shown


def test_long_series_are_averaged_into_the_room_there_is() -> None:
    costs = [1.0] * 45 + [9.0] * 45
    assert sparkline(costs, width=6) == "▁▁▁███"


def test_chart_shows_spike_above_and_drop_below_the_band() -> None:
    days = [day(0, 100.0), day(1, 300.0, odd=True), day(2, 0.0, odd=True), day(3, NAN)]
    lines = chart(days, width=AXIS_WIDTH + 4)
    columns = ["".join(line.glyphs[i][0] for line in lines[:HEIGHT]) for i in range(4)]
    assert columns[1].strip("█▓▇▆▅▄▃▂▁") == ""
    assert "█" in columns[1]
    assert columns[2].strip() == columns[3].strip() == "░" * columns[2].count("░")
    assert [glyph for glyph, _ in lines[HEIGHT].glyphs] == [" ", "▲", "▲", " "]


def test_every_line_of_the_chart_is_equally_wide_and_fits() -> None:
    for width in (20, 60, 80, 200):
        days = [day(i, 100.0 + i) for i in range(28)]
        widths = {len(line.axis) + sum(len(g) for g, _ in line.glyphs) for line in chart(days, width=width)}
        assert len(widths) == 1
        assert widths.pop() <= width


def test_a_day_that_is_not_settled_is_marked() -> None:
    open_day = DayVerdict(date(2026, 10, 1), 5.0, 5.0, 4.0, 6.0, is_anomalous=False, is_settled=False)
    assert chart([open_day], width=AXIS_WIDTH + 1)[HEIGHT].glyphs == (("·", "dim"),)


def test_nothing_known_is_still_a_chart() -> None:
    unknown = [day(i, NAN, band=(NAN, NAN)) for i in range(3)]
    drawn = "".join(glyph for line in chart(unknown, width=40)[:HEIGHT] for glyph, _ in line.glyphs)
    assert drawn.strip() == ""
