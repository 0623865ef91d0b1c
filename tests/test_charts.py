"""Charts: one definition, three pictures, nothing fetched and nothing run from a title."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from messages import HARM, chart

from aws_cost_anomalies import charts
from aws_cost_anomalies.errors import SettingsError


def test_the_definition_holds_the_days() -> None:
    made = charts.definition(chart())
    rows = made["data"]["values"]
    assert len(rows) == 37
    assert rows[0] == {
        "day": "2026-10-01",
        "actual": 100.0,
        "expected": None,
        "lower": None,
        "upper": None,
        "odd": None,
        "open": None,
    }
    assert [row["day"] for row in rows if row["odd"] is not None][0] == "2026-10-31"
    assert [row["day"] for row in rows if row["open"] is not None] == ["2026-11-06"]
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_pictures_in_pixels_and_lines() -> None:
    assert charts.png(chart()).startswith(b"\x89PNG\r\n")
    drawn = charts.svg(chart())
    assert drawn.startswith("<svg")
    assert {"actual", "expected", "usual range", "anomalous"} <= set(re.findall(r">([^<>]+)</text>", drawn))
    assert "Oct" in drawn


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


def test_a_title_is_only_text() -> None:
    hostile = chart(f"{HARM} {'n' * 10_000}")
    page = charts.html(hostile)
    assert page.count("</script>") == 1
    assert "<script>alert" not in page
    assert "<script" not in charts.svg(hostile)
    assert len(charts.definition(hostile)["title"]["text"]) <= charts.LONGEST_TITLE
    assert charts.png(hostile).startswith(b"\x89PNG")


def test_a_page_fetches_nothing() -> None:
    page = charts.html(chart())
    assert not re.search(r"<(?:link|iframe)\b|<script[^>]+src=", page)
    assert "http" not in json.dumps({**charts.definition(chart()), "$schema": ""})


def test_a_series_of_nothing_is_drawn() -> None:
    assert charts.picture(replace(chart(), days=())) is not None


def test_without_the_extra_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert charts.picture(chart()) is None
    with pytest.raises(SettingsError, match="vl-convert"):
        charts.png(chart())
