-- The usual way: the raw rows into a table of the database first, then the sums out of it.
CREATE OR REPLACE TABLE raw AS
SELECT
    line_item_usage_start_date, line_item_usage_account_id, line_item_usage_account_name, line_item_product_code,
    product_region_code, line_item_usage_type, line_item_line_item_type, line_item_operation, line_item_resource_id,
    line_item_currency_code, bill_payer_account_id, pricing_unit,
    line_item_unblended_cost, line_item_blended_cost, line_item_net_unblended_cost, line_item_usage_amount,
    pricing_public_on_demand_cost, savings_plan_savings_plan_effective_cost, reservation_effective_cost,
    bill_invoice_id, resource_tags
FROM read_parquet({{files}});

CREATE OR REPLACE TABLE summary AS
SELECT
    CAST(line_item_usage_start_date AS DATE) AS "day",
    line_item_usage_account_id,
    line_item_product_code,
    product_region_code,
    line_item_usage_type,
    SUM(line_item_unblended_cost) AS cost
FROM raw
GROUP BY ALL;

CHECKPOINT;
