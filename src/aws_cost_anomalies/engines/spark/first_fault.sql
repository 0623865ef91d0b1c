-- The first value of each column that its type does not allow, and the file it is in.
SELECT {{columns}}
FROM ({{relation}})
