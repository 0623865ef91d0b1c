-- How many kinds of usage a bill has, where all of it stands on first days of months; 0 where some does not.
SELECT CASE WHEN bool_and(day(ChargePeriodStart) = 1) THEN count(DISTINCT (ServiceName, x_UsageType)) ELSE 0 END
FROM daily_cost_summary
WHERE
    data_source = {{data_source}}
    AND "export" = {{export}}
    AND billing_period = {{billing_period}}
    AND ChargeCategory = 'Usage';
