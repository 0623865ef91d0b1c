"""Parquet out of plain values: what goes in comes out, whatever repeats, is absent or empty."""

from datetime import date
from decimal import Decimal

import duckdb
import numpy as np
import pytest

from aws_cost_anomalies.engines.duckdb import DuckDBEngine


@pytest.fixture
def written(tmp_path):
    """Column name → (type, values) as a reader of the file sees them."""

    def write(columns):
        path = tmp_path / "some file.parquet"
        DuckDBEngine().write_parquet(columns, path)
        read = duckdb.read_parquet(str(path))
        rows = read.fetchall()
        return {
            name: (str(kind), [row[i] for row in rows])
            for i, (name, kind) in enumerate(zip(read.columns, read.types, strict=True))
        }

    return write


@pytest.mark.parametrize(
    ("sql_type", "values"),
    [
        ("VARCHAR", ["a", None, "", "it's", 'a "b"', "a"]),
        ("DECIMAL(38,12)", [Decimal("1.5"), None, Decimal("-0.000000000001")]),
        ("DATE", [date(2026, 1, 1), None, date(2026, 1, 1)]),
        ("BIGINT", [1, None, 2**53 + 1]),
        ("BOOLEAN", [True, False, None]),
        ("MAP(VARCHAR, VARCHAR)", [{"user:team": "it's"}, {}, None]),
        ("VARCHAR[]", [["a", "b"], [], None]),
    ],
)
def test_values_come_out_as_they_went_in(written, sql_type, values):
    found = written({'a "name"': (sql_type, values)})
    kind, read = found['a "name"']
    assert kind == sql_type
    assert read == values


def test_numbers_keep_every_bit(written):
    numbers = np.array([0.1, 1e-10, 123456789.0123456789, -0.0])
    assert written({"cost": ("DOUBLE", numbers)}) == {"cost": ("DOUBLE", numbers.tolist())}


def test_one_object_in_many_rows_is_one_value_in_each(written):
    tags = {"team": "web"}
    columns = {"tags": ("MAP(VARCHAR, VARCHAR)", [tags] * 3), "n": ("INTEGER", np.arange(3))}
    assert written(columns) == {"tags": ("MAP(VARCHAR, VARCHAR)", [tags] * 3), "n": ("INTEGER", [0, 1, 2])}


def test_a_sequence_that_makes_its_values_as_it_goes_loses_none(written):
    assert written({"n": ("BIGINT", range(1000))}) == {"n": ("BIGINT", list(range(1000)))}


def test_no_rows_are_a_file_with_columns(written):
    columns = {"name": ("VARCHAR", []), "cost": ("DOUBLE", np.array([]))}
    assert written(columns) == {"name": ("VARCHAR", []), "cost": ("DOUBLE", [])}
