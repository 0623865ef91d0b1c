-- Every closed day that any load moved, the oldest load first.
SELECT moved."day", moved.service, moved.currency, moved.change
FROM (SELECT load_id, data_source, unnest(restated) AS moved FROM ingestion_log)
WHERE coalesce(data_source = {{data_source}}, true)
    AND coalesce(moved."day" >= {{start}} AND moved."day" < {{end}}, true)
ORDER BY load_id, moved."day", moved.service, moved.currency;
