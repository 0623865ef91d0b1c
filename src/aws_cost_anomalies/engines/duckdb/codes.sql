SELECT DISTINCT {{code}} FROM ({{relation}})
