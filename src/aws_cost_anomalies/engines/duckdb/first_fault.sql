-- The first value of a column that its type does not allow.
SELECT CAST({{column}} AS VARCHAR)
FROM ({{relation}})
WHERE CAST({{column}} AS VARCHAR) NOT IN ({{nothing}}) AND TRY({{value}}) IS NULL
LIMIT 1
