SELECT BillingCurrency, sum(stated) AS stated FROM scopes GROUP BY ALL ORDER BY ALL;
