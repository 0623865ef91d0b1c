-- The outbox: an alert is written together with the anomalies it tells of, sent afterwards, and never forgotten.
CREATE TABLE alerts (
    alert_id VARCHAR NOT NULL,
    subscription VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    because VARCHAR NOT NULL,
    told STRUCT(anomaly_id VARCHAR, total_impact DOUBLE, cause VARCHAR, is_over BOOLEAN)[] NOT NULL,
    "message" VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    delivery VARCHAR NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TIMESTAMP,
    may_repeat BOOLEAN NOT NULL,
    detail VARCHAR NOT NULL,
    "reference" VARCHAR NOT NULL,
    sent_at TIMESTAMP
);

CREATE TABLE runs (
    started_at TIMESTAMP NOT NULL,
    is_good BOOLEAN NOT NULL,
    summary VARCHAR NOT NULL
);
