-- What a load moved of EffectiveCost too, which detection looks at; of loads before this step it is not known.
CREATE TABLE new_log (
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
    restated STRUCT(
        "day" DATE, service VARCHAR, currency VARCHAR, change DECIMAL(38, 12), effective_change DECIMAL(38, 12)
    )[] NOT NULL,
    "execution" VARCHAR DEFAULT '',
    manifest_etag VARCHAR DEFAULT ''
);

INSERT INTO new_log BY NAME
SELECT * REPLACE (
    list_transform(restated, LAMBDA one: {
        'day': one."day", 'service': one.service, 'currency': one.currency, 'change': one.change,
        'effective_change': NULL::DECIMAL(38, 12)
    }) AS restated
)
FROM ingestion_log;

DROP TABLE ingestion_log;

ALTER TABLE new_log RENAME TO ingestion_log;
