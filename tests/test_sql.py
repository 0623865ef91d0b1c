"""SQL from files: placeholders, quoting, and how real files' columns become what a mapping reads."""

from dataclasses import replace

import pytest

from aws_cost_anomalies import sql
from aws_cost_anomalies.errors import BadBill
from aws_cost_anomalies.model.bill import FocusMapping, KeyedValues, RawColumn
from aws_cost_anomalies.model.services import SERVICES
from aws_cost_anomalies.sql import charges
from aws_cost_anomalies.sql.raw import raw_rows, read_column
from aws_cost_anomalies.sql.tables import FileColumn, Lines, RawTable


@pytest.fixture
def statement(tmp_path, monkeypatch):
    """A reader of statements that the test writes itself."""
    package = tmp_path / f"statements_of_{tmp_path.name}"
    package.mkdir()
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    count = iter(range(100))

    def read(text, **fill):
        name = f"s{next(count)}"
        (package / f"{name}.sql").write_text(text)
        return sql.read(package.name, name, **fill)

    return read


@pytest.fixture
def services(monkeypatch):
    """The relation of services as a dialect reads it, were this the only one: (name, dialect) → SQL."""

    def with_service(name, dialect):
        charges._services.cache_clear()
        monkeypatch.setattr(charges, "SERVICES", (replace(SERVICES[0], name=name),))
        return charges.with_services("SELECT 1", dialect)

    yield with_service
    charges._services.cache_clear()


@pytest.mark.parametrize(
    ("dialect", "quoted"), [("duckdb", "'O''s'"), ("trino", "'O''s'"), ("spark", "'O\\'s'")]
)
def test_the_name_of_a_service_is_quoted_as_the_dialect_does(services, dialect, quoted):
    assert f", {quoted}, " in services("O's", dialect)


@pytest.mark.parametrize(("dialect", "quoted"), [("duckdb", "'O\\s'"), ("spark", "'O\\\\s'")])
def test_so_is_a_backslash_in_it(services, dialect, quoted):
    assert f", {quoted}, " in services("O\\s", dialect)


def test_a_list_is_joined_by_commas(statement):
    assert statement("SELECT {{columns}}", columns=sql.names(["a", 'b"c'])) == 'SELECT "a", "b""c"'


def test_a_pattern_is_written_once_per_item(statement):
    assert statement("{{m|SUM(@) AS @}} x", m=['"a"', '"b"']) == 'SUM("a") AS "a", SUM("b") AS "b" x'


def test_a_pattern_may_have_its_own_separator(statement):
    assert statement("{{k|a.@ = b.@| AND }}", k=["x", "y"]) == "a.x = b.x AND a.y = b.y"


def test_what_is_filled_in_is_not_read_again(statement):
    assert statement("{{a}} {{b}}", a="{{b}}", b="x") == "{{b}} x"


@pytest.mark.parametrize("fill", [{}, {"a": "1", "b": "2"}])
def test_a_placeholder_and_its_fill_must_meet(statement, fill):
    with pytest.raises(KeyError):
        statement("SELECT {{a}}", **fill)


def test_a_quote_in_a_text_is_doubled():
    assert sql.literal("it's") == "'it''s'"


def table(**columns):
    there = tuple(FileColumn(name, kind, name) for name, kind in columns.items())
    return RawTable("SELECT * FROM file", there, "s3://b/k.parquet")


COST = RawColumn("line_item_unblended_cost", "DECIMAL(38, 12)", required=True, also=("cost",))


@pytest.mark.parametrize(
    "spelling",
    [
        "line_item_unblended_cost",
        "LINE_ITEM_UNBLENDED_COST",
        "lineItem/UnblendedCost",
        "lineitem_unblendedcost",
        "COST",
    ],
)
def test_a_column_is_found_under_every_spelling(spelling):
    assert table(**{"x": "INT", spelling: "DOUBLE"}).find(COST).name == spelling


def test_its_own_name_comes_before_what_reads_like_it():
    there = table(**{"lineItem/UnblendedCost": "DOUBLE", "line_item_unblended_cost": "DOUBLE"})
    assert there.find(COST).name == "line_item_unblended_cost"


def test_an_absent_optional_column_is_null():
    assert (
        read_column(RawColumn("x", "TIMESTAMP"), table(y="INT"), "duckdb").sql("duckdb")
        == "CAST(NULL AS TIMESTAMP)"
    )


def test_an_absent_required_column_is_a_bad_bill_with_its_near_names():
    with pytest.raises(BadBill) as told:
        read_column(COST, table(line_item_unblended_costs="DOUBLE", other="INT"), "duckdb")
    assert "line_item_unblended_cost" in told.value.message
    assert "s3://b/k.parquet" in told.value.message
    assert "line_item_unblended_costs" in told.value.hint


def test_a_list_where_money_should_be_is_a_bad_bill():
    with pytest.raises(BadBill, match=r"DOUBLE\[\], not DECIMAL"):
        read_column(COST, table(line_item_unblended_cost="DOUBLE[]"), "duckdb")


def lines(there, keys=(), **mapping):
    columns = (RawColumn("cost", "DECIMAL(38, 12)"),)
    return Lines(FocusMapping("m", "SELECT cost FROM raw", columns, **mapping), [there], keys, "duckdb")


def test_a_tag_is_looked_for_in_columns_first_then_in_maps():
    there = table(**{"resourceTags/user:Team": "VARCHAR", "resource_tags": "MAP(VARCHAR, VARCHAR)"})
    asked = lines(
        there,
        ["team"],
        tags=KeyedValues(("resource_tags_user_{key}",), ("resource_tags",), ("user_{key}",)),
    )
    text = raw_rows(there, asked).sql("duckdb")
    assert text.index("resourceTags/user:Team") < text.index("'user_team'")


def test_a_tag_key_with_capitals_is_looked_for_as_aws_writes_it_too():
    there = table(resource_tags="MAP(VARCHAR, VARCHAR)")
    asked = lines(there, ["CostCenter"], tags=KeyedValues(maps=("resource_tags",), keys=("user_{key}",)))
    text = raw_rows(there, asked).sql("duckdb")
    assert "'user_CostCenter'" in text
    assert "'user_cost_center'" in text


def test_a_tag_nobody_has_is_null():
    there = table(cost="DOUBLE")
    assert 'CAST(NULL AS TEXT) AS "tag:team"' in raw_rows(there, lines(there, ["team"])).sql("duckdb")
