CAST(given.{{name}} AS {{type}}) AS {{name}}
