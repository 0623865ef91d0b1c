SELECT * FROM {{files}}
