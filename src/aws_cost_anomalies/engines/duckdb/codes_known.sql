SELECT * FROM ({{relation}}) WHERE {{code}} NOT IN ({{codes}})
