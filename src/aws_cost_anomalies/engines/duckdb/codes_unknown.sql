SELECT * FROM ({{relation}}) WHERE {{code}} IN ({{codes}}) OR {{code}} IS NULL
