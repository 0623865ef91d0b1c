-- A month in which every line item costs the same, so that a lost, doubled or torn day shows in the sums.
COPY (
    SELECT
        'USD' AS line_item_currency_code,
        'Usage' AS line_item_line_item_type,
        'AmazonEC2' AS line_item_product_code,
        'i-' || item AS line_item_resource_id,
        {{cost}}::DOUBLE AS line_item_unblended_cost,
        '111111111111' AS line_item_usage_account_id,
        {{cost}}::DOUBLE AS line_item_usage_amount,
        TIMESTAMP {{month}} + to_days(day::INTEGER) AS line_item_usage_start_date,
        'BoxUsage:' || item AS line_item_usage_type,
        MAP {'user_team': 'team-' || item % 3} AS resource_tags
    FROM range({{days}}) AS days (day), range({{items}}) AS items (item)
) TO {{path}} (FORMAT parquet)
