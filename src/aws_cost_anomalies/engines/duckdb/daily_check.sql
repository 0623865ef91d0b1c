SELECT
    COALESCE(SUM("x_LineItems"), 0)::BIGINT,
    COALESCE(SUM("x_PricedLineItems"), 0)::BIGINT,
    COUNT(*) FILTER (
        "BillingCurrency" IS NULL OR COALESCE("ChargePeriodStart" NOT BETWEEN {{first}} AND {{last}}, true)
    )
FROM daily
