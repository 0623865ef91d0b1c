-- One row per scope, currency and day; several currencies are for the caller to refuse.
SELECT {{keys}}, currency, date_diff('day', DATE {{start}}, day) AS day, CAST(SUM(COALESCE(cost, 0)) AS DOUBLE) AS cost
FROM (
    {{bills|@|
    UNION ALL
    }}
) AS costs
GROUP BY {{keys}}, currency, day
