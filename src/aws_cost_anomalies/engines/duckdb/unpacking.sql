-- The texts that packed numbers stand for.
SELECT sums.*, {{texts}}
FROM sums
{{joins|@| }}
