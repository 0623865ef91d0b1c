"""The tables that a statement may read, and what their columns mean. A test holds them against the schema.

Knows words; opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from aws_cost_anomalies.model.focus import SUMMARY


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type in DuckDB's words, and its meaning."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table, and what one row of it is."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


_TEXT, _DAY, _MOMENT, _COUNT, _NUMBER = "VARCHAR", "DATE", "TIMESTAMP", "BIGINT", "DOUBLE"
_MAP = "MAP(VARCHAR, VARCHAR)"
_CAUSES = f"STRUCT(scope {_MAP}, contribution {_NUMBER})[]"
_SCOPE = (
    "the slice of spend: FOCUS column name to value, e.g. scope['ServiceName']; an empty map is everything"
)

_EXPORT = (
    Column("data_source", _TEXT, "cost_explorer, cur, focus or sample: never add up two of them"),
    Column("export", _TEXT, "name of the export within the data source"),
    Column("billing_period", _TEXT, "YYYY-MM, or FROM..TO for a plain range of days"),
)

DAILY = Table(
    "daily_cost_summary",
    "charges of one day with equal dimensions, summed",
    (
        *_EXPORT,
        *(Column(each.name, each.type.replace("38, 12", "38,12"), each.meaning) for each in SUMMARY),
        Column("x_LineItems", _COUNT, "how many line items of the bill are in the row"),
    ),
)

_LOG = Table(
    "ingestion_log",
    "one load of one bill; of a bill loaded again, the newest load_id counts",
    (
        Column("load_id", _COUNT, "in order of the loads"),
        *_EXPORT,
        Column("period_start", _DAY, "first day the delivery speaks for"),
        Column("period_end", _DAY, "the day after the last one"),
        Column("version", _TEXT, "of the delivery; equal means unchanged"),
        Column("loaded_at", _MOMENT, "UTC"),
        Column("format", _TEXT, "of the files"),
        Column("mapping", _TEXT, "name of the mapping that read them"),
        Column("line_items", _COUNT, "raw rows"),
        Column("summary_rows", _COUNT, "rows made of them in daily_cost_summary"),
        Column("covered_start", _DAY, "first day with a charge, NULL when there was none"),
        Column("covered_end", _DAY, "the day after the last one"),
        Column("files", f"STRUCT(path {_TEXT}, origin {_TEXT}, etag {_TEXT}, size {_COUNT})[]", "the files"),
        Column(
            "totals",
            f"STRUCT(currency {_TEXT}, metric {_TEXT}, total DECIMAL(38,12))[]",
            "what the line items add up to, by currency and metric column",
        ),
        Column(
            "restated",
            f"STRUCT(day {_DAY}, service {_TEXT}, currency {_TEXT}, change DECIMAL(38,12),"
            " effective_change DECIMAL(38,12))[]",
            "the closed days this load moved, by how much of BilledCost and of EffectiveCost",
        ),
        Column(
            "execution", _TEXT, "execution or assembly id of the delivery; empty where nothing stated one"
        ),
        Column("manifest_etag", _TEXT, "of the manifest it was read by; empty without one"),
    ),
)

_ANOMALIES = Table(
    "anomalies",
    "one anomaly: days of one slice of spend that moved without a good reason",
    (
        Column("anomaly_id", _TEXT, "stable; `explain` takes it"),
        Column("monitor", _TEXT, "the monitor that raised it"),
        Column("scope", _MAP, _SCOPE),
        Column("kind", _TEXT, "spike, drop, step_up, step_down, drift_up, drift_down, new or gone"),
        Column("severity", _TEXT, "critical, warning or info"),
        Column("status", _TEXT, "open, ongoing, resolved or withdrawn"),
        Column("score", _NUMBER, "largest surprise in robust standard deviations, signed"),
        Column("start_date", _DAY, "first anomalous day"),
        Column("end_date", _DAY, "last anomalous day, inclusive"),
        Column("detected_on", _DAY, "latest charge day in view when it was first raised"),
        Column(
            "impact",
            f"STRUCT(total_impact {_NUMBER}, max_impact {_NUMBER}, total_actual_spend {_NUMBER},"
            f" total_expected_spend {_NUMBER}, total_impact_percentage {_NUMBER}, rest_of_month {_NUMBER},"
            f" monthly_run_rate {_NUMBER})",
            "in `currency`; total_impact is actual minus expected over all its days, negative for a drop;"
            " rest_of_month and monthly_run_rate are what it will cost if it goes on",
        ),
        Column("root_causes", _CAUSES, "parts of total_impact, the largest first"),
        Column("data_source", _TEXT, "the data it was seen in"),
        Column("metric", _TEXT, "the metric column it was seen in, e.g. BilledCost"),
        Column("currency", _TEXT, "ISO 4217 code of its amounts"),
        Column("through", _DAY, "last day that was looked at"),
    ),
)

_FEEDBACK = Table(
    "feedback",
    "one word of a person on an anomaly; the newest counts",
    (
        Column("anomaly_id", _TEXT, "the anomaly"),
        Column("feedback", _TEXT, "YES (a real anomaly), NO (a false alarm) or PLANNED_ACTIVITY"),
        Column("note", _TEXT, "in the person's own words"),
        Column("given_at", _MOMENT, "UTC"),
    ),
)

_ALERTS = Table(
    "alerts",
    "one alert to one channel, sent or waiting",
    (
        Column("alert_id", _TEXT, "stable"),
        Column("subscription", _TEXT, "whose wish it was"),
        Column("channel", _TEXT, "name of the channel"),
        Column("reason", _TEXT, "new, grew, cause_changed, resolved, withdrawn, digest, storm, heartbeat …"),
        Column("because", _TEXT, "the reason in one sentence"),
        Column(
            "told",
            f"STRUCT(anomaly_id {_TEXT}, total_impact {_NUMBER}, cause {_TEXT}, is_over BOOLEAN)[]",
            "what it said of each anomaly; total_impact is 0 of what was taken back",
        ),
        Column("message", _TEXT, "the message as JSON"),
        Column("created_at", _MOMENT, "UTC"),
        Column("delivery", _TEXT, "how far it got: pending, sending, sent, ambiguous or failed"),
        Column("attempts", "INTEGER", "to send it"),
        Column("not_before", _MOMENT, "the channel asked for patience until then"),
        Column("may_repeat", "BOOLEAN", "whether an earlier attempt may have arrived"),
        Column("detail", _TEXT, "what the channel answered last"),
        Column("reference", _TEXT, "the channel's own name of the message"),
        Column("sent_at", _MOMENT, "NULL while it waits"),
    ),
)

_RUNS = Table(
    "runs",
    "one daily run",
    (
        Column("started_at", _MOMENT, "UTC"),
        Column("is_good", "BOOLEAN", "whether everything in it went well"),
        Column("summary", _TEXT, "what it did"),
    ),
)

_CALLS = Table(
    "api_calls",
    "paid (or counted) requests to AWS: the ledger",
    (
        Column("called_at", _MOMENT, "UTC"),
        Column("service", _TEXT, "as the SDK calls it, e.g. ce"),
        Column("operation", _TEXT, "e.g. GetCostAndUsage"),
        Column("requests", _COUNT, "HTTP requests, pages and retries included"),
        Column("usd", "DECIMAL(38,12)", "what they cost"),
        Column("note", _TEXT, "what was asked"),
    ),
)

_OPINION = Table(
    "aws_anomalies",
    "one anomaly of AWS Cost Anomaly Detection, as AWS told it last",
    (
        Column("anomaly_id", _TEXT, "AWS's own"),
        Column("monitor", _TEXT, "ARN of AWS's monitor"),
        Column("start_date", _DAY, "first day"),
        Column("end_date", _DAY, "last day, NULL while it goes on"),
        Column("dimension_value", _TEXT, "what AWS names it after, e.g. a service"),
        Column("max_score", _NUMBER, "AWS's largest score"),
        Column("max_impact", _NUMBER, "USD of the worst day"),
        Column("total_impact", _NUMBER, "USD, actual minus expected"),
        Column("total_actual_spend", _NUMBER, "USD"),
        Column("total_expected_spend", _NUMBER, "USD"),
        Column("root_causes", _CAUSES, "AWS's ranking"),
        Column("feedback", _TEXT, "given to AWS"),
    ),
)

TABLES = (DAILY, _ANOMALIES, _FEEDBACK, _LOG, _ALERTS, _RUNS, _CALLS, _OPINION)
"""In the order of the dictionary. A statement may read these and no other."""

RULES = (
    "Filter daily_cost_summary by one data_source: the sources tell of the same money.",
    "Filter by one BillingCurrency, or group by it.",
    "Money: BilledCost is the invoice (unblended), EffectiveCost is net amortized. Name the one you used.",
    "ChargePeriodStart is a UTC day; the last days of a source may still be incomplete.",
    "Credits and refunds are negative rows: ChargeCategory tells them from usage.",
    "A tag is Tags['key'] (NULL where it is missing); only configured keys are there.",
    "Line items, resources and operations are not here: drill down into an anomaly for them.",
    "The dialect is DuckDB's. One SELECT, WITH and subqueries included; nothing that writes or reads files.",
)
"""What a writer of statements must keep."""
