"""What is put on trial: the modules that decide something, by subject, and the tests that hold them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """Modules that decide one thing.

    Attributes:
        title: for people.
        modules: below the package.
        tests: files or folders below `tests/`.
        elsewhere: those of the modules that run in a process of their own, where no trace sees which test
            reaches a line; all tests are tried on them.
    """

    title: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


SUBJECTS = {
    "ingest": Subject(
        "what is loaded again, load records, publication",
        (
            "delivery/by_manifest.py",
            "delivery/by_path.py",
            "delivery/deliveries.py",
            "delivery/delivery.py",
            "delivery/source.py",
            "ingestion.py",
            "store/exactness.py",
            "store/loads.py",
            "store/publication.py",
            "store/replacing.py",
        ),
        (
            "delivery",
            "sources/test_cur.py",
            "sources/test_plain_folder.py",
            "store/test_publication.py",
            "store/test_replacing.py",
            "test_ingestion.py",
        ),
    ),
    "downloads": Subject(
        "files of a bill on their way, and what is added up before the rest is here",
        ("gathering.py", "objects/bucket.py", "objects/pieces.py"),
        ("test_gathering.py", "objects"),
        elsewhere=("objects/bucket.py", "objects/pieces.py"),  # much of them runs in threads
    ),
    "money": Subject(
        "amounts, currencies, rounding",
        (
            "analysis/attribution.py",
            "analysis/effects.py",
            "aws/meter.py",
            "cli/money.py",
            "free_sql/values.py",
            "model/money.py",
            "store/statements.py",
        ),
        (
            "analysis/test_attribution.py",
            "analysis/test_effects.py",
            "cli/test_money.py",
            "free_sql/test_values.py",
            "store/test_statements.py",
            "test_meter.py",
        ),
    ),
    "sums": Subject(
        "line items to daily charges: what is read, left out, grouped by and told apart",
        (
            "engines/duckdb/checks.py",
            "engines/duckdb/codes.py",
            "engines/duckdb/packing.py",
            "engines/duckdb/rollup.py",
            "sql/charges.py",
            "sql/codes.py",
            "sql/decided.py",
            "sql/determined.py",
            "sql/narrow.py",
            "sql/packing.py",
            "sql/shapes.py",
        ),
        (
            "engines/test_decided.py",
            "engines/test_duckdb_codes.py",
            "engines/test_duckdb_determined.py",
            "engines/test_duckdb_drilldown.py",
            "engines/test_duckdb_faults.py",
            "engines/test_duckdb_packing.py",
            "engines/test_duckdb_rollup.py",
            "engines/test_shapes.py",
            "sources/test_cur_mapping.py",
            "test_sql.py",
        ),
    ),
    "outbox": Subject(
        "alerts on their way: never lost, never twice without a word",
        (
            "alerting/decide.py",
            "alerting/news.py",
            "dispatch.py",
            "sending/receipts.py",
            "store/outbox.py",
        ),
        (
            "alerting/test_decide.py",
            "alerting/test_news.py",
            "sending/test_receipts.py",
            "store/test_outbox.py",
            "test_dispatch.py",
        ),
    ),
    "detectors": Subject(
        "which day is odd, and which anomaly is told",
        (
            "analysis/chance.py",
            "analysis/episodes.py",
            "analysis/first_spend.py",
            "analysis/marks.py",
            "analysis/rules.py",
            "analysis/verdict.py",
            "detectors/forecast.py",
            "detectors/mad.py",
            "detectors/theil_sen.py",
            "detectors/zscore.py",
        ),
        (
            "analysis/test_chance.py",
            "analysis/test_episodes.py",
            "analysis/test_first_spend.py",
            "analysis/test_marks.py",
            "analysis/test_rules.py",
            "analysis/test_verdict.py",
            "detectors",
        ),
    ),
    "gate": Subject(
        "statements of people who are not trusted",
        (
            "free_sql/free_sql.py",
            "free_sql/frames.py",
            "free_sql/gate.py",
            "free_sql/limits.py",
            "free_sql/worker.py",
        ),
        (
            "free_sql/test_frames.py",
            "free_sql/test_judge.py",
            "free_sql/test_worker.py",
        ),
        elsewhere=("free_sql/limits.py", "free_sql/worker.py"),
    ),
}
