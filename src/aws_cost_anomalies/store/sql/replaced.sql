-- The charges a bill takes the place of: those of its billing period, or those of its days when it is a plain range.
data_source = {{data_source}}
AND "export" = {{export}}
AND CASE WHEN {{is_named}} THEN billing_period = {{billing_period}}
    ELSE ChargePeriodStart >= {{start}} AND ChargePeriodStart < {{end}} END
