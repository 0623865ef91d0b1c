-- Every line item of some bills, told apart by where they came from; tags without a value left out.
SELECT
    {{columns}}
FROM (
    SELECT
        *,
        MAP_FROM_ENTRIES(LIST_FILTER(
            CAST([{{tags}}] AS STRUCT("key" VARCHAR, "value" VARCHAR)[]), LAMBDA tag: tag."value" IS NOT NULL
        )) AS "Tags"
    FROM (
        {{bills|@|
        UNION ALL BY NAME
        }}
    )
)
