-- The number of the newest load of all.
SELECT coalesce(max(load_id), 0) FROM ingestion_log;
