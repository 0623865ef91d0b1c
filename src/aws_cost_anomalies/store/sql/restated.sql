-- By how much the new charges move BilledCost and EffectiveCost on the closed days, service by service.
WITH charges AS (
    SELECT ChargePeriodStart, ServiceName, BillingCurrency, -BilledCost AS BilledCost, -EffectiveCost AS EffectiveCost
    FROM daily_cost_summary
    WHERE {{replaced}}
    UNION ALL
    SELECT ChargePeriodStart, ServiceName, BillingCurrency, BilledCost, EffectiveCost
    FROM read_parquet({{charges}}, hive_partitioning = false)
)
SELECT
    ChargePeriodStart AS "day",
    coalesce(ServiceName, {{missing}}) AS service,
    BillingCurrency AS currency,
    coalesce(sum(BilledCost), 0) AS change,
    coalesce(sum(EffectiveCost), 0) AS effective_change
FROM charges
WHERE list_contains({{closed}}::DATE[], ChargePeriodStart)
GROUP BY ALL
HAVING sum(BilledCost) <> 0 OR sum(EffectiveCost) <> 0
