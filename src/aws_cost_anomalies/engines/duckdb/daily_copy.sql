-- The daily charges as they leave: FOCUS order and types, tags without a value left out.
COPY (
    SELECT {{columns}}
    FROM (
        SELECT
            *,
            MAP_FROM_ENTRIES(LIST_FILTER(
                CAST([{{tags}}] AS STRUCT("key" VARCHAR, "value" VARCHAR)[]), LAMBDA tag: tag."value" IS NOT NULL
            )) AS "Tags"
        FROM daily
    )
    ORDER BY "ChargePeriodStart", "SubAccountId", "ServiceName", "x_UsageType"
) TO {{path}} (FORMAT parquet, COMPRESSION snappy)
