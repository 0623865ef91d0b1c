-- The daily charges with their tags in one map; those without a value are left out.
SELECT
    *,
    MAP_FROM_ENTRIES(LIST_FILTER(
        CAST([{{tags}}] AS STRUCT("key" VARCHAR, "value" VARCHAR)[]), LAMBDA tag: tag."value" IS NOT NULL
    )) AS "Tags"
FROM daily
