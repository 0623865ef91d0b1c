-- What one service costs one account by resource and day.
SELECT line_item_resource_id, CAST(line_item_usage_start_date AS DATE) AS "day", SUM(line_item_unblended_cost) AS cost
FROM read_parquet({{files}})
WHERE line_item_product_code = {{service}} AND line_item_usage_account_id = {{account}}
GROUP BY ALL
