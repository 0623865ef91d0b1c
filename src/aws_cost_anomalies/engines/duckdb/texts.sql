-- The texts of a column, each with its mark, as far as wanted.
SELECT "text", HASH("text") FROM (SELECT DISTINCT {{column}} AS "text" FROM ({{relation}}) LIMIT {{most}})
