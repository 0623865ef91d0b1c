-- One row per scope and day with a charge; `day` counts from the first day asked for.
SELECT scope, date_diff('day', DATE {{start}}, day) AS day, CAST(SUM(COALESCE(cost, 0)) AS DOUBLE) AS cost
FROM costs JOIN scopes USING ({{keys}})
GROUP BY ALL
