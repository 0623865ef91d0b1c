-- The closed days that the newest load of all moved.
SELECT moved."day", moved.service, moved.currency, moved.change, moved.effective_change, data_source
FROM (SELECT data_source, unnest(restated) AS moved FROM ingestion_log QUALIFY load_id = max(load_id) OVER ());
