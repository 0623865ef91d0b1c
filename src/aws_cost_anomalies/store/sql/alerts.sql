-- The outbox, the oldest first.
SELECT * FROM alerts ORDER BY created_at, alert_id;
