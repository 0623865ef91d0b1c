-- The bills of one data source, two and two, that hold the same charges: a store of an older version may have some.
WITH held AS (
    SELECT *, bool_and(unstated) OVER (PARTITION BY data_source, "export", billing_period) AS names_none
    FROM (
        SELECT data_source, "export", billing_period, {{counted}}
        FROM daily_cost_summary
        GROUP BY ALL
    )
)
SELECT a.data_source, a."export", a.billing_period, b."export", b.billing_period
FROM held AS a JOIN held AS b
    ON a.data_source = b.data_source
    AND (a."export", a.billing_period) < (b."export", b.billing_period)
    AND {{counted_same}}
GROUP BY ALL
HAVING {{counted_twice}}
ORDER BY ALL;
