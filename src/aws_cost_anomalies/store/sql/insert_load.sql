-- Before the charges themselves are replaced, so that what the new ones move can be seen.
INSERT INTO ingestion_log BY NAME
SELECT
    (SELECT coalesce(max(load_id), 0) + 1 FROM ingestion_log) AS load_id,
    {{data_source}} AS data_source,
    {{export}} AS "export",
    {{billing_period}} AS billing_period,
    {{start}} AS period_start,
    {{end}} AS period_end,
    {{version}} AS "version",
    {{loaded_at}} AS loaded_at,
    {{format}} AS "format",
    {{mapping}} AS mapping,
    {{line_items}} AS line_items,
    {{summary_rows}} AS summary_rows,
    {{covered_start}} AS covered_start,
    {{covered_end}} AS covered_end,
    {{execution}} AS "execution",
    {{manifest_etag}} AS manifest_etag,
    {{files}}::STRUCT("path" VARCHAR, origin VARCHAR, etag VARCHAR, size BIGINT)[] AS files,
    {{totals}}::STRUCT(currency VARCHAR, metric VARCHAR, total DECIMAL(38, 12))[] AS totals,
    (SELECT coalesce(list(moved ORDER BY moved), []) FROM ({{restated}}) AS moved) AS restated;
