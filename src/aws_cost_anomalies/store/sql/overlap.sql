-- The bill that holds most of the charges which a new one brings again; what the new one replaces is deleted before.
WITH held AS (
    SELECT *, bool_and(unstated) OVER (PARTITION BY "export", billing_period) AS names_none
    FROM (
        SELECT "export", billing_period, {{counted}}
        FROM daily_cost_summary
        WHERE data_source = {{data_source}} AND ChargePeriodStart >= {{start}} AND ChargePeriodStart < {{end}}
        GROUP BY ALL
    )
), brought AS (
    SELECT *, bool_and(unstated) OVER () AS names_none
    FROM (
        SELECT {{billing_period}} AS billing_period, {{counted}}
        FROM read_parquet({{charges}}, hive_partitioning = false)
        WHERE EXISTS (FROM held)
        GROUP BY ALL
    )
)
SELECT a."export", a.billing_period, min(a."day"), max(a."day"), count(DISTINCT a.account), min(a.account)
FROM held AS a JOIN brought AS b ON {{counted_same}}
GROUP BY a."export", a.billing_period, b.billing_period
HAVING {{counted_twice}}
ORDER BY count(*) DESC, a."export", a.billing_period
LIMIT 1;
