-- What the footers say of columns of DOUBLEs and of texts: the largest number, sign aside, and the one text that all
-- rows have; NULL where they do not say. A text is believed when it is plain and short: writers may
-- cut longer ones, and of bytes that do not say they are text all but plain letters stand there behind a backslash.
-- And whether there is no value at all: neither a least nor a largest, and hardly a byte.
SELECT
    path_in_schema,
    CASE WHEN bool_and(type = 'DOUBLE' AND (stats_null_count = num_values OR largest IS NOT NULL))
        THEN COALESCE(MAX(largest), 0) END,
    CASE WHEN bool_and(is_one_text) AND MIN(low) = MAX(high) THEN MIN(low) END,
    bool_and(is_empty)
FROM (
    SELECT
        path_in_schema,
        type,
        stats_null_count,
        num_values,
        total_uncompressed_size,
        low,
        high,
        GREATEST(ABS(TRY_CAST(low AS DOUBLE)), ABS(TRY_CAST(high AS DOUBLE))) AS largest,
        CASE WHEN type = 'BYTE_ARRAY' AND low = high AND stats_null_count = 0
            THEN regexp_full_match(low, '[ -\[\]-~]{1,60}') ELSE false END AS is_one_text,
        CASE WHEN low IS NULL AND high IS NULL AND stats_null_count = num_values
            THEN 2 * total_uncompressed_size < num_values ELSE false END AS is_empty
    FROM (
        SELECT
            *,
            COALESCE(stats_min_value, stats_min) AS low,
            COALESCE(stats_max_value, stats_max) AS high
        FROM parquet_metadata([{{paths}}])
        WHERE type IN ('DOUBLE', 'BYTE_ARRAY') AND num_values > 0
    )
)
GROUP BY path_in_schema
