-- A payer that a bill no longer has, where its last version came from another folder too: then it is another bill of the same name. The
-- record of the new bill is there already, its charges are not.
WITH loads AS (
    SELECT load_id = max(load_id) OVER () AS is_new, files
    FROM ingestion_log
    WHERE data_source = {{data_source}} AND "export" = {{export}} AND billing_period = {{billing_period}}
    QUALIFY row_number() OVER (ORDER BY load_id DESC) <= 2
), files AS (
    SELECT DISTINCT is_new, regexp_replace(
        origin, '/(data/)?BILLING_PERIOD=[^/]*/.*$|/\d{8}-\d{8}/.*$|/year=\d{4}/.*$|/[^/]*$', '', 'i'
    ) AS folder
    FROM (SELECT is_new, unnest(files).origin AS origin FROM loads)
), left_behind AS (
    SELECT folder FROM files WHERE NOT is_new
    EXCEPT SELECT folder FROM files WHERE is_new
), payers AS (
    SELECT DISTINCT BillingAccountId AS payer
    FROM read_parquet({{charges}}, hive_partitioning = false)
    WHERE BillingAccountId IS NOT NULL AND EXISTS (FROM left_behind)
), lost AS (
    SELECT BillingAccountId AS payer FROM daily_cost_summary WHERE BillingAccountId IS NOT NULL AND {{replaced}}
    EXCEPT SELECT payer FROM payers
)
SELECT min(payer), (SELECT min(payer) FROM payers), (SELECT min(folder) FROM left_behind)
FROM lost
WHERE EXISTS (FROM payers) AND EXISTS (FROM left_behind)
HAVING count(*) > 0;
