-- By how much the new charges move BilledCost on the closed days, service by service.
WITH charges AS (
    SELECT ChargePeriodStart, ServiceName, BillingCurrency, -BilledCost AS BilledCost
    FROM daily_cost_summary
    WHERE {{replaced}}
    UNION ALL
    SELECT ChargePeriodStart, ServiceName, BillingCurrency, BilledCost
    FROM read_parquet({{charges}}, hive_partitioning = false)
)
SELECT
    ChargePeriodStart AS "day",
    coalesce(ServiceName, {{missing}}) AS service,
    BillingCurrency AS currency,
    sum(BilledCost) AS change
FROM charges
WHERE list_contains({{closed}}::DATE[], ChargePeriodStart)
GROUP BY ALL
HAVING sum(BilledCost) <> 0
