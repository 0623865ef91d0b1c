-- The daily charges as they leave: FOCUS order and types.
COPY (
    SELECT {{columns}}
    FROM ({{charges}})
    ORDER BY "ChargePeriodStart", "SubAccountId", "ServiceName", "x_UsageType"
) TO {{path}} (FORMAT parquet, COMPRESSION snappy)
