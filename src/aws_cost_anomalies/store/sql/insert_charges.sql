INSERT INTO daily_cost_summary BY NAME
SELECT
    {{data_source}} AS data_source,
    {{export}} AS "export",
    {{billing_period}} AS billing_period,
    {{columns}},
    x_LineItems
FROM read_parquet({{charges}}, hive_partitioning = false);
