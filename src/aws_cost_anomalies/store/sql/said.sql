SELECT feedback, note, given_at FROM feedback WHERE anomaly_id = {{anomaly_id}} ORDER BY given_at;
