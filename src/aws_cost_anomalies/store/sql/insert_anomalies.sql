INSERT INTO anomalies BY NAME
SELECT
    a.* REPLACE (
        map_from_entries(a.scope) AS scope,
        [{'scope': map_from_entries(cause.scope), 'contribution': cause.contribution} FOR cause IN a.root_causes]
            AS root_causes
    )
FROM (SELECT unnest({{anomalies}}::STRUCT(
    anomaly_id VARCHAR,
    monitor VARCHAR,
    scope STRUCT("key" VARCHAR, "value" VARCHAR)[],
    kind VARCHAR,
    severity VARCHAR,
    status VARCHAR,
    score DOUBLE,
    start_date DATE,
    end_date DATE,
    detected_on DATE,
    impact STRUCT(
        total_impact DOUBLE,
        max_impact DOUBLE,
        total_actual_spend DOUBLE,
        total_expected_spend DOUBLE,
        total_impact_percentage DOUBLE,
        rest_of_month DOUBLE,
        monthly_run_rate DOUBLE
    ),
    root_causes STRUCT(scope STRUCT("key" VARCHAR, "value" VARCHAR)[], contribution DOUBLE)[],
    data_source VARCHAR,
    metric VARCHAR,
    currency VARCHAR,
    through DATE
)[], max_depth := 2)) AS a;
