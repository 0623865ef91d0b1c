-- Distinct texts are read once: scanning Python's arrays again for each column would take most of the time.
COPY (
    WITH texts AS MATERIALIZED (
        SELECT CAST("column" AS VARCHAR) AS "column", "position", CAST("text" AS VARCHAR) AS "text" FROM given_texts
    )
    SELECT {{columns}} FROM given
) TO {{path}} (FORMAT parquet, COMPRESSION zstd)
