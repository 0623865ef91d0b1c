SELECT
    {{data_source}} AS data_source,
    {{export}} AS "export",
    {{billing_period}} AS billing_period,
    *
FROM ({{line_items}})
