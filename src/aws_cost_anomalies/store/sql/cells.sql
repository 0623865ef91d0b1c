SELECT * FROM cells
