-- Daily charges of several parts of a bill as one.
CREATE TEMP TABLE daily AS
SELECT
    {{keys}},
    {{sums|SUM(@) AS @}}
FROM READ_PARQUET([{{paths}}], hive_partitioning = false)
GROUP BY ALL
