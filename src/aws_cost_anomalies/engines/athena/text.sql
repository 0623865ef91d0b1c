CAST({{value}} AS VARCHAR) AS {{name}}
