{{value}} AS {{name}}
