-- How many rows of a file lack a value, for the first such file.
SELECT `x_File`, COUNT(*)
FROM (SELECT INPUT_FILE_NAME() AS `x_File`, * FROM ({{relation}}))
WHERE {{value}} IS NULL
GROUP BY `x_File`
ORDER BY `x_File`
LIMIT 1
