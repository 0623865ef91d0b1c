"""Every answer in every format against a committed text, and the laws that hold for all of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from aws_cost_anomalies.cli.answers import parts
from aws_cost_anomalies.cli.answers.anomalies import PrintedAnomalies
from aws_cost_anomalies.cli.answers.trends import PrintedTrends
from aws_cost_anomalies.cli.formats import Printed, print_answer
from aws_cost_anomalies.cli.screen import Screen, console
from aws_cost_anomalies.cli.stderr import Notices
from aws_cost_anomalies.model.answer_document import about
from aws_cost_anomalies.model.answers import Detected, Trends, View
from aws_cost_anomalies.model.focus import CHARGE_CATEGORIES
from aws_cost_anomalies.model.money import share
from aws_cost_anomalies.model.period import Period
from aws_cost_anomalies.model.scope import Scope

ANSWERS = ("trends", "comparison", "anomalies", "explanation", "ingested", "restatements", "sample")
Drawn = Callable[..., str]
Golden = Callable[[str, str], None]


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("width", [80, 150])
def test_table_is_the_committed_one(
    printed: dict[str, Printed], drawn: Drawn, golden: Golden, name: str, width: int
) -> None:
    golden(f"{name}-{width}.txt", drawn(printed[name], width))


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("style", ["json", "csv"])
def test_document_is_the_committed_one(
    printed: dict[str, Printed], golden: Golden, capsys: pytest.CaptureFixture[str], name: str, style: str
) -> None:
    print_answer(printed[name], style, Screen(Notices()))
    shown = capsys.readouterr()
    assert shown.err == ""
    golden(f"{name}.{style}", shown.out)


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("width", [60, 80, 100, 132, 200])
def test_no_line_is_wider_than_the_terminal(
    printed: dict[str, Printed], drawn: Drawn, name: str, width: int
) -> None:
    lines = drawn(printed[name], width).splitlines()
    to_be_copied = ("   $ ", "   https://")
    assert [line for line in lines if len(line) > width and not line.startswith(to_be_copied)] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_json_has_its_version_and_no_number_that_is_none(
    printed: dict[str, Printed], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    print_answer(printed[name], "json", Screen(Notices()))
    assert json.loads(capsys.readouterr().out, parse_constant=refuse)["schema"] == 1


@pytest.mark.parametrize("name", ANSWERS)
def test_csv_rows_are_as_wide_as_their_header(
    printed: dict[str, Printed], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    print_answer(printed[name], "csv", Screen(Notices()))
    rows = list(csv.reader(StringIO(capsys.readouterr().out)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_values_of_the_bill_steer_neither_terminal_nor_markup(
    printed: dict[str, Printed], drawn: Drawn
) -> None:
    table = drawn(printed["trends"], 200)
    assert r"[/x] [bold]Tag\n\x1b[31mvalue" in table
    assert "\x1b" not in table


def test_changes_are_coloured_and_signed(printed: dict[str, Printed], drawn: Drawn) -> None:
    table = drawn(printed["comparison"], 120, colour=True)
    assert "\x1b[31m+2,500.50" in table
    assert "\x1b[32m-1,000.00" in table


def test_shown_contributions_add_up_to_the_shown_impact(printed: dict[str, Printed], drawn: Drawn) -> None:
    lines = drawn(printed["explanation"]).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("by usage-type"))
    end = next(i for i, line in enumerate(lines) if i > start and line.startswith("total"))
    cents = [
        round(100 * float(line.split()[-2].replace(",", "")))
        for line in lines[start + 2 : end + 1]
        if not line.startswith("─")
    ]
    assert sum(cents[:-1]) == cents[-1] == 453_712


def test_csv_of_trends_adds_up_to_the_total(trends: Trends, printed: dict[str, Printed]) -> None:
    header, *rows = printed["trends"].rows()
    known = sum(value for row in rows if isinstance(value := row[header.index("total")], float))
    shown = sum(row.total for row in trends.rows) + (trends.other.total if trends.other else 0)
    assert known == pytest.approx(shown)


def test_no_anomalies_says_where_it_looked(detected: Detected, drawn: Drawn) -> None:
    nothing = replace(detected, anomalies=(), aws=None)
    head = drawn(PrintedAnomalies(nothing)).partition("\n")[0]
    assert head == "No anomalies in 2026-10-02..2026-10-31 (30 days), but the data has a gap."
    table = drawn(PrintedAnomalies(replace(nothing, gaps=())))
    assert table == (
        "No anomalies in 2026-10-02..2026-10-31 (30 days): nothing moved beyond what is\n"
        "usual here.\n"
        "cost-explorer · net-amortized · USD · usage only · through 2026-10-31, settled\n"
        "to 2026-10-30 · by service + account, medium sensitivity\n"
    )


@pytest.mark.parametrize(
    ("categories", "marketplace", "named"),
    [
        ((), True, "all charges"),
        (("Usage",), True, "usage only"),
        (("Usage", "Tax"), True, "usage + tax"),
        (("Usage",), False, "usage only, no Marketplace"),
    ],
)
def test_an_answer_names_the_charges_it_looked_at(
    view: View, categories: tuple[str, ...], *, marketplace: bool, named: str
) -> None:
    looked = replace(view, charge_categories=categories, marketplace=marketplace)
    assert f" · USD · {named} · through " in parts.basis(looked)
    assert about(looked)["charge_categories"] == (categories or CHARGE_CATEGORIES)


@pytest.mark.parametrize(("granularity", "header"), [("weekly", "10-26"), ("monthly", "2026-10")])
def test_trends_name_their_buckets(trends: Trends, drawn: Drawn, granularity: str, header: str) -> None:
    buckets = tuple(day for day in trends.buckets if str(day)[5:] in {"10-19", "10-26"})
    rows = tuple(replace(row, costs=row.costs[-2:]) for row in trends.rows)
    total = replace(trends.total, costs=trends.total.costs[-2:])
    few = replace(trends, granularity=granularity, buckets=buckets, rows=rows, other=None, total=total)
    few = replace(few, compared=(buckets[0], buckets[1]))
    printed = PrintedTrends(few, trends.view.through)
    assert header in drawn(printed).splitlines()[2]


def test_one_bucket_has_nothing_to_compare_with(trends: Trends, drawn: Drawn) -> None:
    rows = tuple(
        replace(row, costs=row.costs[-1:], change=None, change_percentage=None) for row in trends.rows
    )
    total = replace(trends.total, costs=trends.total.costs[-1:], change=None, change_percentage=None)
    one = replace(trends, buckets=trends.buckets[-1:], rows=rows, other=None, total=total, compared=None)
    assert "change" in drawn(PrintedTrends(one, trends.view.through)).splitlines()[2]


@pytest.mark.parametrize("width", [30, 40, 60, 150])
def test_an_id_stands_on_one_line_so_that_it_can_be_copied(
    printed: dict[str, Printed], detected: Detected, drawn: Drawn, width: int
) -> None:
    shown = drawn(printed["anomalies"], width).split()
    assert {one.anomaly_id for one in detected.anomalies} <= set(shown)


def test_a_very_long_name_does_not_fill_the_screen(
    trends: Trends, printed: dict[str, Printed], drawn: Drawn
) -> None:
    usual = drawn(printed["trends"]).count("\n")
    name = "AmazonVeryLong" * 14 + "TheEnd"
    rows = (replace(trends.rows[0], scope=Scope((("ServiceName", name),))), *trends.rows[1:])
    shown = drawn(PrintedTrends(replace(trends, rows=rows), date(2026, 11, 1)))
    assert shown.count("\n") <= usual + 6
    assert "TheEnd" in "".join(line[:24].strip() for line in shown.splitlines())


def test_one_day_is_one(detected: Detected) -> None:
    one = replace(detected, view=replace(detected.view, period=Period.parse("2026-10-31")))
    assert "(1 day)" in PrintedAnomalies(one).headline()
    assert "(1 day)" in PrintedAnomalies(replace(one, anomalies=(), gaps=())).headline()


def test_no_share_is_minus_nothing() -> None:
    assert [share(part, 1000.0) for part in (-1.0, 4.9, -600.0)] == ["0%", "0%", "-60%"]
    assert share(1.0, 0.001) == "–"


@pytest.mark.parametrize("width", ["0", "00"])
def test_a_width_of_nothing_is_none(
    trends: Trends, drawn: Drawn, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    stream = StringIO()
    screen = Screen(Notices())
    screen.out = console(stream, is_plain=True)
    PrintedTrends(trends, date(2026, 11, 1)).show(screen)
    assert stream.getvalue() == drawn(PrintedTrends(trends, date(2026, 11, 1)), 80)
