({{values}})
