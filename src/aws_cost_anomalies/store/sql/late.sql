-- Of each service whose closed days were charged for again and again: hours after the end of a day until the last
-- of these charges was there. What came later than a week was restated rather than late, and pennies do not count.
WITH added AS (
    SELECT load_id, moved."day", moved.service, moved.currency, moved.change,
        date_diff('hour', moved."day" + INTERVAL 1 DAY, loaded_at) AS hours
    FROM (
        SELECT load_id, loaded_at, unnest(restated) AS moved
        FROM ingestion_log
        WHERE data_source = {{data_source}} AND loaded_at >= {{since}}
    )
    WHERE moved.change > 0 AND hours <= {{most_hours}}
), held AS (
    SELECT ChargePeriodStart AS "day", coalesce(ServiceName, {{missing}}) AS service,
        BillingCurrency AS currency, sum(BilledCost) AS cost
    FROM daily_cost_summary
    WHERE data_source = {{data_source}} AND ChargePeriodStart IN (SELECT "day" FROM added)
    GROUP BY ALL
)
SELECT service, max(hours) AS hours
FROM added JOIN held USING ("day", service, currency)
WHERE change >= {{least_share}} * cost
GROUP BY service
HAVING count(DISTINCT load_id) >= {{least_loads}}
ORDER BY service;
