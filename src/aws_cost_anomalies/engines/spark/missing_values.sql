-- How many rows of each file lack a value, the first such file.
SELECT INPUT_FILE_NAME(), COUNT(*)
FROM ({{relation}})
WHERE {{value}} IS NULL
GROUP BY 1
ORDER BY 1
LIMIT 1
