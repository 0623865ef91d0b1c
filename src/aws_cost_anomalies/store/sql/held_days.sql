SELECT min(ChargePeriodStart), max(ChargePeriodStart), list_sort(list(DISTINCT BillingCurrency))
FROM daily_cost_summary
WHERE data_source = {{data_source}};
