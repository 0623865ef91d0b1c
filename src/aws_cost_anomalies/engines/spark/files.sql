SELECT * FROM {{view}}
