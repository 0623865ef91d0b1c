-- Daily charges before a day, per data source.
SELECT data_source, count(*) AS summary_rows, list_sort(list(DISTINCT BillingCurrency)) AS currencies
FROM daily_cost_summary
WHERE ChargePeriodStart < {{as_of}}
GROUP BY ALL;
