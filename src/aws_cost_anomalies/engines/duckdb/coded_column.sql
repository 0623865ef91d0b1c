-- The text that a number stands for.
CAST(
    NULLIF((
        SELECT list(texts."text" ORDER BY texts."position") FROM texts WHERE texts."column" = {{column}}
    )[given.{{name}} + 1], {{absent}}) AS {{type}}
) AS {{name}}
