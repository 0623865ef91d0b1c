SELECT
    CAST(NULL AS VARCHAR) AS data_source,
    CAST(NULL AS VARCHAR) AS "export",
    CAST(NULL AS VARCHAR) AS billing_period,
    {{columns}}
WHERE false
