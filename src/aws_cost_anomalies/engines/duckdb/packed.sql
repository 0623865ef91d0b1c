SELECT *, {{numbers}} FROM ({{relation}})
