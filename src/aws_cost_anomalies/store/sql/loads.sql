-- The newest load of each bill, without the days it moved: there can be thousands.
SELECT * EXCLUDE (restated)
FROM ingestion_log
WHERE coalesce(data_source = {{data_source}}, true)
QUALIFY row_number() OVER (PARTITION BY data_source, "export", billing_period ORDER BY load_id DESC) = 1
ORDER BY data_source, "export", period_start, billing_period;
