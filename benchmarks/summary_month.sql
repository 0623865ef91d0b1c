-- Daily charges of a month for a made-up organization, a week in the last one dear in some slices.
COPY (
    SELECT
        {{columns}},
        24::BIGINT AS "x_LineItems"
    FROM (
        SELECT
            DATE {{start}} + day::INTEGER AS charged,
            slice % 50 AS account,
            slice // 50 % 20 AS service,
            slice // 1000 AS usage,
            round(
                (10 + hash(slice) % 1000 / 10.0) * (1 + (hash(slice, day, {{start}}) % 1000) / 1e4)
                * CASE WHEN {{dear}} AND slice % {{every}} = {{which}} AND day BETWEEN 20 AND 26 THEN 4 ELSE 1 END,
                6
            )::DECIMAL(38, 12) AS cost
        FROM range({{days}}) AS days (day), range({{slices}}) AS slices (slice)
    )
    ORDER BY charged, account, service
) TO {{path}} (FORMAT parquet)
