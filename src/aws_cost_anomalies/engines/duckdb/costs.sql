CREATE TEMP TABLE costs (day DATE, currency VARCHAR, cost DECIMAL(38, 12), {{keys|@ VARCHAR}})
