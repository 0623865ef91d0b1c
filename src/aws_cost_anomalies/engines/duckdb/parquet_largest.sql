-- The largest number, sign aside, that the footers say each column of DOUBLEs holds; NULL where one does not say.
SELECT
    path_in_schema,
    CASE WHEN bool_and(is_told) THEN COALESCE(MAX(largest), 0) END
FROM (
    SELECT
        path_in_schema,
        stats_null_count = num_values OR largest IS NOT NULL AS is_told,
        largest
    FROM (
        SELECT
            path_in_schema,
            stats_null_count,
            num_values,
            GREATEST(
                ABS(TRY_CAST(COALESCE(stats_min_value, stats_min) AS DOUBLE)),
                ABS(TRY_CAST(COALESCE(stats_max_value, stats_max) AS DOUBLE))
            ) AS largest
        FROM parquet_metadata([{{paths}}])
        WHERE type = 'DOUBLE' AND num_values > 0
    )
)
GROUP BY path_in_schema
