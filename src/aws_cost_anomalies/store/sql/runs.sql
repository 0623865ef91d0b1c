-- Every run, the oldest first.
SELECT * FROM runs ORDER BY started_at;
