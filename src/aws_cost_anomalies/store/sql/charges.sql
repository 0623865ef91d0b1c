-- The charges a panel is made of: their keys, their day counted from the panel's first, their cost.
SELECT {{keys}}, ChargePeriodStart - {{start}} AS "day", {{metric}} AS cost
FROM daily_cost_summary
WHERE data_source = {{data_source}}
    AND ChargePeriodStart >= {{start}}
    AND ChargePeriodStart < {{end}}
    AND ({{currency}} = '' OR BillingCurrency = {{currency}})
    AND (len({{categories}}::VARCHAR[]) = 0 OR list_contains({{categories}}::VARCHAR[], ChargeCategory))
    AND ({{marketplace}} OR coalesce(PublisherName = ProviderName, true))
    {{within}}
