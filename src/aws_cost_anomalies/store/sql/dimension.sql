coalesce({{column}}, {{missing}})
