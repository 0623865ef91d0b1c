-- The daily charges as they leave the cluster: FOCUS order and types, tags without a value left out.
SELECT {{columns}}
FROM (
    SELECT
        *,
        MAP_FILTER(
            CAST(MAP_FROM_ARRAYS(ARRAY({{keys}}), ARRAY({{values}})) AS MAP<STRING, STRING>),
            (key, value) -> value IS NOT NULL
        ) AS `Tags`
    FROM ({{charges}})
)
ORDER BY `ChargePeriodStart`, `SubAccountId`, `ServiceName`, `x_UsageType`
