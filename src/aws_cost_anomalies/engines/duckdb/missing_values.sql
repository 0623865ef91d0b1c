SELECT COUNT(*) FROM ({{relation}}) WHERE {{value}} IS NULL
