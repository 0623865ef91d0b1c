INSERT INTO costs
SELECT "ChargePeriodStart", "BillingCurrency", {{metric}}, {{keys|COALESCE(CAST(@ AS VARCHAR), '(none)')}}
FROM ({{charges}})
