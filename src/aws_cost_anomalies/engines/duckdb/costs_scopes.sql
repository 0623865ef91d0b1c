CREATE TEMP TABLE scopes AS
SELECT {{keys}}, row_number() OVER (ORDER BY {{keys}}) - 1 AS scope
FROM (SELECT DISTINCT {{keys}} FROM costs)
