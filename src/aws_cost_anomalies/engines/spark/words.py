"""Names, texts and casts as Spark writes them."""

from __future__ import annotations

from sqlglot import exp

from aws_cost_anomalies.model.scope import NONE

DIALECT = "spark"


def column(name: str) -> str:
    """A column, quoted."""
    return exp.column(name, quoted=True).sql(dialect=DIALECT)


def literal(text: str) -> str:
    """A text value, quoted."""
    return exp.Literal.string(text).sql(dialect=DIALECT)


def cast(name: str, sql_type: str) -> str:
    """A column in a type of `model.focus`, under its own name."""
    target = exp.DataType.build(sql_type, dialect="duckdb")
    value = exp.cast(exp.column(name, quoted=True), target)
    return value.as_(name, quoted=True).sql(dialect=DIALECT)


def key(name: str, position: int) -> str:
    """A column as the text that tells scopes apart; what has no value is a scope too."""
    text = exp.cast(exp.column(name, quoted=True), "VARCHAR")
    known = exp.Coalesce(this=text, expressions=[exp.Literal.string(NONE)])
    return known.as_(f"key_{position}").sql(dialect=DIALECT)
