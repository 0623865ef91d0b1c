-- The newest load of each bill, or the newest up to a load, without the days it moved: there can be thousands.
SELECT * EXCLUDE (restated)
FROM ingestion_log
WHERE coalesce(data_source = {{data_source}}, true)
    AND load_id IN (
        SELECT max(load_id) FROM ingestion_log WHERE load_id <= coalesce({{through}}, load_id) GROUP BY data_source, "export", billing_period
    )
ORDER BY data_source, "export", period_start, billing_period;
