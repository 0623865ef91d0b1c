-- Every name and code a bill may use for an AWS service, and the one name and code it has here.
WITH services AS (SELECT * FROM (VALUES {{rows}}) AS known (alias, service, code))
{{statement}}
