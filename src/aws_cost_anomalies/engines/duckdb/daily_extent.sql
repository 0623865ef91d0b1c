SELECT COUNT(*), COALESCE(SUM("x_LineItems"), 0)::BIGINT, MIN("ChargePeriodStart"), MAX("ChargePeriodStart")
FROM daily
