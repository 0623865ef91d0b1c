AND ({{values}}) IN ({{wanted}})
