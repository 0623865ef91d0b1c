"""Bills of one shape are translated once, and each statement still reads its own files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.sources.cur import MAPPING
from aws_cost_anomalies.sql.shapes import once_for_a_shape
from aws_cost_anomalies.sql.tables import FileColumn, Lines, RawTable

COST = FileColumn("line_item_unblended_cost", "DOUBLE", "line_item_unblended_cost", largest=10.0)
OTHER = FileColumn("invoice_number", "VARCHAR", "invoice_number", same="4711")


def lines(relation: str, *columns: FileColumn) -> Lines:
    return Lines(MAPPING, (RawTable(relation, columns, f"{relation} in March"),), [], "duckdb")


class Translation:
    """A statement about the files, and how often it was made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, asked: Lines) -> str:
        self.made += 1
        return f"SELECT count(*) FROM ({asked.tables[0].relation})"


@pytest.mark.parametrize(
    ("other", "made"),
    [
        (lines("TABLE april", COST, OTHER), 1),
        (lines("TABLE april", replace(COST, largest=1_999.0), OTHER), 1),
        (lines("TABLE april", COST, replace(OTHER, same="4712")), 1),
        (lines("TABLE april", replace(COST, largest=2_000.0), OTHER), 2),
        (lines("TABLE april", replace(COST, largest=None), OTHER), 2),
        (lines("TABLE april", COST), 2),
        (replace(lines("TABLE april", COST, OTHER), tags=["team"]), 2),
    ],
)
def test_what_differs_only_in_its_files_is_translated_once(other: Lines, made: int) -> None:
    translation = Translation()
    first = once_for_a_shape(translation, lines("TABLE march", COST, OTHER))
    second = once_for_a_shape(translation, other)
    assert (first, second) == ("SELECT count(*) FROM (TABLE march)", "SELECT count(*) FROM (TABLE april)")
    assert translation.made == made


def test_a_text_that_the_mapping_reads_and_that_never_changes_is_part_of_the_shape() -> None:
    translation = Translation()
    currency = FileColumn("line_item_currency_code", "VARCHAR", "line_item_currency_code", same="USD")
    for same in ("USD", "EUR"):
        once_for_a_shape(translation, lines("TABLE march", replace(currency, same=same)))
    assert translation.made == 2


def test_a_bad_bill_names_its_own_file() -> None:
    def refuse(asked: Lines) -> str:
        raise BadBill(asked.tables[0].origin, "it has no cost")

    with pytest.raises(BadBill, match="TABLE march in March"):
        once_for_a_shape(refuse, lines("TABLE march"))
