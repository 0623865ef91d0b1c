-- The JSON text that a number stands for, as a map, list or struct.
CAST(
    CAST(NULLIF((
        SELECT list(texts."text" ORDER BY texts."position") FROM texts WHERE texts."column" = {{column}}
    )[given.{{name}} + 1], {{absent}}) AS JSON) AS {{type}}
) AS {{name}}
