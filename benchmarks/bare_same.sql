-- The same dimensions and sums as a daily summary has, read plainly: DOUBLE, no checks, no names of services.
COPY (
    SELECT
        CAST(line_item_usage_start_date AS DATE) AS "day",
        line_item_currency_code,
        bill_billing_entity,
        line_item_legal_entity,
        bill_payer_account_id,
        line_item_usage_account_id,
        line_item_usage_account_name,
        product['product_name'] AS product_name,
        line_item_product_code,
        product_region_code,
        line_item_line_item_type,
        line_item_usage_type,
        pricing_unit,
        SUM(line_item_unblended_cost) AS billed,
        SUM(COALESCE(
            savings_plan_net_savings_plan_effective_cost, reservation_net_effective_cost,
            line_item_net_unblended_cost, line_item_unblended_cost
        )) AS effective,
        SUM(pricing_public_on_demand_cost) AS list,
        SUM(line_item_blended_cost) AS blended,
        SUM(COALESCE(
            savings_plan_savings_plan_effective_cost, reservation_effective_cost, line_item_unblended_cost
        )) AS amortized,
        SUM(line_item_usage_amount) AS quantity,
        COUNT(*) AS line_items
    FROM read_parquet({{files}})
    GROUP BY ALL
) TO {{into}} (FORMAT parquet, COMPRESSION zstd);
