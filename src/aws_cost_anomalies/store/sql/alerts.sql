-- The outbox, or what of it is on these ways, the oldest first.
SELECT *
FROM alerts
WHERE coalesce(list_contains({{deliveries}}::VARCHAR[], delivery), true)
ORDER BY created_at, alert_id;
