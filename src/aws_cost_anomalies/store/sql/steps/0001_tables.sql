-- Fact tables carry no key, no unique constraint and no index: replacing a period is a plain delete and insert.
CREATE TABLE schema_version ("version" INTEGER NOT NULL, applied_at TIMESTAMP NOT NULL);

CREATE TABLE daily_cost_summary (
    data_source VARCHAR NOT NULL,
    "export" VARCHAR NOT NULL,
    billing_period VARCHAR NOT NULL,
    {{columns}},
    x_LineItems BIGINT NOT NULL
);

CREATE TABLE ingestion_log (
    load_id BIGINT NOT NULL,
    data_source VARCHAR NOT NULL,
    "export" VARCHAR NOT NULL,
    billing_period VARCHAR NOT NULL,
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    "version" VARCHAR NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    "format" VARCHAR NOT NULL,
    mapping VARCHAR NOT NULL,
    line_items BIGINT NOT NULL,
    summary_rows BIGINT NOT NULL,
    covered_start DATE,
    covered_end DATE,
    files STRUCT("path" VARCHAR, origin VARCHAR, etag VARCHAR, size BIGINT)[] NOT NULL,
    totals STRUCT(currency VARCHAR, metric VARCHAR, total DECIMAL(38, 12))[] NOT NULL,
    restated STRUCT("day" DATE, service VARCHAR, currency VARCHAR, change DECIMAL(38, 12))[] NOT NULL
);

CREATE TABLE anomalies (
    anomaly_id VARCHAR NOT NULL,
    monitor VARCHAR NOT NULL,
    scope MAP(VARCHAR, VARCHAR) NOT NULL,
    kind VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE NOT NULL,
    detected_on DATE NOT NULL,
    impact STRUCT(
        total_impact DOUBLE,
        max_impact DOUBLE,
        total_actual_spend DOUBLE,
        total_expected_spend DOUBLE,
        total_impact_percentage DOUBLE,
        rest_of_month DOUBLE,
        monthly_run_rate DOUBLE
    ) NOT NULL,
    root_causes STRUCT(scope MAP(VARCHAR, VARCHAR), contribution DOUBLE)[] NOT NULL
);

CREATE TABLE feedback (
    anomaly_id VARCHAR NOT NULL,
    feedback VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    given_at TIMESTAMP NOT NULL
);

CREATE TABLE api_calls (
    called_at TIMESTAMP NOT NULL,
    service VARCHAR NOT NULL,
    "operation" VARCHAR NOT NULL,
    requests BIGINT NOT NULL,
    usd DECIMAL(38, 12) NOT NULL,
    note VARCHAR NOT NULL
);
