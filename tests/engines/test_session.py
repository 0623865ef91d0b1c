"""Connections say nothing of their own."""

from aws_cost_anomalies.engines.duckdb.session import Session


def test_duckdb_draws_no_progress_bar_where_answers_belong() -> None:
    with Session().connected("a question") as connection:
        assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
