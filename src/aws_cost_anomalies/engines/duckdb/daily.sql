CREATE TEMP TABLE daily AS {{charges}}
