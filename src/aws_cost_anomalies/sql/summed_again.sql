-- Sums brought together once services that go by several names have become one.
SELECT
    {{keys}},
    {{metrics|SUM(@) AS @}},
    SUM("x_LineItems") AS "x_LineItems",
    SUM("x_PricedLineItems") AS "x_PricedLineItems"
FROM charges
GROUP BY {{ordinals}}
