-- The least there is to do: one cost, five keys, no decimals, no checks, nothing kept but the sums.
COPY (
    SELECT
        CAST(line_item_usage_start_date AS DATE) AS "day",
        line_item_usage_account_id AS account,
        line_item_product_code AS service,
        product_region_code AS region,
        line_item_usage_type AS usage_type,
        SUM(line_item_unblended_cost) AS cost
    FROM read_parquet({{files}})
    GROUP BY ALL
) TO {{into}} (FORMAT parquet, COMPRESSION zstd);
