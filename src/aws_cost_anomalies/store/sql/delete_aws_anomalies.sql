DELETE FROM aws_anomalies WHERE list_contains({{ids}}::VARCHAR[], anomaly_id);
