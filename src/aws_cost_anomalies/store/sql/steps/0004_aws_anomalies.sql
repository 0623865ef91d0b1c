-- What AWS Cost Anomaly Detection says, kept after AWS has forgotten it. The ledger says when it was asked.
CREATE TABLE aws_anomalies (
    anomaly_id VARCHAR NOT NULL,
    monitor VARCHAR NOT NULL,
    start_date DATE NOT NULL,
    end_date DATE,
    dimension_value VARCHAR NOT NULL,
    max_score DOUBLE NOT NULL,
    max_impact DOUBLE NOT NULL,
    total_impact DOUBLE NOT NULL,
    total_actual_spend DOUBLE,
    total_expected_spend DOUBLE,
    root_causes STRUCT(scope MAP(VARCHAR, VARCHAR), contribution DOUBLE)[] NOT NULL,
    feedback VARCHAR
);
