"""Charts: one definition of each, in lines and in pixels, nothing fetched and nothing run from a title."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from messages import HARM, chart

from aws_cost_anomalies import charts
from aws_cost_anomalies.charts import frame
from aws_cost_anomalies.charts.curve import Curve, curve
from aws_cost_anomalies.charts.series import Line, Series, series
from aws_cost_anomalies.charts.waterfall import Waterfall, waterfall
from aws_cost_anomalies.errors import SettingsError

SIZES = (charts.WIDE, charts.NARROW)
SVG = "{http://www.w3.org/2000/svg}"
DAYS = tuple(date(2026, 10, 1) + timedelta(i) for i in range(31))


def texts(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def shapes(drawn: str, look: str) -> list[ElementTree.Element]:
    return [each for each in ElementTree.fromstring(drawn).iter() if look in each.get("class", "").split()]


def spend(*, amounts: tuple[float | None, ...] = (5.0,) * 31, name: str = "Amazon S3") -> Series:
    started = tuple(int(i == 3) for i in range(31))
    return Series("Daily cost", DAYS, (Line(name, amounts), Line("rest", (1.0,) * 31, is_rest=True)), started)


@pytest.mark.parametrize("size", SIZES)
def test_the_band_marks_what_is_odd_and_what_is_not_settled(size: frame.Size) -> None:
    drawn = charts.band(chart(), size)
    days = chart().days
    odd = [each for each in shapes(drawn, "fill-odd") if each.tag == f"{SVG}circle"]
    assert len(odd) == sum(day.is_anomalous for day in days) + 1  # one stands in the legend
    assert {"actual", "expected", "usual range", "anomalous", "settled"} <= set(texts(drawn))
    assert len(shapes(drawn, "line-actual")) == 2
    assert any(re.fullmatch(r"(Oct|Nov) \d+", text) for text in texts(drawn))


def test_the_band_of_days_that_could_not_be_judged_has_a_gap() -> None:
    band = next(each for each in shapes(charts.band(chart(), charts.WIDE), "fill-band") if each.get("d"))
    line = next(each for each in shapes(charts.band(chart(), charts.WIDE), "line-actual")[1:])
    first = [float(re.match(r"M([\d.]+)", path.get("d", "") or "")[1]) for path in (line, band)]  # type: ignore[index]
    assert first[0] < first[1]


def test_pictures_in_pixels_and_as_pdf() -> None:
    assert charts.png(chart()).startswith(b"\x89PNG\r\n")
    assert charts.pdf(charts.svg(chart())).startswith(b"%PDF")


def test_a_day_is_the_same_day_everywhere() -> None:
    code = "import messages; from aws_cost_anomalies import charts; print(charts.svg(messages.chart()))"
    path = os.pathsep.join([*sys.path, str(__import__("pathlib").Path(__file__).parent)])
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PATH": os.environ["PATH"], "TZ": zone, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("UTC", "Pacific/Auckland", "America/Los_Angeles")
    }
    assert len(drawn) == 1


@pytest.mark.parametrize("size", SIZES)
def test_names_are_only_text(size: frame.Size) -> None:
    drawn = [
        charts.band(chart(f"{HARM} {'n' * 10_000}"), size),
        series(spend(name=HARM), size),
        waterfall(Waterfall(HARM, ("expected", 1.0), ((HARM, 2.0),), ("actual", 3.0)), size),
        curve(Curve(HARM, ((HARM, 1.0),)), size),
    ]
    for each in drawn:
        tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(each).iter()}
        assert tags <= {"svg", "rect", "path", "circle", "text", "g"}
        assert max(map(len, texts(each))) <= 180


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_fetched_and_nothing_styled_inside(size: frame.Size) -> None:
    drawn = charts.band(chart(), size) + series(spend(), size)
    assert not re.search(r"href|url\(|style=|<style|<script", drawn)


@pytest.mark.parametrize("size", SIZES)
def test_a_series_of_nothing_is_drawn(size: frame.Size) -> None:
    assert charts.picture(replace(chart(), days=())) is not None
    assert charts.pixels(series(Series("nothing", (), ()), size))
    assert charts.pixels(curve(Curve("nothing", ()), size))
    assert charts.pixels(series(spend(amounts=(None,) * 31), size))


def test_a_stack_ends_at_the_sum_and_credits_hang_below() -> None:
    drawn = series(spend(amounts=(3.0,) * 30 + (-4.0,)), charts.WIDE)
    axis = {text.get("data-amount") for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")}
    assert {"-4", "0", "4"} <= axis
    assert len(shapes(drawn, "fill-odd")) == 2  # one mark, and one in the legend


def test_the_steps_of_a_waterfall_meet() -> None:
    parts = (("a", 30.0), ("b", -10.0))
    drawn = waterfall(Waterfall("w", ("expected", 100.0), parts, ("actual", 120.0)), charts.WIDE)
    bars = [each for each in ElementTree.fromstring(drawn).iter(f"{SVG}rect") if each.get("rx")]
    edges = [(float(bar.get("x", "")), float(bar.get("x", "")) + float(bar.get("width", ""))) for bar in bars]
    expected, more, less, actual = edges
    assert more[0] == pytest.approx(expected[1], abs=0.2)
    assert less[1] == pytest.approx(more[1], abs=0.2)
    assert less[0] == pytest.approx(actual[1], abs=0.2)
    assert {"+30.00", "-10.00", "120.00"} <= set(texts(drawn))


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 0.0), (0.0, 1e-12), (0.0, 7.3), (-3.0, 1e9), (float("nan"), 1.0), (0.0, 0.004)]
)
def test_ticks_enclose_what_they_measure(low: float, high: float) -> None:
    marks = frame.ticks(low, high)
    assert 2 <= len(marks) <= 8
    assert marks[0] <= (low if low == low else 0.0)  # noqa: PLR0124 - NaN
    assert marks[-1] >= min(high, 1e300) - 1e-9


@pytest.mark.parametrize(
    ("amount", "said"), [(0.0, "0"), (0.05, "0.05"), (1200.0, "1.2k"), (2.5e6, "2.5M"), (-3e9, "-3B")]
)
def test_an_amount_on_an_axis_is_short(amount: float, said: str) -> None:
    assert frame.short(amount) == said


def test_without_the_extra_there_are_lines_but_no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert charts.svg(chart()).startswith("<svg")
    assert charts.picture(chart()) is None
    with pytest.raises(SettingsError, match="vl-convert"):
        charts.png(chart())
