SELECT DISTINCT BillingCurrency FROM daily_cost_summary WHERE data_source = {{data_source}} ORDER BY ALL;
