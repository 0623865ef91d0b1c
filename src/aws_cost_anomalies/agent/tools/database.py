"""Tools that read the database by SQL: what the other tools do not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from aws_cost_anomalies.agent.tool import Arguments, Basis, Result, tool
from aws_cost_anomalies.agent.tools.costs import Nothing

if TYPE_CHECKING:
    from aws_cost_anomalies.app import App


class Statement(Arguments):
    """What `query_database` takes."""

    sql: Annotated[str, Field(max_length=20_000)] = Field(
        description="one SELECT in DuckDB's dialect over the tables that database_schema names"
    )


def database_schema(app: App, _asked: Nothing) -> Result:
    """Tables, columns, types, meanings and rules of the database; read it before the first query_database."""
    return Result({"dictionary": app.dictionary().splitlines()}, Basis("the data dictionary"))


def query_database(app: App, asked: Statement) -> Result:
    """The rows of one read-only SELECT over the daily costs, loads, restatements, anomalies and paid calls.

    For questions the other tools do not answer. Always filter by one data_source. Results are capped.
    """
    found = app.select(asked.sql)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    document = {"columns": found.columns, "rows": rows, "what_was_cut": found.what_was_cut}
    return Result(document, Basis("SQL over the database"))


DATABASE_TOOLS = (tool(database_schema), tool(query_database))
