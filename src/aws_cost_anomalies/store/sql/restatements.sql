-- Every closed day that any load moved, the oldest load first.
SELECT moved."day", moved.service, moved.currency, moved.change, moved.effective_change, data_source
FROM (SELECT load_id, data_source, unnest(restated) AS moved FROM ingestion_log)
ORDER BY load_id, moved."day", moved.service, moved.currency;
