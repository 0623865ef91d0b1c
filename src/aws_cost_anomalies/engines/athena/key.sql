COALESCE(CAST({{value}} AS VARCHAR), {{missing}}) AS {{name}}
