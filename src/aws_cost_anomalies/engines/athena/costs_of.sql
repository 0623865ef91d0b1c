SELECT "ChargePeriodStart" AS day, "BillingCurrency" AS currency, {{metric}} AS cost, {{keys}}
FROM ({{charges}}) AS charges
