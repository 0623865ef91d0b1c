-- Every anomaly of AWS, the oldest first.
SELECT * FROM aws_anomalies ORDER BY start_date, anomaly_id;
