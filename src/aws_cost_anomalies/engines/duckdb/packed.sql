SELECT *{{numbers|, @}} FROM ({{relation}})
