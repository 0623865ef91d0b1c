DELETE FROM alerts WHERE list_contains({{ids}}::VARCHAR[], alert_id);
