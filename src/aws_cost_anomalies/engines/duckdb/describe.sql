DESCRIBE {{relation}}
