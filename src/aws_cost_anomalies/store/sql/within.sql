AND {{value}} = {{wanted}}
