-- One row per scope and currency, its costs by day within; several currencies are for the caller to refuse.
SELECT
    {{keys}},
    currency,
    COLLECT_LIST(NAMED_STRUCT('day', day, 'cost', cost)) AS costs
FROM (
    SELECT
        {{keys}},
        currency,
        DATEDIFF(day, CAST({{start}} AS DATE)) AS day,
        CAST(SUM(COALESCE(cost, 0)) AS DOUBLE) AS cost
    FROM (
        {{bills|@|
        UNION ALL
        }}
    )
    GROUP BY {{keys}}, currency, day
)
GROUP BY {{keys}}, currency
ORDER BY {{keys}}
