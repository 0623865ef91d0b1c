INSERT INTO aws_anomalies BY NAME
SELECT
    a.* REPLACE (
        [{'scope': map_from_entries(cause.scope), 'contribution': cause.contribution} FOR cause IN a.root_causes]
            AS root_causes
    )
FROM (SELECT unnest({{anomalies}}::STRUCT(
    anomaly_id VARCHAR,
    monitor VARCHAR,
    start_date DATE,
    end_date DATE,
    dimension_value VARCHAR,
    max_score DOUBLE,
    max_impact DOUBLE,
    total_impact DOUBLE,
    total_actual_spend DOUBLE,
    total_expected_spend DOUBLE,
    root_causes STRUCT(scope STRUCT("key" VARCHAR, "value" VARCHAR)[], contribution DOUBLE)[],
    feedback VARCHAR
)[], max_depth := 2)) AS a;
