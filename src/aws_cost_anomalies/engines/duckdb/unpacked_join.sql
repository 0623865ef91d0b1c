LEFT JOIN (
    SELECT UNNEST(GETVARIABLE({{texts}})) AS "text", UNNEST(GETVARIABLE({{marks}})) AS mark
) AS {{of}} ON {{of}}.mark = sums.{{packed}} & GETVARIABLE({{bits}})
