SELECT "BillingCurrency", {{metrics|SUM(@)}} FROM daily GROUP BY 1 ORDER BY 1
