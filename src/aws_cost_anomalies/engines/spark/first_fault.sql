-- The first value of each column that its type does not allow, and the file it is in.
SELECT {{columns}}
FROM (SELECT INPUT_FILE_NAME() AS `x_File`, * FROM ({{relation}}))
