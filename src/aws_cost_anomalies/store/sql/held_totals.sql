-- What the store holds of a bill, per currency.
SELECT
    BillingCurrency AS currency,
    count(*) AS summary_rows,
    sum(x_LineItems)::BIGINT AS line_items,
    count(ChargePeriodStart) AS dated,
    count(*) FILTER (WHERE ChargePeriodStart >= {{start}} AND ChargePeriodStart < {{end}}) AS inside,
    {{metrics|sum(@) AS @}}
FROM daily_cost_summary
WHERE data_source = {{data_source}} AND "export" = {{export}} AND billing_period = {{billing_period}}
GROUP BY ALL;
