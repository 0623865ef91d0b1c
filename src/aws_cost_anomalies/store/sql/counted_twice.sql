-- Whether two bills `a` and `b`, matched by `counted_same`, are one: of the same month, or, where one of them names none, with about as many
-- services on the days of both. Else one has late charges of a month that the other is of.
(a.billing_period = b.billing_period AND regexp_full_match(a.billing_period, '\d{4}-\d{2}'))
OR 2 * least(sum(a.services), sum(b.services)) >= greatest(sum(a.services), sum(b.services))
