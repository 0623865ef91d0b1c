SELECT
    COALESCE(SUM("x_LineItems"), 0)::BIGINT,
    COALESCE(SUM("x_PricedLineItems"), 0)::BIGINT,
    COUNT(*) FILTER ("ChargePeriodStart" IS NULL OR "BillingCurrency" IS NULL)
FROM daily
