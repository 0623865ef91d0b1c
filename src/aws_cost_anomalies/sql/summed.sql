-- Line items summed over some of their columns. `line_items` is a mapping over its raw files.
SELECT
    {{keys}},
    {{metrics|SUM(@) AS @}},
    COUNT(*) AS "x_LineItems",
    COUNT({{first}}) AS "x_PricedLineItems"
FROM line_items
GROUP BY {{ordinals}}
