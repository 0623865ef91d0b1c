-- The daily charges as they come back: every column as text, tags as columns of their own.
SELECT {{columns}}
FROM ({{charges}}) AS daily
