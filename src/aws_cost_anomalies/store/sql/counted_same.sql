-- Whether `a` and `b`, charges of two bills, may be the same. Late charges of the month before belong to the bill they came with: two bills
-- of different months never hold the same. A credit or a fee of no account says nothing where either bill names accounts. A bill without a month may be of any, so it is held against the days of the other's month.
a.account = b.account
AND a."day" = b."day"
AND a.currency = b.currency
AND (NOT a.unstated OR NOT b.unstated OR (a.names_none AND b.names_none))
AND coalesce(a.payer = b.payer, true)
AND (
    a.billing_period = b.billing_period
    OR (
        (a.billing_period = strftime(a."day", '%Y-%m') OR NOT regexp_full_match(a.billing_period, '\d{4}-\d{2}'))
        AND (b.billing_period = strftime(b."day", '%Y-%m') OR NOT regexp_full_match(b.billing_period, '\d{4}-\d{2}'))
    )
)
