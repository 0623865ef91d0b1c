INSERT INTO alerts BY NAME
SELECT a.*
FROM (SELECT unnest({{alerts}}::STRUCT(
    alert_id VARCHAR,
    subscription VARCHAR,
    channel VARCHAR,
    reason VARCHAR,
    because VARCHAR,
    told STRUCT(anomaly_id VARCHAR, total_impact DOUBLE, cause VARCHAR, is_over BOOLEAN)[],
    "message" VARCHAR,
    created_at TIMESTAMP,
    delivery VARCHAR,
    attempts INTEGER,
    not_before TIMESTAMP,
    may_repeat BOOLEAN,
    detail VARCHAR,
    "reference" VARCHAR,
    sent_at TIMESTAMP
)[], max_depth := 2)) AS a;
