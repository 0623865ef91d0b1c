DELETE FROM anomalies WHERE list_contains({{ids}}::VARCHAR[], anomaly_id);
